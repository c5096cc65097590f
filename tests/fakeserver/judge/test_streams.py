from __future__ import annotations

import pytest

from support.history import History, Person

EARLY = "stream-closed-early"
SILENT = "silence-not-looked-into"
BROKEN = "break-not-looked-into"
SOON = "looked-too-soon"
MUTE = ("tool_call", "tool_result")


def test_a_stream_closed_early_is_accused(history: History, ann: Person, session: str) -> None:
    """Heartbeats came, the work went on, and the reader left after a minute."""
    sent = ann.send("Make a film", session, work="generate", price=100, lasts=200)
    ann.read(sent, "heartbeat", how="left", seconds=60)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity, verdict.requests) == (EARLY, "warning", (sent.request,))
    assert verdict.did == "Closed the stream after 60 s, 2 min 20 s before the work was done"


@pytest.mark.parametrize("seconds", [600, 900])
def test_a_documented_timeout_is_not_accused(
    history: History, ann: Person, session: str, seconds: float
) -> None:
    """Fifteen minutes, or the ten of the vendor's reference."""
    sent = ann.send("Make a film", session, work="generate", lasts=2000)
    ann.read(sent, "heartbeat", how="left", seconds=seconds)

    assert history.verdicts() == ()
    assert history.kept(EARLY) == 1


def test_a_stream_that_is_as_good_as_dead_may_be_left(
    history: History, ann: Person, session: str
) -> None:
    """Five minutes without a sign of life (vendor skill 4.4)."""
    sent = ann.send("Make a film", session, lasts=2000)
    ann.read(sent, "tool_call", how="left", seconds=10, heartbeats=False)
    history.facts.pop()
    history.wait(300)
    here = {"request": sent.request, "session": session, "turn": sent.turn}
    history.tell("stream.ended", **here, how="left", frames=1)

    assert history.verdicts(EARLY) == ()


def test_a_stream_that_told_of_an_error_may_be_left(
    history: History, ann: Person, session: str
) -> None:
    """Nothing follows on an error."""
    ann.read(ann.send("Make a film", session, lasts=200), "error", how="left", seconds=20)

    assert history.verdicts(EARLY) == ()


def test_who_leaves_when_all_is_done_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The work had ended; only the end of the connection was not waited for."""
    ann.read(ann.send("Add a title", session), how="left")

    assert history.verdicts() == ()


def test_who_leaves_a_stream_that_a_fault_struck_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Garbled or held back: the reader may have had its reasons."""
    sent = ann.send("Make a film", session, lasts=200)
    history.tell("fault", fault="f1", at="turn.heartbeat[1]", do="malformed", request=sent.request)
    ann.read(sent, how="left", seconds=60)

    assert history.verdicts(EARLY) == ()


@pytest.mark.parametrize("act", ["message", "export"])
def test_a_silent_edit_that_nobody_looks_into_is_accused(
    history: History, ann: Person, session: str, act: str
) -> None:
    """The user was told nothing, and the next thing was done."""
    ann.look(session)
    silent = ann.send("Add a title", session)
    ann.read(silent, *MUTE)
    if act == "message":
        ann.say("Add music", session)
    else:
        ann.submit(session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity, verdict.cost) == (SILENT, "error", None)
    assert (verdict.open, verdict.requests[0]) == (False, silent.request)
    assert 'after a silent edit ("Add a title") without asking for the state' in verdict.did


def test_a_silent_edit_that_is_sent_again_costs_its_price(
    history: History, ann: Person, session: str
) -> None:
    """Taken for a failure, and paid for twice."""
    ann.read(ann.send("Make a film", session, work="generate", price=100), *MUTE)
    again = ann.say("Make a film", session, work="generate", price=100)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.cost, verdict.turn) == (SILENT, 100, again.turn)


def test_a_silent_edit_on_which_nothing_follows_is_accused_so_far(
    history: History, ann: Person, session: str
) -> None:
    """The verdict is open, and a look takes it back."""
    sent = ann.send("Add a title", session)
    ann.read(sent, *MUTE)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.open, verdict.requests) == (SILENT, True, (sent.request,))
    ann.look(session)
    assert history.verdicts() == ()
    assert history.kept(SILENT) == 1


def test_other_sessions_and_credits_come_in_between(
    history: History, ann: Person, session: str
) -> None:
    """Only what is done in the session itself counts as going on."""
    ann.read(ann.send("Add a title", session), *MUTE)
    ann.say("Add music", ann.session())
    ann.ask("GET /api/credits/balance/simple")
    ann.upload(session)
    ann.look(session)

    assert history.verdicts() == ()


def test_a_watcher_beside_the_stream_has_seen_it(
    history: History, ann: Person, session: str
) -> None:
    """Somebody asked for the state when the draft had changed, a second before the stream ended."""
    sent = ann.send("Add a title", session)
    history.wait(19.5)
    ann.look(session)
    ann.read(sent, *MUTE)
    ann.say("Add music", session)

    assert history.verdicts() == ()


