from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.judge import lines
from support.history import History, Person, said

RULES = ("retried-too-soon", "retried-again")


def limited(person: Person, session: str, text: str = "Add a title", **more: Any) -> int:
    """Send a message that is refused with 429."""
    told = {"status": 429, "code": 429, "fault": ["f1"], **more}
    return person.ask(lines.MESSAGE, body=said(text, session), **told)


def accused(history: History) -> list[str]:
    """Return the names of the broken rules about retries."""
    return [v.rule for v in history.verdicts() if v.rule in RULES]


def test_a_retry_at_once_is_accused(history: History, ann: Person, session: str) -> None:
    """Thirty seconds were asked for."""
    refused = limited(ann, session)
    history.wait(5)
    request = limited(ann, session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("retried-too-soon", "warning")
    assert (verdict.did, verdict.requests) == ("Tried again 5 s after a 429", (refused, request))


@pytest.mark.parametrize(("retry_after", "waits"), [(None, 30), (5, 5), (604_800, 30), (30, 29.5)])
def test_one_retry_after_the_pause_is_not_accused(
    history: History, ann: Person, session: str, retry_after: int | None, waits: float
) -> None:
    """Thirty seconds, or less where the service says less; clocks are not exact."""
    limited(ann, session, retry_after=retry_after)
    history.wait(waits)
    ann.say("Add a title", session)

    assert history.verdicts() == ()
    assert [history.kept(rule) for rule in RULES] == [1, 1]


def test_a_second_retry_is_accused(history: History, ann: Person, session: str) -> None:
    """Once, the documents say."""
    for _ in range(3):
        limited(ann, session)
        history.wait(30)

    assert [(v.rule, v.did) for v in history.verdicts()] == [
        ("retried-again", "Tried again after 2 refusals with 429")
    ]


def test_a_later_wish_is_no_retry(history: History, ann: Person, session: str) -> None:
    """Eleven minutes later somebody asks again; or Retry-After has passed."""
    for _ in range(3):
        limited(ann, session)
        history.wait(700)
    for _ in range(3):
        limited(ann, session, "Add music", retry_after=60)
        history.wait(61)

    assert accused(history) == []


def test_an_order_of_another_film_is_no_retry(history: History, ann: Person, session: str) -> None:
    """Something was said in between, and went well."""
    ann.look(session)
    for _ in range(2):
        ann.submit(session, status=429, code=429, fault=["f1"])
        history.wait(30)
    ann.say("Louder", session)
    ann.submit(session)

    assert accused(history) == []


@pytest.mark.parametrize(
    ("do", "broken"), [("break reset", []), ("status 429", ["retried-too-soon"])]
)
def test_a_refusal_that_never_arrived_was_not_heard(
    history: History, ann: Person, session: str, do: str, broken: list[str]
) -> None:
    """The connection broke in front of it; one that a fault made up was heard."""
    for _ in range(2):
        request = ann.ask(lines.MESSAGE, body=said("Add a title", session), reply=False)
        history.tell("fault", fault="f1", at=lines.MESSAGE, do=do, request=request)
        ann.answer(request, lines.MESSAGE, status=429, code=429, fault=["f1"])

    assert accused(history) == broken


def test_a_success_in_between_begins_anew(history: History, ann: Person, session: str) -> None:
    """Two limits, each followed by a retry that went well."""
    for _ in range(2):
        limited(ann, session)
        history.wait(30)
        ann.say("Add a title", session)

    assert accused(history) == []


def test_another_act_is_no_retry(history: History, ann: Person, session: str) -> None:
    """Another message, another session, another client."""
    limited(ann, session)
    limited(ann, session, "Add music")
    limited(ann, ann.session())
    limited(history.person("bob"), history.person("bob").session())

    assert accused(history) == []


def test_what_only_reads_is_left_alone(history: History, ann: Person, session: str) -> None:
    """Others of the account may have asked; and reading may be repeated."""
    for _ in range(3):
        ann.look(session, status=429, code=429, fault=["f1"])

    assert history.verdicts() == ()


def test_an_order_and_an_upload_are_retried_alike(
    history: History, ann: Person, session: str
) -> None:
    """Whatever changes something is held to the pause."""
    for _ in range(2):
        ann.upload(session, status=429, code=429, fault=["f1"])
    ann.look(session)
    for _ in range(2):
        ann.submit(session, status=429, code=429, fault=["f2"])

    assert accused(history) == ["retried-too-soon", "retried-too-soon"]


def test_a_retry_under_way_did_not_know(history: History, ann: Person, session: str) -> None:
    """It left before the refusal came back."""
    body = said("Add a title", session)
    one = ann.ask(lines.MESSAGE, body=body, reply=False)
    two = ann.ask(lines.MESSAGE, body=body, reply=False)
    for request in (one, two):
        ann.answer(request, lines.MESSAGE, status=429, code=429)

    assert accused(history) == []


def test_asking_for_a_token_is_retried_once(history: History, ann: Person) -> None:
    """By client id: a second client at the same address has its own try."""

    def refused(client: str) -> None:
        ann.ask(
            lines.TOKEN,
            token=None,
            account=None,
            headers={"x-client-id": client},
            status=429,
            code=429,
        )

    refused("a")
    refused("b")
    history.wait(30)
    refused("a")
    history.wait(30)
    refused("a")

    assert accused(history) == ["retried-again"]
