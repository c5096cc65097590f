"""Whole event streams, and the ways in which bytes can be cut into chunks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

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


def event_streams(
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
    the end) may be switched off for readers that promise less. `texts` are the words of the agent.
    """
    return st.builds(dict, dialect=st.sampled_from(dialects), end=st.sampled_from(ends)).flatmap(
        lambda chosen: _streams(
            **chosen,
            texts=words(awkward=True) if texts is None else texts,
            errors=errors,
            bom=bom,
            unfinished=unfinished,
            most=max_events,
            style=st.builds(
                _Style,
                ends=st.sampled_from([*((end,) for end in LINE_ENDS), LINE_ENDS]),
                comments=st.booleans() if comments else st.just(False),
                lines=st.booleans() if lines else st.just(False),
                gaps=st.just(gaps),
            ),
        )
    )


@st.composite
def _streams(
    draw: st.DrawFn,
    *,
    dialect: Dialect,
    end: End,
    texts: st.SearchStrategy[str],
    errors: bool,
    bom: bool,
    unfinished: bool,
    most: int,
    style: st.SearchStrategy[_Style],
) -> EventStream:
    events = draw(st.lists(_tellings(dialect, texts), max_size=most))
    if errors and draw(st.booleans()):
        events.append(Failure(draw(texts)))
    how = draw(style)
    pieces, data = [], []
    for event in events:
        for value in values(event, dialect, draw(_cuts(event))):
            payload, written = draw(_written(value, how))
            data.append(payload)
            pieces.append(Piece(draw(st.sampled_from(GAPS)) if how.gaps else 0.0, b"".join(written)))
    tail = draw(_tails(dialect, texts, how)) if unfinished and draw(st.booleans()) else b""
    pieces += [Piece(0.0, tail)] if tail else []
    if bom and pieces and draw(st.booleans()):
        pieces[0] = Piece(pieces[0].after, BOM + pieces[0].data)
    return EventStream(
        told=Told(events=tuple(events), dialect=dialect),
        pieces=tuple(pieces),
        payloads=tuple(data),
        end=end,
        unfinished=bool(tail),
    )


def _tellings(dialect: Dialect, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Telling]:
    """What can be told in a dialect before it ends."""
    said: st.SearchStrategy[Telling] = st.builds(Words, texts)
    if dialect == "flat":
        return said | st.just(Heartbeat(empty=True))
    args = st.dictionaries(st.sampled_from(["op", "text", "n"]), texts | st.integers(), max_size=2)
    tool = st.sampled_from(TOOLS)
    both = st.booleans() if dialect == "typed" else st.just(True)
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
def _tails(
    draw: st.DrawFn, dialect: Dialect, texts: st.SearchStrategy[str], how: _Style
) -> bytes:
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
