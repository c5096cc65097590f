"""What a stream tells, in whatever words it comes, and what it comes to."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import TurnFailed
from nemovideo_client.events import (
    Event,
    Failure,
    Heartbeat,
    Notice,
    Text,
    ToolCall,
    ToolResult,
    TurnResult,
    Unknown,
)
from nemovideo_client.words import STILL_WORKING
from support.meddling.acts import HEARTBEAT, frames, inject
from support.together.house import House
from support.together.lines import SAY, STATE
from support.together.telling import READY, SEEDANCE, event, told

NOISE = "I encountered a temporary issue."
BEATS = [15.0 * number for number in range(1, 14)]
"""When a turn of 200 seconds gives a sign of life."""
EVERY_15_SECONDS = pytest.mark.house(heartbeat_interval=15.0)

DIALECTS = pytest.mark.parametrize(
    "dialect",
    [
        pytest.param("typed", marks=pytest.mark.house(sse_dialect="typed")),
        pytest.param("adk", marks=pytest.mark.house(sse_dialect="adk")),
    ],
)
ALL_DIALECTS = pytest.mark.parametrize(
    "dialect",
    [
        pytest.param(name, marks=pytest.mark.house(sse_dialect=name))
        for name in ("typed", "adk", "flat")
    ],
)
HEARTBEATS = pytest.mark.parametrize(
    "heartbeat",
    [
        pytest.param(kind, marks=pytest.mark.house(heartbeat_kind=kind))
        for kind in ("typed", "empty", "alternate")
    ],
)


@EVERY_15_SECONDS
@DIALECTS
def test_a_generation_is_told_the_same_in_either_dialect(house: House, dialect: str) -> None:
    """Typed events (52127510908), or those of Google's agent server on the same path."""
    result = house.client().chat("generate 200")

    assert result == TurnResult(
        messages=(READY,),
        tool_calls=(ToolCall(SEEDANCE, {"prompt": "a beach"}),),
        heartbeats=len(BEATS),
        duration=200.0,
    ), dialect


@EVERY_15_SECONDS
@DIALECTS
def test_events_come_at_their_times(house: House, dialect: str) -> None:
    """A reader sees each event when it happens, in virtual time; the words come last."""
    watched = house.watch(house.client().stream("generate 200"))
    others = [(at, thing) for at, thing in watched.shown if not isinstance(thing, Heartbeat | Text)]

    assert others == [
        (1, ToolCall(SEEDANCE, {"prompt": "a beach"})),
        (120, Notice(STILL_WORKING.en)),
        (199, ToolResult(SEEDANCE, {"status": "success"})),
    ], dialect
    assert [at for at, thing in watched.shown if isinstance(thing, Heartbeat)] == BEATS
    assert _said(watched.pieces) == READY
    assert watched.times[-1] == watched.outcome.duration == 200


def _said(pieces: list[Event]) -> str:
    return "".join(piece.text for piece in pieces if isinstance(piece, Text))


def test_words_alone_are_a_message(house: House) -> None:
    """The flat dialect `{"text": ...}` that a third-party client reads (55942617650)."""
    result = told(house, (5, b'data: {"text":"Hello, "}\n\n'), (6, b'data: {"text":"you"}\n\n'))

    assert (result.messages, result.duration) == (("Hello, you",), 6)


@pytest.mark.house(sse_dialect="flat", heartbeat_interval=15.0)
def test_a_service_that_tells_words_alone_tells_enough(house: House) -> None:
    """Words, signs of life, and the end; nothing of tools (55942617650)."""
    watched = house.watch(house.client().stream("generate 200"))

    assert watched.outcome == TurnResult(messages=(READY,), heartbeats=len(BEATS), duration=200.0)
    assert _said(watched.pieces) == READY


@pytest.mark.house(heartbeat_interval=50.0)
def test_a_heart_may_beat_more_slowly(house: House) -> None:
    """No document states the interval."""
    assert house.client().chat("generate 200").heartbeats == 3


