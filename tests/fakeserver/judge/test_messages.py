from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.judge import lines
from support.history import History, Person, said

RESENT = "resent-while-working"
OVERLAP = "sent-while-working"
BREAK = "resent-after-break"
POOR = "resent-without-credits"


def test_a_message_sent_again_while_it_works_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """The second freezes its own price, which is what it cost."""
    first = ann.send("Add a title", session)
    history.wait(5)
    second = ann.send("add  a title", session)

    [verdict] = history.verdicts(RESENT)

    assert (verdict.severity, verdict.cost, verdict.turn) == ("error", 50, second.turn)
    assert verdict.requests == (first.request, second.request)
    assert verdict.did == ('Sent "add a title" again after 5 s, while it was still being worked on')


def test_a_message_sent_again_for_nothing_cost_nothing(
    history: History, ann: Person, session: str
) -> None:
    """An edit in a session that has paid is free; one for which there are no credits is refused."""
    ann.send("Add a title", session, price=0)
    ann.send("Add a title", session, price=0)
    other = ann.session()
    ann.send("Make a film", other, work="generate", price=100)
    ann.refused("Make a film", other, price=100)

    assert [v.cost for v in history.verdicts(RESENT)] == [0, 0]


def test_a_message_sent_again_when_it_is_done_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Louder, and louder again."""
    ann.say("Louder", session)
    ann.say("Louder", session)

    assert history.verdicts() == ()
    assert (history.kept(RESENT), history.kept(OVERLAP)) == (1, 1)


def test_a_message_in_another_session_is_not_accused(history: History, ann: Person) -> None:
    """Two sessions of one account work at the same time, and so do two accounts."""
    sent = [ann.send("Louder", ann.session()), ann.send("Louder", ann.session())]
    bob = history.person("bob")
    bob.say("Louder", bob.session())
    for message in sent:
        ann.read(message)

    assert history.verdicts() == ()


def test_a_question_may_be_asked_again(history: History, ann: Person, session: str) -> None:
    """What changes nothing costs nothing, and does no harm."""
    ann.send("What can you do?", session, work="text", price=0)
    ann.send("What can you do?", session, work="text", price=0)
    ann.send("Add a title", session)
    ann.send("What can you do?", session, work="text", price=0)

    assert history.verdicts() == ()


def test_a_message_whose_stream_told_of_an_error_may_be_sent_again(
    history: History, ann: Person, session: str
) -> None:
    """The service gave up, and said so, though the work would have ended later."""
    ann.read(ann.send("Add a title", session), "error", how="end", seconds=5)
    ann.say("Add a title", session)

    assert history.verdicts() == ()


def test_another_message_while_it_works_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """The first edit is not settled, so that the second is charged, too."""
    ann.send("Add a title", session)
    second = ann.send("Add music", session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == (OVERLAP, "warning")
    assert (verdict.cost, verdict.turn) == (50, second.turn)
    assert verdict.did == 'Sent "Add music" while "Add a title" was still being worked on'


def test_another_generation_while_it_works_is_paid_for_anyway(
    history: History, ann: Person, session: str
) -> None:
    """It would have cost as much later: no credits were lost."""
    ann.send("Make a film", session, work="generate", price=100)
    ann.send("Make another film", session, work="generate", price=100)

    assert [(v.rule, v.cost) for v in history.verdicts()] == [(OVERLAP, None)]


@pytest.mark.parametrize("how", ["reset", "truncated", "half_closed", "stall", "capped", "left"])
def test_a_message_sent_again_after_a_break_is_accused(
    history: History, ann: Person, session: str, how: str
) -> None:
    """Nobody had asked what had become of the first."""
    first = ann.broke("Add a title", session, how)
    history.wait(60)
    second = ann.send("Add a title", session, price=0)

    [verdict] = history.verdicts(BREAK)

    assert (verdict.severity, verdict.cost, verdict.turn) == ("error", 0, second.turn)
    assert verdict.requests == (first.request, second.request)


def test_a_message_sent_again_after_its_reply_was_lost_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """It had been accepted before the connection broke, and before the server failed."""
    for number, status in enumerate((200, 503)):
        text = f"Add title {number}"
        ann.send(text, session, fault=["f1"], status=status)
        history.wait(60)
        ann.say(text, session)

    assert [v.cost for v in history.verdicts(BREAK)] == [50, 50]


@pytest.mark.parametrize(("status", "code"), [(200, 2001), (429, 429), (402, 402)])
def test_a_message_that_was_refused_by_a_fault_may_be_sent_again(
    history: History, ann: Person, session: str, status: int, code: int
) -> None:
    """It was taken, and is being worked on; whoever was told so could not know better."""
    ann.send("Add a title", session, fault=["f1"], status=status, code=code)
    history.wait(30)
    ann.send("Add a title", session, lasts=60)
    ann.send("Louder", session, fault=["f1"], status=408, code=408)

    assert [v.rule for v in history.verdicts()] == [OVERLAP]


def test_a_message_sent_again_after_a_look_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """The state had not changed in five queries: documented is to offer a retry."""
    ann.broke("Add a title", session)
    for wait in (30, 60, 60, 60, 60):
        history.wait(wait)
        ann.look(session)
    ann.say("Add a title", session)

    assert history.verdicts() == ()
    assert history.kept(BREAK) == 1


@pytest.mark.parametrize(
    ("text", "looks"), [("Make a film", 5), ("Add music", 5), ("Add music", 1)]
)
def test_a_client_that_cannot_see_the_work_looks_as_often_as_it_is_told(
    history: History, ann: Person, session: str, text: str, looks: int
) -> None:
    """The turn runs on unseen, long after the documented looks: five, or one that shows a change."""
    sent = ann.broke("Make a film", session, work="generate", lasts=900)
    here = {"account": ann.account, "session": session, "turn": sent.turn}
    if looks == 1:
        history.later(history.now + 20, "draft", **here, did="Put", tracks=1, d=9_000, said="x")
    for _ in range(looks):
        history.wait(30)
        ann.look(session)
    ann.send(text, session)

    assert history.verdicts() == ()


def test_one_look_that_shows_nothing_does_not_end_the_work(
    history: History, ann: Person, session: str
) -> None:
    """The state was as before, and the message was sent again."""
    ann.broke("Make a film", session, work="generate", price=100, lasts=200)
    history.wait(30)
    ann.look(session)
    ann.send("Make a film", session, work="generate", price=100)

    assert [(v.rule, v.cost) for v in history.verdicts()] == [(RESENT, 100)]


def test_a_message_that_was_refused_may_be_sent_again(
    history: History, ann: Person, session: str
) -> None:
    """Nothing was accepted, so that nothing is paid for twice."""
    ann.ask(lines.MESSAGE, body=said("Add a title", session), status=503, code=None, fault=["f1"])
    ann.say("Add a title", session)

    assert history.verdicts() == ()


def test_a_stream_that_has_just_not_begun_is_not_broken(
    history: History, ann: Person, session: str
) -> None:
    """A fault held the reply back; it came whole, and the same wish came again later."""
    sent = ann.send("Louder", session, fault=["f1"])
    ann.read(sent)
    ann.say("Louder", session)

    assert history.verdicts() == ()


def test_asking_again_without_credits_is_accused(
    history: History, ann: Person, session: str
) -> None:
    """It costs nothing, and does not help."""
    ann.refused("Make a film", session, 100)
    history.wait(10)
    ann.refused("Make a film", session, 100)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity, verdict.cost) == (POOR, "warning", 0)


def test_asking_again_with_more_credits_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Granted, or given back by work that failed; that it is not enough yet is no fault."""
    ann.refused("Make a film", session, 100)
    ann.grant(20)
    ann.refused("Make a film", session, 100)

    assert history.verdicts() == ()
    assert history.kept(POOR) == 1


