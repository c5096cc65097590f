"""A turn as one reader of its stream gets it: what is told when, what breaks it, and what is noted of it.

Law: this is a view. Nothing here changes the turn; faults at its moments act on this reader alone. What
a reader got, and how the stream ended for it, goes into the journal.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import inf
from typing import Self

from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.faults.actions import Action, Break, Delay, Drip, Malformed
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.plan import Drop
from nemovideo_fakeserver.core.setting import Setting, acts_on_replies
from nemovideo_fakeserver.core.turn_moments import passed, reached
from nemovideo_fakeserver.core.turns import Fact, Turn
from nemovideo_fakeserver.wire.pieces import dripping, garbled
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
        self._how = "left"
        self._told_frames = 0
        self._over = False
        self._lag = 0.0
        self._drip = 0.0
        self._malformed = False

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
        for fact, places in passed(self._turn):
            at = fact.at + self._lag
            if at > self._ends_at:
                yield Until(self._ends_at)
                self._how = "capped"
                return
            yield Until(at)
            yield from self._happening(fact, places)
            if self._how != "left":
                return
        self._how = "end"

    def _happening(self, fact: Fact, places: tuple[str, ...]) -> Iterator[Step]:
        frames = list(self._frames(fact))
        yield from self._struck(places, "before", frames)
        if self._how != "left":
            return
        if isinstance(fact.what, Drop):
            yield self._cut(fact.what.how)
            return
        for frame in frames:
            yield from self._sent(frame)
        yield from self._struck(places, "after", [])

    def _struck(self, places: tuple[str, ...], side: Side, frames: list[Frame]) -> Iterator[Step]:
        if not self._setting.faults.armed:
            return
        for place in places:
            at = self._setting.clock.now()
            here = reached(self._turn, place, side, at, self._request)
            for strike in self._setting.faults.strike(here, only=acts_on_replies):
                yield from self._acted(strike.action, frames)
                if self._how != "left":
                    return

    def _acted(self, action: Action, frames: list[Frame]) -> Iterator[Step]:
        match action:
            case Delay(seconds):
                self._lag += seconds
                yield Until(self._setting.clock.now() + seconds)
            case Drip(seconds):
                self._drip = seconds
            case Malformed():
                self._malformed = True
            case Break(how):
                data = frames[0].data if frames else b""
                yield self._cut(how, data[: len(data) // 2] if how == "truncated" else b"")

    def _cut(self, how: HowToCut, rest: bytes = b"") -> Cut:
        self._how = how
        return Cut(how, rest)

    def _sent(self, frame: Frame) -> Iterator[Step]:
        data = frame.data
        if self._malformed:
            self._malformed = False
            data = garbled(data)
        self._told_frames += 1
        self._note("frame", number=self._told_frames, event=frame.event, bytes=len(data))
        if self._drip:
            yield from dripping(data, self._drip, self._setting.clock)
        else:
            yield Send(data)

    def _note(self, kind: str, **what: object) -> None:
        self._setting.journal.add(
            self._setting.clock.now(),
            kind,
            request=self._request,
            session=self._turn.session,
            turn=self._turn.id,
            **what,
        )
