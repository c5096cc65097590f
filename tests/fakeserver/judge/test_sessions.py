from __future__ import annotations

from nemovideo_fakeserver.judge import lines
from support.history import History, Person

CHURN = "session-for-every-message"


def test_a_session_for_every_message_is_a_hint(history: History, ann: Person) -> None:
    """Three in a row, each left for good after one message."""
    for text in ("Make a loop", "Slower", "More bass"):
        ann.say(text, ann.session())

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity, verdict.open) == (CHURN, "hint", True)


def test_one_session_for_all_messages_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The session keeps the timeline."""
    for text in ("Make a loop", "Slower", "More bass"):
        ann.say(text, session)

    assert history.verdicts() == ()
    assert history.kept(CHURN) == 1


def test_sessions_side_by_side_are_conversations(history: History, ann: Person) -> None:
    """All three are open before anything is said in them."""
    for session in [ann.session(), ann.session(), ann.session()]:
        ann.say("Make a loop", session)

    assert history.verdicts() == ()


def test_a_film_from_each_session_is_a_batch(history: History, ann: Person) -> None:
    """A message, an export, and on to the next project."""
    for _ in range(3):
        session = ann.session()
        ann.say("Make a loop", session)
        ann.look(session)
        ann.submit(session)

    assert history.verdicts() == ()


def test_a_hint_is_taken_back_when_somebody_comes_back(history: History, ann: Person) -> None:
    """The verdict was open: it said so."""
    sessions = []
    for text in ("Make a loop", "Slower", "More bass"):
        sessions.append(ann.session())
        ann.say(text, sessions[-1])
    ann.say("Louder", sessions[1])

    assert history.verdicts() == ()


def test_a_route_that_is_none_is_accused(history: History, ann: Person) -> None:
    """Paths from other pages, and the wrong method."""
    ann.ask("POST /v1/run", status=404, code=None)
    ann.ask("GET /run_sse", status=405, code=405)

    assert [(v.rule, v.did) for v in history.verdicts()] == [
        ("unknown-route", "Asked for POST /v1/run, which is no route of this API"),
        ("unknown-route", "Asked for GET /run_sse, which is no route of this API"),
    ]


def test_what_a_browser_asks_for_is_not_accused(history: History, ann: Person) -> None:
    """An icon, without a token; a render that is not there; a fault that says 404."""
    ann.ask("GET /favicon.ico", token=None, account=None, status=404, code=None)
    ann.poll("nobody", status=404, code=404, shows=None)
    ann.ask(lines.CREDITS, status=404, fault=["f1"])
    ann.ask("GET /register", token=None, account=None, status=404)

    assert history.verdicts("unknown-route") == ()