@EVERY_15_SECONDS
@HEARTBEATS
def test_a_heartbeat_is_one_in_either_form(house: House, heartbeat: str) -> None:
    """`{"type":"heartbeat"}` or an empty `data:` line; not a disconnect (52127510908)."""
    watched = house.watch(house.client().stream("generate 200"))

    assert watched.pieces.count(Heartbeat()) == len(BEATS), heartbeat
    assert watched.outcome.heartbeats == len(BEATS)
    assert watched.outcome.ended == "closed"


@EVERY_15_SECONDS
def test_heartbeats_need_not_be_shown(house: House) -> None:
    """They count all the same."""
    watched = house.watch(house.client().stream("generate 200", heartbeats=False))

    assert Heartbeat() not in watched.pieces
    assert watched.outcome.heartbeats == len(BEATS)


@ALL_DIALECTS
def test_a_silent_edit_is_told_from_the_state(house: House, dialect: str) -> None:
    """30 % of edits end without a word: compare the state, report (vendor skill 1.9)."""
    result = house.client().chat("edit 20")

    assert result.silent, dialect
    assert len(result.changes) == 1
    assert result.changes[0].startswith("✅ Title added: 'Hi'")
    assert result.duration == 20


def test_an_edit_that_changes_nothing_is_looked_for_three_times(house: House) -> None:
    """Three looks, three seconds apart (54183061932), after the one before the message."""
    nemo = house.client()
    house.meddler.on(SAY, after=frames())
    result = nemo.chat("text 5")

    assert (result.silent, result.changes) == (True, ())
    assert house.asked(STATE) == [0, 0, 3, 6]


def test_trouble_after_an_answer_is_left_out(house: House) -> None:
    """A last "temporary issue" is ignored if replies before it were normal (vendor skill 4.4)."""
    nemo = house.client()
    house.meddler.on(SAY, after=inject(event(type="text", content=NOISE), 1))
    watched = house.watch(nemo.stream("text 5"))

    assert len(watched.outcome.messages) == 1
    assert NOISE not in _said(watched.pieces)


def test_trouble_without_an_answer_is_told(house: House) -> None:
    """It is all there is to know."""
    assert house.client().chat("fail 20").messages == (NOISE,)


@DIALECTS
def test_tools_are_no_words(house: House, dialect: str) -> None:
    """Tool events are internal, never forwarded (all four skills)."""
    result = house.client().chat("generate 100")

    assert [call.name for call in result.tool_calls] == [SEEDANCE], dialect
    assert SEEDANCE not in result.text


ERRORS = [
    event(type="error", message="no frames left"),
    event(errorCode="500", errorMessage="no frames left", author="nemo_agent"),
    event(error="no frames left"),
]


@pytest.mark.parametrize("error", ERRORS, ids=["typed", "adk", "flat"])
def test_an_error_in_the_stream_fails_the_turn(house: House, error: bytes) -> None:
    """The error carries what was seen of the turn; nothing is sent again."""
    house.meddler.on(
        SAY, after=frames((3, event(type="text", content="Hm.")), (4, error), (9, HEARTBEAT))
    )
    watched = house.watch(house.client().stream("text 5"))

    assert watched.pieces == [Text("Hm."), Failure("no frames left")]
    assert isinstance(watched.outcome, TurnFailed)
    assert watched.outcome.turn.messages == ("Hm.",)
    assert watched.outcome.turn.ended == "failed"
    assert (house.now(), len(house.asked(SAY))) == (4, 1)


def test_an_event_that_nobody_knows_is_passed_over(house: House) -> None:
    """No document lists all kinds of events."""
    nemo = house.client()
    house.meddler.on(SAY, after=inject(event(type="sparkle", content="?")))
    watched = house.watch(nemo.stream("text 5"))

    assert watched.pieces[0] == Unknown("sparkle")
    assert len(watched.outcome.messages) == 1
