"""A broken stream: never send again, wait and look (vendor skill 1.9)."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_client.errors import APITimeoutError, NemoError, TurnLost
from nemovideo_client.events import Notice, Text, TurnResult
from nemovideo_client.flows.turn import turn
from nemovideo_client.wire.steps import Close, Read, Sleep
from nemovideo_client.words import CONNECTION_LOST
from support.playbook import Answered, Played, Service, broken, play
from support.replies import (
    ASK_SESSION,
    ASK_STATE,
    ASK_TOKEN,
    BEAT,
    CALL,
    DONE,
    ONE_TRACK,
    OPEN_CHAT,
    SESSION,
    TWO_TRACKS,
    context,
    every,
    no,
    ok,
    reply,
    session,
    state,
    status,
    text,
    token,
    told,
)

WAITS = [30.0, 60.0, 60.0, 60.0, 60.0]
IDLE = APITimeoutError("NemoVideo took too long to answer", sent=True)


def lost(opened: Answered, states: list[Answered], **options: Any) -> Played[TurnResult]:
    """Play a message that is answered so, over these states."""
    service = Service({ASK_STATE: states, OPEN_CHAT: opened})
    return play(turn(context(**options), "x"), service)


@pytest.mark.parametrize("looks", [1, 2, 3, 4, 5])
def test_the_first_change_ends_the_waiting(looks: int) -> None:
    """After 30, 60, 60, 60, 60 s the state is asked, until it has changed; then nothing more."""
    states = [state(ONE_TRACK)] * looks + [state(TWO_TRACKS)]

    played = lost(told(CALL, broken()), [*states])

    assert played.slept == WAITS[:looks]
    assert played.count(ASK_STATE) == 1 + looks
    assert played.count(OPEN_CHAT) == 1
    assert played.result.recovered
    assert played.result.ended == "dropped"
    assert len(played.result.changes) == 1


@pytest.mark.parametrize("opened", [told(CALL, broken()), told(*every(299, CALL, 4))])
def test_nothing_stays_open_while_we_wait(opened: Answered) -> None:
    """What is left of the stream is closed before the first wait."""
    played = lost(opened, [state(ONE_TRACK), state(TWO_TRACKS)])

    kinds = [type(step) for step in played.steps]
    last_read = len(kinds) - kinds[::-1].index(Read)
    assert Close in kinds[last_read : kinds.index(Sleep)]


def test_five_looks_without_a_change_are_a_loss() -> None:
    """TurnLost says what was seen, and what to do before trying again."""
    played = lost(told(text("Hm."), broken()), [state(ONE_TRACK)])

    assert isinstance(played.error, TurnLost)
    assert played.slept == WAITS
    assert played.error.turn.messages == ("Hm.",)
    assert "before sending it again" in str(played.error)


@pytest.mark.parametrize(
    ("language", "notice"), [("en", CONNECTION_LOST.en), ("zh", CONNECTION_LOST.zh)]
)
def test_the_user_is_told(language: str, notice: str) -> None:
    """What was said before the break stands, then comes a notice in the user's language."""
    states: list[Answered] = [state(ONE_TRACK), state(TWO_TRACKS)]

    played = lost(told(text("Hm."), broken()), states, language=language)

    assert played.shown == [Text("Hm."), Notice(notice)]


def test_an_unfinished_message_is_told_as_far_as_it_came() -> None:
    """Pieces that had come when the stream broke are a message."""
    pieces = b'data: {"text":"I am wor"}\n\n'

    played = lost(told(pieces, broken()), [state(ONE_TRACK), state(TWO_TRACKS)])

    assert played.result.messages == ("I am wor",)
    assert played.shown[:2] == [Text("I am wor", done=False), Text("")]


