"""What drummers play in a bar.

Law: the kit plays the groove of the style; in a quiet part only what ticks. What has a pitch is tuned to the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemovideo_fakeserver.media.score.event import Event
from nemovideo_fakeserver.media.score.form import FULL, QUIET, Bar
from nemovideo_fakeserver.media.score.harmony import Key
from nemovideo_fakeserver.media.score.rhythm import STRENGTH, Groove, hits
from nemovideo_fakeserver.media.score.voices.drums import DRUMS, NAMED

_DEEP = ("kick", "timpani", "tom")
_TICKING = ("hat", "rim", "kick")
_BY_NAME = {
    "clap": "....X.......X...",
    "shaker": "x.x.X.x.x.x.X.x.",
    "timpani": "X...o...x...o.xx",
}


class Percussion:
    """The drummers among `instruments`; `low` is a factor for what is deep, a `fierce` kit has a crash."""

    def __init__(
        self, instruments: Sequence[str], groove: Groove, key: Key, *, low: float, fierce: bool
    ) -> None:
        self.kit = "drums" in instruments
        self._alone = all(name == "drums" or name in NAMED for name in instruments)
        self._others = [NAMED[name] for name in instruments if name in NAMED]
        self._groove = groove
        self._key = key
        self._low = low
        self._fierce = fierce

    def events(self, bar: Bar) -> Iterator[Event]:
        """Yield the hits of a bar."""
        if bar.closes:
            yield from [self._hit(0, "kick", 1)] if self.kit else []
            return
        if self.kit:
            yield from self._roll() if bar.lifts else self._groovy(bar)
        for drum in self._others:
            if not (bar.lifts and drum in _DEEP):
                yield from self._beaten(drum, _BY_NAME[drum][: 4 * self._groove.beats])

    def _groovy(self, bar: Bar) -> Iterator[Event]:
        ticking = _TICKING if self._alone else _TICKING[:-1]
        for drum, pattern in self._groove.kit.items():
            if bar.energy >= QUIET or drum in ticking:
                yield from self._beaten(drum, pattern)
        if bar.place == 0 and bar.energy >= FULL and self._fierce:
            yield self._hit(0, "crash", 0.8)
        if bar.turns and bar.energy >= QUIET:  # the next part is announced
            last = self._groove.beats - 1
            yield from (self._hit(last + i / 4, "tom", 0.5 + 0.15 * i) for i in range(4))

    def _beaten(self, drum: str, pattern: str) -> Iterator[Event]:
        yield from (self._hit(hit.beat, drum, STRENGTH[hit.mark]) for hit in hits(pattern))

    def _roll(self) -> Iterator[Event]:
        count = 4 * (self._groove.beats - 1)
        yield from (self._hit(i / 4, "snare", 0.15 + 0.35 * i / count) for i in range(count))

    def _hit(self, beat: float, drum: str, gain: float) -> Event:
        voice = DRUMS[drum]
        if drum not in _DEEP:
            return Event(beat, 1, voice, voice.centre, gain)
        tuned = voice.centre + (self._key.pitch(0) - voice.centre) % 12
        return Event(beat, 1, voice, tuned, gain * self._low)
