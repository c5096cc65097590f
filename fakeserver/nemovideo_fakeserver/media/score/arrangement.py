"""Who plays what in a bar.

Law: the first instrument carries the melody, the others the chords; one alone does both. The more goes on in
a part, the more of them play, and the louder. Before a drop what is low is silent, and so is the last beat.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from nemovideo_fakeserver.media.score.brief import Brief
from nemovideo_fakeserver.media.score.form import Bar
from nemovideo_fakeserver.media.score.harmony import chord, progression
from nemovideo_fakeserver.media.score.melody import melody
from nemovideo_fakeserver.media.score.rhythm import STRENGTH, hits
from nemovideo_fakeserver.media.score.voices.drums import DRUMS, NAMED
from nemovideo_fakeserver.media.score.voices.ensemble import PITCHED
from nemovideo_fakeserver.media.score.voices.voice import Voice

_BASS_LOW, _HAND_LOW = 31, 40
_QUIET, _FULL = 0.5, 0.85
"""Below the one energy there is neither bass nor snare nor melody; from the other all give their best."""

_DYNAMICS, _BASS_STEP = 6.0, 3.0
"""In dB: how much softer a part without energy is played; what a step of bass is."""

_LONGEST = 3.0
"""Seconds that a note is held; a longer one is taken up again."""

_EXTRA = {"clap": "....X.......X...", "shaker": "x.x.X.x.x.x.X.x.", "timpani": "X...o...x...o.xx"}
_BROKEN = (0, 2, 1, 2, 3, 2, 1, 2)
"""The order in which the tones of a broken chord are played; 3 is the lowest an octave up."""

_ECHOES = ((1, 1.0), (2, 0.4))
"""Beats later, and how loud compared with the first echo."""


class Event(NamedTuple):
    """A note: at a beat of its bar (swung), for so many beats; `tone` is from 0 (dull) to 1 (bright)."""

    beat: float
    beats: float
    voice: Voice
    pitch: int
    gain: float
    tone: float


class Arrangement:
    """The players of a brief, and their notes for any bar."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._groove = brief.style.groove
        self._kit = "drums" in brief.instruments
        self._percussion = [NAMED[name] for name in brief.instruments if name in NAMED]
        self._bass = PITCHED["bass"] if "bass" in brief.instruments else None
        pitched = [PITCHED[n] for n in brief.instruments if n in PITCHED and n != "bass"]
        self._lead = pitched[0] if pitched else None
        self._chords = pitched[1:] or pitched
        self._floats = not self._kit and all(voice.sustains for voice in pitched)
        self._deep = (
            next((v for v in reversed(pitched) if v.deep), None) if not self._bass else None
        )
        self._steps = progression(brief.key.minor, brief.style.feel, brief.chance)
        self._tone = min(1.0, max(0.0, 0.5 + 0.5 * brief.character.brightness))
        self._low = _decibels(_BASS_STEP * brief.bass)

    def events(self, bar: Bar) -> Iterator[Event]:
        """Yield the notes of a bar, in no order."""
        loud = _decibels(-_DYNAMICS * (1 - bar.energy))
        tone = self._tone * (1.0 if bar.energy >= _FULL else 0.8)
        rest = self._groove.beats - 1 if bar.lifts else self._groove.beats
        steps = self._chord(bar)
        parts = (
            (self._closing(steps),)
            if bar.closes
            else (
                self._drums(bar),
                self._bassline(bar, steps),
                self._harmony(bar, steps),
                self._melody(bar, steps),
            )
        )
        for event in chain(*parts):
            if event.beat < rest:
                yield event._replace(
                    beat=self._groove.swung(event.beat),
                    beats=max(0.1, min(event.beats, _LONGEST / self._brief.beat)),
                    gain=loud * event.gain,
                    tone=event.tone * tone,
                )

    def _chord(self, bar: Bar) -> tuple[int, ...]:
        seldom = 2 if self._brief.bpm > 150 else 1
        step = 0 if bar.closes else self._steps[bar.place // seldom % len(self._steps)]
        return chord(step, seventh=self._brief.style.sevenths and not bar.closes)

    # ---- drums ----

    def _drums(self, bar: Bar) -> Iterator[Event]:
        if self._kit and bar.lifts:
            yield from self._roll()
        elif self._kit:
            sparse = (
                {"hat", "rim"}
                if bar.energy < 0.4 and (self._lead or self._bass)
                else {"hat", "rim", "kick"}
            )
            for drum, pattern in self._groove.kit.items():
                if drum in sparse or bar.energy >= _QUIET:
                    yield from self._beaten(drum, pattern)
            if bar.place == 0 and bar.energy >= _FULL and self._brief.character.drive > 0:
                yield self._hit(0, "crash", 0.8)
            if bar.left == 1 and bar.energy >= _QUIET:
                last = self._groove.beats - 1
                yield from (self._hit(last + i / 4, "tom", 0.5 + 0.15 * i) for i in range(4))
        for drum in self._percussion:
            if drum != "timpani" or not bar.lifts:
                yield from self._beaten(drum, _EXTRA[drum][: 4 * self._groove.beats])

    def _beaten(self, drum: str, pattern: str) -> Iterator[Event]:
        for hit in hits(pattern):
            yield self._hit(hit.beat, drum, STRENGTH[hit.mark])

    def _roll(self) -> Iterator[Event]:
        count = 4 * (self._groove.beats - 1)
        yield from (self._hit(i / 4, "snare", 0.15 + 0.35 * i / count) for i in range(count))

    def _hit(self, beat: float, drum: str, gain: float) -> Event:
        voice = DRUMS[drum]
        low = drum in ("kick", "timpani", "tom")
        pitch = (
            voice.centre + (self._brief.key.pitch(0) - voice.centre) % 12 if low else voice.centre
        )
        return Event(beat, 1, voice, pitch, gain * (self._low if low else 1), 1)

    # ---- what is low ----

    def _bassline(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        if bar.lifts:
            return
        if self._bass:
            thin = bar.energy < _QUIET or self._brief.character.drive < -0.5
            pattern = "1" + "." * (len(self._groove.comp) - 1) if thin else self._groove.bass
            for hit in hits(pattern):
                step = steps[2] if hit.mark == "5" else steps[0]
                pitch = self._deepest(step, _BASS_LOW) + 12 * (hit.mark == "8")
                yield Event(hit.beat, 0.95 * hit.beats, self._bass, pitch, 0.7 * self._low, 1)
        elif self._deep and bar.energy >= _QUIET:
            half = self._groove.beats / 2
            pitch = self._deepest(steps[0], _HAND_LOW)
            for beat in (0.0, half):
                yield Event(beat, half, self._deep, pitch, 0.6 * self._low, 1)
                if bar.energy >= _FULL:
                    yield Event(beat, half, self._deep, pitch - 12, 0.4 * self._low, 1)

    def _deepest(self, step: int, low: int) -> int:
        return self._brief.key.voicing((step,), low)[0]

    # ---- chords ----

    def _harmony(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        for voice in self._chords:
            pitches = self._brief.key.voicing(steps, voice.centre - 12)
            share = (0.8 if bar.energy < _QUIET else 0.5) / len(self._chords) ** 0.5
            gentle = self._brief.style.flowing or self._brief.character.drive < -0.3
            if voice.sustains:
                played = self._bed(voice, pitches)
            elif gentle or bar.energy < _QUIET:
                played = self._broken(voice, pitches, bar)
            else:
                played = self._comped(voice, pitches)
            yield from (event._replace(gain=share * event.gain) for event in played)

    def _bed(self, voice: Voice, pitches: list[int]) -> Iterator[Event]:
        beats = self._groove.beats
        bed = 0.5 if self._floats else 0.8
        long = beats if beats * self._brief.beat <= _LONGEST else beats / 2
        for start in range(0, beats, max(1, int(long))):
            yield from (Event(start, long, voice, pitch, bed, 1) for pitch in pitches)
        if self._floats and voice is self._chords[0]:
            for beat in range(beats):
                strong = 1.0 if beat == 0 else 0.8
                yield from (Event(beat, 0.6, voice, pitch, strong, 1) for pitch in pitches)

    def _broken(self, voice: Voice, pitches: list[int], bar: Bar) -> Iterator[Event]:
        tones = [*pitches[:3], pitches[0] + 12]
        slow = self._brief.bpm > 130 or self._brief.character.drive < -0.7 or bar.energy < _QUIET
        per_beat = 1 if slow else 2
        for order in range(self._groove.beats * per_beat):
            pitch = tones[_BROKEN[order % len(_BROKEN)]]
            accent = 1.3 if order == 0 else 1.1 if order % per_beat == 0 else 0.8
            yield Event(order / per_beat, 2, voice, pitch, accent, 1)

    def _comped(self, voice: Voice, pitches: list[int]) -> Iterator[Event]:
        for hit in hits(self._groove.comp):
            for pitch in pitches:
                yield Event(hit.beat, 0.9 * hit.beats, voice, pitch, STRENGTH[hit.mark], 1)

    # ---- the melody ----

    def _melody(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        if self._lead is None or bar.lifts or (bar.energy < _QUIET and bar.part != "breakdown"):
            return
        theme = self._brief.chance.at("theme", "chorus" if bar.energy >= _FULL else "verse")
        busy = self._brief.character.drive > 0.2 and self._brief.bpm < 150
        home = self._brief.key.near(self._lead.centre)
        for tone in melody(theme, bar.place, steps, busy=busy):
            pitch = self._brief.key.pitch(home + tone.step)
            event = Event(tone.beat, 0.95 * tone.beats, self._lead, pitch, 0.75, 1)
            yield event
            for late, gain in _ECHOES if self._brief.style.echo else ():
                yield event._replace(
                    beat=tone.beat + late, gain=0.75 * self._brief.style.echo * gain
                )

    # ---- the end ----

    def _closing(self, steps: tuple[int, ...]) -> Iterator[Event]:
        beats = self._groove.beats
        for voice in dict.fromkeys((*self._chords, *([self._lead] if self._lead else []))):
            for pitch in self._brief.key.voicing(steps, voice.centre - 12):
                yield Event(0, beats, voice, pitch, 0.5, 1)
        if self._bass:
            yield Event(0, beats, self._bass, self._deepest(0, _BASS_LOW), 0.7 * self._low, 1)
        if self._kit:
            yield self._hit(0, "kick", 1)


def _decibels(value: float) -> float:
    return float(10 ** (value / 20))