@pytest.mark.parametrize(
    ("opened", "ended"),
    [
        (broken(), "dropped"),
        (IDLE, "timed_out"),
        (status(500), "dropped"),
        (status(502), "dropped"),
        (no(0, "busy", status=503), "dropped"),
        (status(408), "timed_out"),
        (ok({}), "dropped"),
        (reply([]), "dropped"),
        (status(200), "dropped"),
        (reply({}, 202), "dropped"),
        (told(CALL, broken()), "dropped"),
        (told(CALL, CALL[:10]), "dropped"),
        (told(b"data: " + b"x" * (1 << 24)), "dropped"),
        (told(CALL, IDLE), "timed_out"),
        (told(*every(299, CALL, 4), text("Late.")), "timed_out"),
        (told(*every(100, BEAT, 7)), "timed_out"),
    ],
    ids=[
        "break", "timeout", "500", "502 html", "503 json", "408", "a yes", "a list", "a page", "202", "drop", "half an event", "endless event", "idle",
        "15 minutes", "10 minutes of heartbeats",
    ],
)  # fmt: skip
def test_every_way_to_break(opened: Answered, ended: str) -> None:
    """However it ends before its proper end, the state decides, and the message is not sent again."""
    played = lost(opened, [state(ONE_TRACK), state(TWO_TRACKS)])

    assert played.lines == [ASK_STATE, OPEN_CHAT, "sleep 30", ASK_STATE]
    assert (played.result.ended, played.result.recovered) == (ended, True)


def test_heartbeats_between_signs_are_no_timeout() -> None:
    """Ten minutes count from the last sign that is no heartbeat."""
    pieces = told(*every(280, BEAT, 2), CALL, *every(280, BEAT, 1), text("Done."))

    played = lost(pieces, [state()])

    assert played.result.ended == "closed"
    assert played.result.duration == 840


@pytest.mark.parametrize(
    ("options", "pieces"),
    [({"stream_timeout": 10}, [10.0, CALL]), ({"heartbeat_timeout": 10}, [10.0, BEAT])],
)
def test_limits_can_be_set(options: dict[str, float], pieces: list[bytes | float]) -> None:
    """Both limits follow the options, to the second."""
    played = lost(told(*pieces, text("Late.")), [state(ONE_TRACK), state(TWO_TRACKS)], **options)

    assert played.result.ended == "timed_out"
    assert played.result.messages == ()


def test_the_idle_limit_goes_with_the_request() -> None:
    """How long the stream may be silent is the driver's to watch."""
    played = lost(told(text("Hi.")), [state()], idle_timeout=12.5)

    assert [step.idle for step in played.steps if hasattr(step, "idle")] == [12.5]


def test_a_query_that_fails_is_repeated_as_any_safe_call() -> None:
    """A state that cannot be read is asked again after a back-off, within the same look."""
    states: list[Answered] = [state(ONE_TRACK), broken(), status(502), state(TWO_TRACKS)]

    played = lost(broken(), states)

    assert played.slept == [30, 0.5, 1]
    assert played.result.recovered


@pytest.mark.parametrize("opened", [broken(), told(CALL, DONE)], ids=["broken", "silent"])
def test_a_session_lost_meanwhile_does_not_send_the_message_again(opened: Answered) -> None:
    """1002 while looking is no leave to say it again in a new session: it may have been paid."""
    service = Service(
        {
            ASK_STATE: [state(ONE_TRACK), no(1002)],
            OPEN_CHAT: opened,
            ASK_SESSION: session("7"),
            ASK_STATE.replace(SESSION, "7"): state(),
        }
    )

    played = play(turn(context(), "x"), service)

    assert played.count(OPEN_CHAT) == 1
    assert isinstance(played.error, TurnLost)


def test_a_named_session_is_asked_about() -> None:
    """The queries go to the session that the message went to."""
    there = ASK_STATE.replace(SESSION, "42")
    service = Service({there: [state(ONE_TRACK), state(TWO_TRACKS)], OPEN_CHAT: broken()})

    played = play(turn(context(), "x", session_id="42"), service)

    assert played.lines == [there, OPEN_CHAT, "sleep 30", there]


@pytest.mark.parametrize("opened", [broken(), told(CALL, DONE)], ids=["broken", "silent"])
@pytest.mark.parametrize(
    "answer",
    [
        broken(),
        status(500),
        no(1001),
        status(403),
        status(429, retry_after="999"),
        status(200),
    ],
    ids=["broken", "500", "1001", "403", "429", "page"],
)
def test_a_project_that_cannot_be_looked_at(opened: Answered, answer: Answered) -> None:
    """When the state cannot be read any more, the message is lost: what was seen is not."""
    service = Service(
        {ASK_STATE: [state(ONE_TRACK), answer], OPEN_CHAT: opened, ASK_TOKEN: token()}
    )

    played = play(turn(context(), "x"), service)

    assert isinstance(played.error, TurnLost)
    assert played.error.turn.ended in ("dropped", "closed")
    assert isinstance(played.error.__cause__, NemoError)
    assert played.count(OPEN_CHAT) == 1
