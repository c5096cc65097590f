from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.judge import lines
from support.history import WEEK, History, Person

ANONYMOUS = {"user-agent": "curl"}


def nameless(person: Person, **more: Any) -> int:
    """Ask for a token without a client id."""
    return person.ask(
        lines.TOKEN, token=None, account=None, headers=ANONYMOUS, status=400, code=400, **more
    )


def test_a_client_id_that_is_missing_again_is_accused(history: History, ann: Person) -> None:
    """The 400 said what to do."""
    first = nameless(ann)
    second = nameless(ann)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.requests) == ("client-id-missing-again", (first, second))


def test_a_client_id_that_is_made_up_for_is_not_accused(history: History, ann: Person) -> None:
    """Documented: generate one and retry."""
    nameless(ann)
    history.wait(WEEK)
    ann.arrive()

    assert history.verdicts() == ()
    assert history.kept("client-id-missing-again") == 1


def test_another_address_was_not_told(history: History, ann: Person) -> None:
    """Two clients that know nothing of each other."""
    nameless(ann, peer="10.0.0.1")
    nameless(ann, peer="10.0.0.2")

    assert history.verdicts() == ()


def again(person: Person) -> int:
    """Ask for another token, which is refused."""
    return person.ask(
        lines.TOKEN, token=None, account=None, status=429, code=429, retry_after=600_000
    )


def test_a_second_token_within_the_week_is_accused(history: History, ann: Person) -> None:
    """The token that was there was good; the documented retry is not accused once more."""
    history.wait(100)
    again(ann)
    history.wait(30)
    again(ann)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("token-not-kept", "warning")
    assert verdict.account == ann.account
    assert verdict.did == (
        'Asked for another token for the client "anon_ann", whose token is good'
        " until 2033-03-10T03:33:33Z"
    )


def test_a_token_that_never_expires_is_to_be_kept_for_ever(history: History, ann: Person) -> None:
    """Vendor skills 1.0 to 1.7: tokens do not expire."""
    ann.arrive(lasts=None)
    history.wait(10 * WEEK)
    again(ann)

    [verdict] = history.verdicts()

    assert verdict.rule == "token-not-kept"
    assert verdict.did.endswith("whose token is good for ever")


def test_a_token_that_was_refused_may_be_replaced(
    history: History, ann: Person, session: str
) -> None:
    """Documented after a 1001, though a fault had invented it."""
    ann.look(session, code=1001, fault=["f1"])
    again(ann)

    assert history.verdicts() == ()


@pytest.mark.parametrize("fault", ["break reset", "malformed True", "delay 200", "status 503"])
def test_a_token_that_never_arrived_may_be_asked_for_again(history: History, fault: str) -> None:
    """It was made and counted, and a fault kept it from its client."""
    bob = history.person("bob")
    history.wait(WEEK)
    bob.arrive(fault=fault)
    history.wait(60)
    again(bob)

    assert history.verdicts() == ()


def test_a_token_that_ended_may_be_replaced(history: History, ann: Person) -> None:
    """Revoked or expired, it is no living token; the limit may still refuse another."""
    history.tell("token.revoked", token=ann.token, account=ann.account)
    again(ann)
    bob = history.person("bob")
    history.wait(WEEK)
    again(bob)

    assert history.verdicts() == ()


def test_a_crowded_address_is_nobody_s_fault(history: History, ann: Person) -> None:
    """The eleventh client of an address gets 429 without ever having had a token."""
    ann.ask(
        lines.TOKEN,
        token=None,
        account=None,
        headers={"x-client-id": "eleventh"},
        status=429,
        code=429,
    )

    assert history.verdicts() == ()
