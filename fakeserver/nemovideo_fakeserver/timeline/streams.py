"""Rows of streams and of the work behind them.

Law: a stream is a view, so its end and the end of the work are two things. Where a whole stream ends
together with the work they are told in one row; where it breaks, the work goes on beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline.credits import SAME_TIME, Moves
from nemovideo_fakeserver.timeline.look import Signs
from nemovideo_fakeserver.timeline.numbers import amount, counted
from nemovideo_fakeserver.timeline.requests import turn_of
from nemovideo_fakeserver.timeline.row import Row
from nemovideo_fakeserver.verify.exchanges import Exchange, text

_EVENTS = {"tool_call": "call", "tool_result": "result"}
_CUTS = {"half_closed": "half closed", "capped": "over the longest stream"}


def frame_rows(exchange: Exchange, signs: Signs) -> Iterator[Row]:
    """Yield a row for each frame; they fold to what came in between other things."""
    signed = {"heartbeat": signs.heart, "text": signs.text} | _EVENTS
    for frame in exchange.frames:
        event = text(frame.what, "event") or "?"
        yield Row(
            at=frame.at,
            number=frame.number,
            sort="frame",
            parts=(signed.get(event) or signs.safe(event),),
            joint=signs.dot,
            account=exchange.account,
            session=exchange.session,
            span=turn_of(exchange),
            fold=("frames", exchange.number),
        )


def end_row(exchange: Exchange, signs: Signs) -> Row | None:
    """Return the row of a stream's end, None for one that goes on."""
    ended = exchange.ended
    if ended is None:
        return None
    how = text(ended.what, "how") or "?"
    frames = counted(amount(ended.what, "frames"), "frame")
    row = Row(
        at=ended.at,
        number=ended.number,
        sort="other fact",
        account=exchange.account,
        session=exchange.session,
        span=turn_of(exchange),
        edge="breaks",
    )
    if how == "end":
        wordless = all(text(frame.what, "event") != "text" for frame in exchange.frames)
        note = f"{frames}{signs.dot}without a word" if wordless else frames
        return replace(row, name="end", note=note, note_tone="quiet", edge="closes")
    if how == "left":
        return replace(row, name="left", note=f"by the reader{signs.dot}{frames}", note_tone="odd")
    why = _CUTS.get(how) or signs.safe(how)
    return replace(row, name="broken", note=f"{why}{signs.dot}{frames}", note_tone="bad")


def work_row(ended: Fact, stream: Row | None, moves: Moves, signs: Signs) -> Row:
    """Return the row of the end of a turn's work, on that of its stream where they end as one."""
    turn = text(ended.what, "turn")
    failed = ended.what.get("failed") is True
    alone = Row(
        at=ended.at,
        number=ended.number,
        sort="other fact",
        name="done",
        note=signs.safe(text(ended.what, "work") or ""),
        note_tone="quiet",
        account=text(ended.what, "account"),
        session=text(ended.what, "session"),
        span=turn,
        edge="closes",
    )
    together = stream and stream.edge == "closes" and abs(stream.at - ended.at) < SAME_TIME
    row = stream if stream and together else alone
    if failed:
        row = replace(row, name="failed", note_tone="bad")
    return moves.beside(row, turn, "settle", "release")
