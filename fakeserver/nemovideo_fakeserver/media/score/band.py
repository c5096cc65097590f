"""The band: it plays the bars of an arrangement on a mixing desk, each note at the sample it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nemovideo_fakeserver.media.samples import RATE
from nemovideo_fakeserver.media.score.arrangement import Arrangement
from nemovideo_fakeserver.media.score.brief import Brief
from nemovideo_fakeserver.media.score.desk import Desk, pumped
from nemovideo_fakeserver.media.score.event import Event
from nemovideo_fakeserver.media.score.form import QUIET, Bar
from nemovideo_fakeserver.media.score.voices.voice import Voice
from nemovideo_fakeserver.media.score.voices.wave import Wave

_ECHOES = ((1, 1.0), (2, 0.4))
"""Beats later, and how loud compared with the first echo."""

_TAIL = 5.0
"""Seconds after which a note and its room can no longer be heard, whatever plays it."""

_KEPT = 16_000_000
"""Samples of notes kept to be played again."""


class Band:
    """The players of a brief, and the notes they have played before."""

    def __init__(self, brief: Brief) -> None:
        self._beat = brief.beat
        self._groove = brief.style.groove
        self._arrangement = Arrangement(brief)
        self._notes: dict[tuple[Voice, int, float, float], Wave] = {}
        self._kept = 0

    @property
    def reach(self) -> int:
        """Samples after which nothing of a note can be heard, not even its last echo."""
        return round((_TAIL + _ECHOES[-1][0] * self._beat) * RATE)

    def played(self, bars: Iterable[Bar], desk: Desk, at: int, total: int) -> Iterator[Wave]:
        """Yield what is heard from sample `at` to `total`, in chunks of about a bar."""
        for bar in bars:
            for event in self._arrangement.events(bar):
                begins = self._sample(bar, event.beat)
                if at <= begins < total:  # a piece may begin and end within a bar
                    self._lay(event, desk, begins - at)
            stop = min(total, self._sample(bar, self._groove.beats))
            if stop > at:
                yield desk.take(stop - at, self._pumping(bar, at, stop - at))
                at = stop
        while at < total:
            stop = min(total, at + RATE)
            yield desk.take(stop - at)
            at = stop

    def _lay(self, event: Event, desk: Desk, at: int) -> None:
        bus = desk.hall if event.voice.hall else desk.dry
        note = self._note(event.voice, event.pitch, event.beats, event.tone)
        bus.lay(note, at, event.gain)
        for late, gain in _ECHOES if event.echo else ():
            bus.lay(note, at + round(late * self._beat * RATE), event.gain * event.echo * gain)

    def _note(self, voice: Voice, pitch: int, beats: float, tone: float) -> Wave:
        name = (voice, pitch, beats, tone)
        if name not in self._notes:
            if self._kept > _KEPT:
                self._notes.clear()
                self._kept = 0
            self._notes[name] = voice.note(pitch, beats * self._beat, tone)
            self._kept += self._notes[name].size
        return self._notes[name]

    def _sample(self, bar: Bar, beat: float) -> int:
        return round((bar.start + beat * self._beat) * RATE)

    def _pumping(self, bar: Bar, at: int, count: int) -> Wave | None:
        if not self._groove.pump or bar.lifts or bar.closes or bar.energy < QUIET:
            return None
        beats = [self._sample(bar, beat) - at for beat in range(self._groove.beats)]
        return pumped(count, beats, self._groove.pump)
