"""The playbook itself: it says where a flow and its script part."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.errors import APIConnectionError
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import (
    Alone,
    Close,
    Flow,
    Now,
    Open,
    Read,
    Save,
    Send,
    Show,
    Sleep,
    Write,
)
from support.playbook import Service, broken, play
from support.replies import ok, told

GET = Request(method="GET", url="/a")


def nap() -> Flow[float]:
    """A flow that sleeps twice and asks the time."""
    yield Sleep(2)
    yield Show("slept")
    yield Sleep(0.5)
    now: float = yield Now()
    return now


def reader() -> Flow[list[bytes]]:
    """A flow that reads a stream to its end."""
    yield Open(GET, 1)
    pieces: list[bytes] = []
    while (piece := (yield Read())) is not None:
        pieces.append(piece)
    yield Close()
    return pieces


def test_sleeping_moves_the_clock() -> None:
    """Now is what it was at the beginning, plus all sleeps; what is shown is collected."""
    played = play(nap(), [("sleep 2", None), ("sleep 0.5", None)], now=10)

    assert (played.result, played.shown, played.slept) == (12.5, ["slept"], [2, 0.5])


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        (["sleep 2", "sleep 9"], "    1. sleep 2\n    2. expected: sleep 9\n          asked: sleep 0.5"),
        (["sleep 2"], "    2. expected: (the end)\n          asked: sleep 0.5"),
        (
            ["sleep 2", "sleep 0.5", "GET /a"],
            "    2. sleep 0.5\n    3. expected: GET /a\n          asked: (the end)",
        ),
    ],
)  # fmt: skip
def test_difference(script: list[str], complaint: str) -> None:
    """A difference names what went well before, what was expected and what was asked."""
    with pytest.raises(AssertionError) as raised:
        play(nap(), [(said, None) for said in script])

    assert complaint in str(raised.value)


def test_streams_give_pieces_and_let_time_pass() -> None:
    """A number in a stream is time, an exception ends it."""
    played = play(reader(), [("open GET /a", told(b"a", 5.0, b"b"))], now=0)
    torn = play(reader(), [("open GET /a", told(b"a", broken()))])

    assert (played.result, played.now) == ([b"a", b"b"], 5)
    assert isinstance(torn.error, APIConnectionError)


def test_everything_else_is_a_line() -> None:
    """Requests, files and sleeps are lines; flows that are alone belong to the play."""

    def flow() -> Flow[None]:
        yield Alone(inner())
        yield Write(Path("a/b.srt"), b"")
        yield Save(Path("a/b.mp4"))

    def inner() -> Flow[None]:
        yield Send(GET)

    played = play(flow(), Service({"GET /a": [ok({}), ok({})]}))

    assert played.lines == ["GET /a", "write b.srt", "save b.mp4"]
    assert played.requests == [GET]


def test_what_a_service_does_not_know() -> None:
    """A service without an answer says what was asked."""
    with pytest.raises(AssertionError, match="knows no 'open GET /a'"):
        play(reader(), Service({}))


def test_result_and_error_exclude_each_other() -> None:
    """Asking for the result of a failure raises it, asking for the error of a success complains."""
    with pytest.raises(APIConnectionError):
        _ = play(reader(), [("open GET /a", broken())]).result
    with pytest.raises(AssertionError, match="nothing was raised"):
        _ = play(nap(), Service({})).error