def test_a_look_before_the_change_has_not_seen_it(
    history: History, ann: Person, session: str
) -> None:
    """At the start of the turn the draft was as before."""
    sent = ann.send("Add a title", session)
    history.wait(3)
    ann.look(session)
    ann.read(sent, *MUTE)
    ann.say("Add music", session)

    assert [v.rule for v in history.verdicts()] == [SILENT]


@pytest.mark.parametrize("events", [("text",), ("tool_call", "noise"), ("error",)])
def test_a_turn_that_said_something_needs_no_look(
    history: History, ann: Person, session: str, events: tuple[str, ...]
) -> None:
    """Words, or an error."""
    ann.read(ann.send("Add a title", session), *events)
    ann.say("Add music", session)

    assert history.verdicts() == ()


def test_talk_that_ends_without_a_word_has_changed_nothing(
    history: History, ann: Person, session: str
) -> None:
    """The rule speaks of edits."""
    ann.read(ann.send("Hm", session, work="text", price=0), "tool_call")
    ann.broke("Hm?", session, work="text", price=0)

    assert history.verdicts() == ()


def test_a_look_that_failed_is_a_look(history: History, ann: Person, session: str) -> None:
    """The client asked; the service did not answer."""
    ann.read(ann.send("Add a title", session), *MUTE)
    ann.look(session, status=503, code=None, fault=["f1"])

    assert history.verdicts() == ()


def test_what_cannot_be_seen_is_not_judged(history: History, ann: Person, session: str) -> None:
    """The first half of a stream has been dropped: there may have been words in it."""
    ann.read(ann.send("Add a title", session), "text", *MUTE)
    words = next(fact.number for fact in history.facts if fact.what.get("event") == "text")

    report = history.report(dropped=words)

    assert report.verdicts == ()
    assert (report.dropped, report.totals["dropped"]) == (words, words)


def test_frames_that_were_not_noted_are_not_silence(
    history: History, ann: Person, session: str
) -> None:
    """The end counts more frames than there are facts."""
    ann.read(ann.send("Add a title", session), *MUTE)
    what = {**history.facts.pop().what, "frames": 5}
    history.tell("stream.ended", **what)

    assert history.verdicts() == ()


@pytest.mark.parametrize("how", ["reset", "truncated", "half_closed", "stall", "capped"])
def test_a_break_that_nobody_looks_into_is_accused(
    history: History, ann: Person, session: str, how: str
) -> None:
    """First because nothing follows, then because something else does."""
    ann.broke("Add a title", session, how)

    assert [(v.rule, v.open) for v in history.verdicts()] == [(BROKEN, True)]
    history.wait(60)
    ann.say("Add music", session)
    [verdict] = history.verdicts()
    assert (verdict.rule, verdict.severity, verdict.open) == (BROKEN, "error", False)


def test_a_reader_who_left_may_be_gone_for_good(
    history: History, ann: Person, session: str
) -> None:
    """Closed early, and nothing after it: only the closing is accused. Going on is."""
    ann.broke("Add a title", session, "left")

    assert [v.rule for v in history.verdicts()] == [EARLY]
    history.wait(60)
    ann.say("Add music", session)
    assert [v.rule for v in history.verdicts()] == [EARLY, BROKEN]


def test_a_break_that_is_looked_into_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Thirty seconds, a look, and on."""
    ann.broke("Make a film", session, lasts=100)
    history.wait(30)
    ann.look(session)
    history.wait(70)
    ann.say("Add music", session)

    assert history.verdicts() == ()
    assert (history.kept(BROKEN), history.kept(SOON)) == (1, 1)


def test_a_look_right_after_a_break_is_a_hint(history: History, ann: Person, session: str) -> None:
    """The work was not done, and the state could not show it."""
    ann.broke("Make a film", session, lasts=100)
    history.wait(3)
    look = ann.look(session)
    history.wait(30)
    ann.look(session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity, verdict.requests) == (SOON, "hint", (look,))
    assert verdict.did == "Looked at the state 3 s after the stream had broken"


def test_an_early_look_that_shows_everything_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The work had ended when it came; a client that left and resumes may look at once."""
    ann.broke("Add a title", session, lasts=8)
    history.wait(5)
    ann.look(session)
    other = ann.session()
    ann.broke("Make a film", other, "left", lasts=100)
    ann.look(other)

    assert history.verdicts(SOON) == ()


def test_a_watcher_does_not_know_of_the_break(history: History, ann: Person, session: str) -> None:
    """Somebody who looks every few seconds goes on doing so."""
    sent = ann.send("Make a film", session, lasts=100)
    ann.look(session)
    ann.read(sent, "tool_call", how="reset", seconds=5)
    ann.look(session)

    assert history.verdicts() == ()
