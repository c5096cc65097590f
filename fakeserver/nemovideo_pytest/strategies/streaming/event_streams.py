"""Whole event streams, and the ways in which bytes can be cut into chunks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.named import known
from nemovideo_pytest.strategies.streaming.dialects import values
from nemovideo_pytest.strategies.streaming.stream import ENDS, End, EventStream, Piece
from nemovideo_pytest.strategies.streaming.telling import (
    DIALECTS,
    Dialect,
    Failure,
    Heartbeat,
    Telling,
    Told,
    ToolCall,
    ToolResult,
    Words,
)
from nemovideo_pytest.strategies.streaming.writing import BOM, LINE_ENDS, blocks, payloads
from nemovideo_pytest.strategies.wording import words

TOOLS = ("edit_multitrack", "generate_video_with_seedance")
GAPS = (0.0, 0.1, 2.0, 15.0, 120.0, 299.0)
"""Seconds; heartbeats come every 15, and clients wait for 300 (documented: "5 minutes")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """How events are written."""

    ends: tuple[str, ...]
    comments: bool
    lines: bool
    gaps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """What a stream may have."""

    texts: st.SearchStrategy[str]
    style: st.SearchStrategy[_Style]
    errors: bool
    bom: bool
    unfinished: bool
    most: int


def event_streams(  # noqa: PLR0913 all are keyword-only
    *,
    dialects: Sequence[Dialect] = DIALECTS,
    ends: Sequence[End] = ENDS,
    texts: st.SearchStrategy[str] | None = None,
    errors: bool = True,
    comments: bool = True,
    lines: bool = True,
    gaps: bool = True,
    bom: bool = True,
    unfinished: bool = True,
    max_events: int = 8,
) -> st.SearchStrategy[EventStream]:
    """Streams of `/run_sse`; they shrink to an empty one that is closed, in the first of `dialects`.

    `ends` are the ways of ending; with `errors` some end with an error event. `comments`, `lines` (data
    on several lines), `gaps` (long silences), `bom` and `unfinished` (the beginning of an event before
    the end) may be switched off for readers that promise less. `texts` are the words of the agent. Raises ValueError for dialects and ends that do not exist.
    """
    style = st.builds(
        _Style,
        ends=st.sampled_from([*((end,) for end in LINE_ENDS), LINE_ENDS]),
        comments=_perhaps(allowed=comments),
        lines=_perhaps(allowed=lines),
        gaps=st.just(gaps),
    )
    bounds = _Bounds(
        texts=words(awkward=True) if texts is None else texts,
        style=style,
        errors=errors,
        bom=bom,
        unfinished=unfinished,
        most=max_events,
    )
    return _streams(known("dialect", dialects, DIALECTS), known("end", ends, ENDS), bounds)


def _perhaps(*, allowed: bool) -> st.SearchStrategy[bool]:
    return st.booleans() if allowed else st.just(allowed)


@st.composite
def _streams(
    draw: st.DrawFn, dialects: tuple[Dialect, ...], ends: tuple[End, ...], bounds: _Bounds
) -> EventStream:
    dialect, end = draw(st.sampled_from(dialects)), draw(st.sampled_from(ends))
    told, how = draw(_events(dialect, bounds)), draw(bounds.style)
    written = [pair for event in told for pair in draw(_told(event, dialect, how))]
    tail = b""
    if bounds.unfinished and draw(st.booleans()):
        tail = draw(_tails(dialect, bounds.texts, how))
    pieces = [piece for _, piece in written] + ([Piece(0.0, tail)] if tail else [])
    if bounds.bom and pieces and draw(st.booleans()):
        pieces[0] = Piece(pieces[0].after, BOM + pieces[0].data)
    return EventStream(
        told=Told(events=told, dialect=dialect),
        pieces=tuple(pieces),
        payloads=tuple(payload for payload, _ in written),
        end=end,
        unfinished=bool(tail),
    )


@st.composite
def _events(draw: st.DrawFn, dialect: Dialect, bounds: _Bounds) -> tuple[Telling, ...]:
    """What a stream tells, with an error at its end, if at all."""
    events = draw(st.lists(_tellings(dialect, bounds.texts), max_size=bounds.most))
    if bounds.errors and draw(st.booleans()):
        events.append(Failure(draw(bounds.texts)))
    return tuple(events)


@st.composite
def _told(
    draw: st.DrawFn, event: Telling, dialect: Dialect, how: _Style
) -> list[tuple[str, Piece]]:
    """The events that tell one thing: the data of each, and its bytes with the gap before them."""
    found = []
    for value in values(event, dialect, draw(_cuts(event))):
        payload, lines = draw(_written(value, how))
        gap = draw(st.sampled_from(GAPS)) if how.gaps else 0.0
        found.append((payload, Piece(gap, b"".join(lines))))
    return found


def _tellings(dialect: Dialect, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Telling]:
    """What can be told in a dialect before it ends."""
    said: st.SearchStrategy[Telling] = st.builds(Words, texts)
    if dialect == "flat":
        return said | st.just(Heartbeat(empty=True))
    args = st.dictionaries(st.sampled_from(["op", "text", "n"]), texts | st.integers(), max_size=2)
    tool = st.sampled_from(TOOLS)
    both = st.sampled_from([False, True] if dialect == "typed" else [True])
    return st.one_of(
        said,
        st.builds(Heartbeat, both),
        st.builds(ToolCall, tool, args),
        st.builds(ToolResult, tool, args),
    )


def _cuts(event: Telling) -> st.SearchStrategy[tuple[int, ...]]:
    """Where words are cut into pieces."""
    if not isinstance(event, Words) or len(event.text) < 2:
        return st.just(())
    places = st.integers(1, len(event.text) - 1)
    return st.lists(places, max_size=3, unique=True).map(sorted).map(tuple)


@st.composite
def _written(draw: st.DrawFn, value: Any, how: _Style) -> tuple[str, list[bytes]]:
    payload = draw(payloads(value, lines=how.lines))
    return payload, draw(blocks(payload, how.ends, comments=how.comments))


@st.composite
def _tails(draw: st.DrawFn, dialect: Dialect, texts: st.SearchStrategy[str], how: _Style) -> bytes:
    """The beginning of an event: at most all of it but the empty line."""
    value = next(values(Words(draw(texts)), dialect))
    begun = b"".join(draw(_written(value, how))[1][:-1])
    return begun[: draw(st.integers(1, len(begun)))]


def chunkings(data: bytes) -> st.SearchStrategy[tuple[bytes, ...]]:
    """Ways to cut bytes into chunks; joined they are `data`. They shrink to a single chunk.

    Cuts fall anywhere, and more often where readers go wrong: inside a character of several bytes,
    between CR and LF, and at line ends. One of the ways is byte by byte.
    """
    if len(data) < 2:
        return st.just((data,) if data else ())
    anywhere = st.integers(1, len(data) - 1)
    awkward = _awkward(data)
    places = st.sampled_from(awkward) | anywhere if awkward else anywhere
    some = st.lists(places, max_size=12, unique=True).map(sorted)
    return (some | st.just(list(range(1, len(data))))).map(lambda cuts: _cut(data, cuts))


def _awkward(data: bytes) -> list[int]:
    """Where a cut divides a character or a pair of line ends, or stands beside a line end."""
    return [
        at
        for at in range(1, len(data))
        if data[at] & 0xC0 == 0x80 or data[at - 1] in b"\r\n" or data[at] in b"\r\n"
    ]


def _cut(data: bytes, cuts: list[int]) -> tuple[bytes, ...]:
    return tuple(data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True))
