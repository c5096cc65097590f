"""What a stream tells, in whatever words and pieces it comes, and when it is over."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nemovideo_client.errors import StreamConsumed, TurnFailed
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
from nemovideo_fakeserver.wire.steps import Cut
from nemovideo_pytest._faults import HEARTBEAT, frames, heartbeats, inject
from nemovideo_pytest.contract.house import House
from nemovideo_pytest.contract.lines import SAY, STATE

SEEDANCE = "generate_video_with_seedance"
READY = "Your video is ready! Click Export to save it."
NOISE = "I encountered a temporary issue."
BEATS = [15.0 * number for number in range(1, 14)]
"""When a turn of 200 seconds gives a sign of life."""

DIALECTS = pytest.mark.parametrize(
    "dialect",
    [
        pytest.param("typed", marks=pytest.mark.house(sse_dialect="typed")),
        pytest.param("adk", marks=pytest.mark.house(sse_dialect="adk")),
    ],
)
HEARTBEATS = pytest.mark.parametrize(
    "heartbeat",
    [
        pytest.param(kind, marks=pytest.mark.house(heartbeat_kind=kind))
        for kind in ("typed", "empty", "alternate")
    ],
)


def event(**data: Any) -> bytes:
    """Return an event of the typed dialect."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def told(house: House, *timed: tuple[float, bytes | Cut], text: str = "text 5") -> TurnResult:
    """Say `text`, let the stream be these pieces at these times, and return what it came to."""
    house.meddler.on(SAY, after=frames(*timed))
    return house.client().chat(text)


# what is told


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


@HEARTBEATS
def test_a_heartbeat_is_one_in_either_form(house: House, heartbeat: str) -> None:
    """`{"type":"heartbeat"}` or an empty `data:` line; not a disconnect (52127510908)."""
    watched = house.watch(house.client().stream("generate 200"))

    assert watched.pieces.count(Heartbeat()) == len(BEATS), heartbeat
    assert watched.outcome.heartbeats == len(BEATS)
    assert watched.outcome.ended == "closed"


def test_heartbeats_need_not_be_shown(house: House) -> None:
    """They count all the same."""
    watched = house.watch(house.client().stream("generate 200", heartbeats=False))

    assert Heartbeat() not in watched.pieces
    assert watched.outcome.heartbeats == len(BEATS)


@DIALECTS
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


# in what pieces it comes

DATA = (
    event(type="text", content="Grüße, 你好 🎬")
    + event(type="tool_call", name="edit_multitrack", args={})
    + b"data:\n\n"
    + event(type="text", content="Done.")
)
AS_OTHERS_WRITE = (
    b"\xef\xbb\xbf: hello\r\n\r\nid: 1\r\nretry: 3000\r\n"
    + DATA.replace(b"\n", b"\r\n")
    + b": bye\r\n\r\n"
)
PIECES = {
    "one by one": [part + b"\n\n" for part in DATA.split(b"\n\n")[:-1]],
    "all at once": [DATA],
    "byte by byte": [DATA[i : i + 1] for i in range(len(DATA))],
    "in sevens": [DATA[i : i + 7] for i in range(0, len(DATA), 7)],
    "with CRLF, comments and ids": [AS_OTHERS_WRITE],
    "with CRLF, in threes": [AS_OTHERS_WRITE[i : i + 3] for i in range(0, len(AS_OTHERS_WRITE), 3)],
}


@pytest.mark.parametrize("case", PIECES)
def test_pieces_of_a_connection_are_no_pieces_of_events(house: House, case: str) -> None:
    """However the bytes are cut, the turn is the same."""
    result = told(house, *((5.0, piece) for piece in PIECES[case]))

    assert result == TurnResult(
        messages=("Grüße, 你好 🎬", "Done."),
        tool_calls=(ToolCall("edit_multitrack"),),
        heartbeats=1,
        duration=5.0,
    )


# how long it lasts


def test_somebody_who_waits_hears_of_it_every_two_minutes(house: House) -> None:
    """Every 2 min "⏳ Still working..." (all four skills)."""
    nemo = house.client()
    watched = house.watch(nemo.stream("generate 300", heartbeats=False))
    notices = [at for at, thing in watched.shown if isinstance(thing, Notice)]

    assert notices == [120, 240]
    assert watched.outcome.duration == 300


def test_ten_minutes_of_heartbeats_alone_are_too_long(house: House) -> None:
    """Then the state is asked what became of it (vendor skill 1.9)."""
    nemo = house.client()
    house.meddler.on(SAY, after=heartbeats(900))
    result = nemo.chat("edit 20")

    assert (result.ended, result.duration) == ("timed_out", 600)
    assert result.recovered
    assert house.asked(STATE) == [0, 630]


def test_a_heartbeat_is_no_silence(house: House) -> None:
    """Nine minutes of heartbeats, then an answer: all is well."""
    beats = [(15.0 * number, HEARTBEAT) for number in range(1, 37)]
    result = told(house, *beats, (550, event(type="text", content="Done.")))

    assert (result.ended, result.messages, result.duration) == ("closed", ("Done.",), 550)


def test_fifteen_minutes_are_the_end(house: House) -> None:
    """The hard limit (vendor skill 1.9), whatever is told meanwhile."""
    told_ = [(100.0 * n, event(type="tool_call", name=f"tool_{n}", args={})) for n in range(1, 20)]
    nemo = house.client()
    house.meddler.on(SAY, after=frames(*told_))
    result = nemo.chat("edit 20")

    assert (result.ended, result.duration) == ("timed_out", 900)
    assert len(result.tool_calls) == 9
    assert result.recovered


def test_five_minutes_of_silence_are_the_end(house: House) -> None:
    """No response for over five minutes is a timeout (vendor skill 4.4)."""
    nemo = house.client()
    house.meddler.on(SAY, after=frames((5, HEARTBEAT), (5, Cut("stall"))))
    result = nemo.chat("edit 20")

    assert result.ended == "timed_out"
    assert result.duration == pytest.approx(305)
    assert result.recovered


def test_limits_may_be_others(house: House) -> None:
    """A client with options of its own waits as it is told."""
    nemo = house.client(idle_timeout=50).with_options(heartbeat_timeout=90.0)
    house.meddler.on(SAY, after=heartbeats(900))

    assert nemo.chat("edit 20").duration == 90


# several, and early leavers


def test_leaving_early_stops_the_reading_and_not_the_work(house: House) -> None:
    """The state shows it later, and the credits do."""
    nemo = house.client()
    with nemo.stream("edit 20") as events:
        assert isinstance(next(events), ToolCall)
    left = house.now()
    house.jump(30)
    state = nemo.state()

    assert left == 1
    assert [track["tt"] for track in state.draft["t"]] == [7]
    assert nemo.credits().total == 50
    assert len(house.asked(SAY)) == 1


def test_a_stream_that_was_left_is_over(house: House) -> None:
    """Nothing more comes of it, and it has no result."""
    with house.client().stream("edit 20") as events:
        next(events)

    assert list(events) == []
    with pytest.raises(StreamConsumed):
        _ = events.result


def test_two_turns_at_once_take_their_own_time(house: House) -> None:
    """Two clients, each in its own session."""
    ann, bob = house.client(), house.client()
    ann.connect()
    bob.connect()
    long, short = house.together(ann.stream("generate 200"), bob.stream("edit 20"))

    assert (long.duration, long.messages) == (200, (READY,))
    assert (short.duration, len(short.changes)) == (20, 1)
    assert (ann.credits().total, bob.credits().total) == (0, 50)
