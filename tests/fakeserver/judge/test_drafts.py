from __future__ import annotations

from typing import Any

import pytest

from support.history import History, Person

UNSEEN = "render-without-state"
EMPTY = "render-of-nothing"
OTHER = "draft-not-verbatim"


def test_an_export_without_a_look_is_accused(history: History, ann: Person, session: str) -> None:
    """The draft in it can only be made up."""
    ann.say("Make a loop", session)
    ann.submit(session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == (UNSEEN, "error")


def test_an_export_after_a_look_is_not_accused(history: History, ann: Person, session: str) -> None:
    """Asked for once, whoever asked."""
    ann.say("Make a loop", session)
    ann.look(session)
    ann.submit(session)

    assert history.verdicts() == ()
    assert [history.kept(rule) for rule in (UNSEEN, EMPTY, OTHER)] == [1, 1, 1]


def test_a_session_from_before_may_have_been_looked_at(
    history: History, ann: Person, session: str
) -> None:
    """Its beginning has been dropped, or it came with a saved state."""
    ann.submit(session)
    created = next(fact.number for fact in history.facts if fact.kind == "session.created")

    assert history.report(dropped=created).verdicts == ()


@pytest.mark.parametrize("draft", [{"tracks": 0, "d": None}, {"tracks": 1, "d": 0}])
def test_an_export_of_nothing_is_accused(
    history: History, ann: Person, session: str, draft: dict[str, Any]
) -> None:
    """No tracks, or no length."""
    ann.look(session)
    ann.submit(session, draft=draft)

    assert [(v.rule, v.severity) for v in history.verdicts()] == [(EMPTY, "error")]


def test_an_export_whose_draft_cannot_be_read_is_not_judged(
    history: History, ann: Person, session: str
) -> None:
    """A body too long for the journal, or none; a draft that is words."""
    ann.look(session)
    for body in (None, {"id": "a", "sessionId": session}):
        ann.submit(session, body=body)
    ann.submit(session, body={"id": "b", "sessionId": session, "draft": "<draft>"})

    assert history.verdicts() == ()


@pytest.mark.parametrize("draft", [{"tracks": 3, "d": 10_000}, {"tracks": 1, "d": None}])
def test_an_export_of_another_draft_is_accused(
    history: History, ann: Person, session: str, draft: dict[str, Any]
) -> None:
    """It has tracks that no draft of this session has had, or has lost its length."""
    ann.say("Make a loop", session)
    ann.look(session)
    ann.submit(session, draft=draft)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == (OTHER, "warning")
    assert verdict.did.endswith("; the session's has 1 track and 10000 ms")


def test_an_older_draft_of_the_session_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """It was looked at before the last edit; as numbers, 10000 and 10000.0 are one."""
    ann.say("Make a loop", session)
    ann.look(session)
    ann.say("Add a title", session)
    ann.submit(session, draft={"tracks": 1, "d": 10_000.0})

    assert history.verdicts() == ()


def test_a_draft_that_came_from_outside_is_not_judged(
    history: History, ann: Person, session: str
) -> None:
    """Somebody put a saved state back: what the draft was then, no fact says."""
    ann.say("Make a loop", session)
    history.tell("control", did="restored a snapshot")
    ann.look(session)
    ann.submit(session, draft={"tracks": 9, "d": 1})

    assert history.verdicts() == ()