def test_asking_again_when_the_user_may_have_wished_for_it_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Ten minutes later somebody may have topped up, or tries whether that has worked."""
    ann.refused("Make a film", session, 100)
    history.wait(601)
    ann.refused("Make a film", session, 100)

    assert history.verdicts() == ()
    assert history.kept(POOR) == 1


def test_asking_for_something_cheaper_is_not_accused(
    history: History, ann: Person, session: str
) -> None:
    """Another message, another session, another account's credits."""
    ann.refused("Make a film", session, 100)
    history.person("bob").grant()
    ann.refused("Make a short film", session, 100)
    ann.refused("Make a film", ann.session(), 100)

    assert history.verdicts() == ()


def test_an_export_in_the_chat_is_accused(history: History, ann: Person, session: str) -> None:
    """With what the turn cost, or 0 where it was refused."""
    ann.say("export the video", session, work="text", price=0)
    ann.say("导出", session, work="edit", price=50)
    ann.refused("Export!", session)

    verdicts = history.verdicts("export-in-chat")

    assert [(v.severity, v.cost) for v in verdicts] == [
        ("warning", 0),
        ("warning", 50),
        ("warning", 0),
    ]
    assert verdicts[0].did == 'Sent "export the video" to the chat'


def test_a_message_that_asks_for_no_stream_is_a_hint(
    history: History, ann: Person, session: str
) -> None:
    """All four skills set the header; curl by itself takes anything."""
    ann.say("Louder", session, headers={**ann.headers, "accept": "*/*"})
    ann.say("Louder", session)

    [verdict] = history.verdicts()

    assert (verdict.rule, verdict.severity) == ("event-stream-not-accepted", "hint")
    assert history.kept("event-stream-not-accepted") == 1


def test_what_is_no_message_at_all_is_read_all_the_same(
    history: History, ann: Person, session: str
) -> None:
    """Bodies of the wrong shape are refused elsewhere, and judged of nothing."""
    bodies: tuple[Any, ...] = (None, [], {"session_id": 5}, {"new_message": {"parts": [5]}})
    for body in bodies:
        ann.ask(lines.MESSAGE, body=body, status=422, code=422)

    assert history.verdicts() == ()
