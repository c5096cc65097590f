"""A turn as one reader of its stream gets it: what is told when, what breaks it, and what is noted of it.

Law: this is a view. Nothing here changes the turn; faults at its moments act on this reader alone. What
a reader got, and how the stream ended for it, goes into the journal.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from math import inf
from typing import Literal, Self

from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.faults.actions import Break, Delay, Drip, Malformed
from nemovideo_fakeserver.core.faults.faults import Strike
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.plan import Drop
from nemovideo_fakeserver.core.setting import Setting, acts_on_replies
from nemovideo_fakeserver.core.turn_moments import passed, reached
from nemovideo_fakeserver.core.turns import Turn
from nemovideo_fakeserver.wire.pieces import drops, garbled
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until


class Telling:
    """The steps of one stream; an iterator that notes its end, also when it is closed early."""

    def __init__(self, turn: Turn, frames: Frames, setting: Setting) -> None:
        self._turn = turn
        self._frames = frames
        self._setting = setting
        self._request = setting.request
        self._ends_at = turn.accepted_at + (setting.variants.sse_max or inf)
        self._steps = self._told()
        self._how: HowToCut | Literal["left", "capped", "end"] = "left"
        self._told_frames = 0
        self._over = False
        self._lag = 0.0
        self._drip = 0.0
        self._malformed = False
        self._cut: HowToCut | None = None

    def meet(self, strikes: Sequence[Strike]) -> None:
        """Take what faults on the request do to the stream, before any of it has left."""
        self._cut = self._take(strikes)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Step:
        return next(self._steps)

    def close(self) -> None:
        """End the view, and note how it ended."""
        self._steps.close()
        if not self._over:
            self._over = True
            self._note("stream.ended", how=self._how, frames=self._told_frames)

    def _told(self) -> Generator[Step, None, None]:
        """Yield the steps, of which none comes after a cut or later than the service streams at most."""
        for step in self._course():
            if isinstance(step, Until) and step.deadline > self._ends_at:
                yield Until(self._ends_at)
                self._how = "capped"
                return
            if isinstance(step, Cut):
                self._how = step.how
                yield step
                return
            yield step
        self._how = "end"

    def _course(self) -> Iterator[Step]:
        if self._cut is not None:
            yield Cut(self._cut)
        for fact, places in passed(self._turn, self._setting.variants.sse_dialect):
            yield Until(fact.at + self._lag)
            frames = list(self._frames(fact))
            yield from self._struck(places, "before", frames)
            if isinstance(fact.what, Drop):
                yield Cut(fact.what.how)
            for frame in frames:
                yield from self._sent(frame)
            yield from self._struck(places, "after", [])

    def _struck(self, places: tuple[str, ...], side: Side, frames: list[Frame]) -> Iterator[Step]:
        for place in places if self._setting.faults.armed else ():
            now, lag = self._setting.clock.now(), self._lag
            here = reached(self._turn, place, side, now, self._request)
            cut = self._take(self._setting.faults.strike(here, only=acts_on_replies))
            if self._lag > lag:
                yield Until(now + self._lag - lag)
            if cut is not None:
                data = frames[0].data if frames and cut == "truncated" else b""
                yield Cut(cut, data[: len(data) // 2])

    def _take(self, strikes: Sequence[Strike]) -> HowToCut | None:
        """Let actions change what is still to come, and return how it is cut, if it is."""
        cut = None
        for strike in strikes:
            match strike.action:
                case Delay(seconds):
                    self._lag += seconds
                case Drip(seconds):
                    self._drip += seconds
                case Malformed():
                    self._malformed = True
                case Break(how):
                    cut = how
        return cut

    def _sent(self, frame: Frame) -> Iterator[Step]:
        data = garbled(frame.data) if self._malformed else frame.data
        self._malformed = False
        *pieces, last = drops(data) if self._drip else (data,)
        for piece in pieces:
            yield Send(piece)
            yield Until(self._setting.clock.now() + self._drip)
        self._told_frames += 1
        self._note("frame", number=self._told_frames, event=frame.event, bytes=len(data))
        yield Send(last)

    def _note(self, kind: str, **what: object) -> None:
        self._setting.journal.add(
            self._setting.clock.now(),
            kind,
            request=self._request,
            session=self._turn.session,
            turn=self._turn.id,
            **what,
        )
