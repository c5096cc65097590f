from __future__ import annotations

from nemovideo_fakeserver.judge import lines
from support.history import History, Person

CLAIM_REFUSED = "invalid authentication token: a claim token opens a project in a browser"


def test_a_request_without_a_token_is_accused(history: History, ann: Person) -> None:
    """No Authorization header, and therefore 1001."""
    ann.ask(lines.CREDITS, token=None, account=None, code=1001)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("bearer-missing", "error")


def test_what_was_answered_without_a_bearer_is_not_accused(history: History, ann: Person) -> None:
    """A service that takes an older kind of key does not miss the token."""
    ann.ask(lines.CREDITS, token=None, headers={**ann.headers, "x-api-key": "k"})

    assert history.verdicts() == ()


def test_a_token_in_a_url_is_accused(history: History, ann: Person) -> None:
    """In the query or in the path, whatever the header says."""
    ann.ask(lines.CREDITS, query="token=nmv_usr_…")
    ann.ask(lines.STATE, path="/api/state/nemo_agent/nmv_usr_…/5/latest")

    assert [v.rule for v in history.verdicts()] == ["token-in-url", "token-in-url"]


def test_an_ordinary_query_is_not_accused(history: History, ann: Person) -> None:
    """A query is no token."""
    ann.ask(lines.CREDITS, query="verbose=1&token=")

    assert history.verdicts() == ()


def test_a_claim_link_with_the_token_is_accused(history: History, ann: Person) -> None:
    """The user opened a link in which the token itself stands."""
    ann.ask(lines.CLAIM_PAGE, token=None, account=None, query="token=nmv_usr_…&task=t&session=5")

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("claim-link-with-token", "warning")


def test_a_claim_link_with_a_claim_token_is_not_accused(history: History, ann: Person) -> None:
    """`?ct=` is how it is done; a link without any token is none of either."""
    ann.ask(lines.CLAIM_PAGE, token=None, account=None, query="ct=clm_…")
    ann.ask(lines.CLAIM_PAGE, token=None, account=None, query="token=&task=t")

    assert history.verdicts() == ()
    assert history.kept("claim-link-with-token") == 1


def test_a_claim_token_as_bearer_is_accused(history: History, ann: Person, session: str) -> None:
    """The refusal says what was tried."""
    history.tell("claim.issued", account=ann.account, session=session)
    ann.look(session, token="?0badcafe", account=None, code=1001, message=CLAIM_REFUSED)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.account) == ("claim-token-as-bearer", ann.account)


def test_the_real_token_after_a_claim_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """A claim token was issued, and the bearer token is used as before."""
    ann.look(session)
    history.tell("claim.issued", account=ann.account, session=session)
    ann.look(session)

    assert history.verdicts() == ()
    assert history.kept("claim-token-as-bearer") == 1
