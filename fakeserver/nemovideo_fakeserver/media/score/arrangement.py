"""Who plays what in a bar.

Law: the first instrument carries the melody, the others the chords; one alone does both. The more goes on in
a part, the more of them play, and the louder. Before a drop what is low is silent, and so is the last beat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from nemovideo_fakeserver.media.score.brief import Brief
from nemovideo_fakeserver.media.score.event import Event, factor
from nemovideo_fakeserver.media.score.form import FULL, QUIET, Bar
from nemovideo_fakeserver.media.score.harmony import chord, progression
from nemovideo_fakeserver.media.score.melody import melody
from nemovideo_fakeserver.media.score.percussion import Percussion
from nemovideo_fakeserver.media.score.rhythm import STRENGTH, hits
from nemovideo_fakeserver.media.score.voices.ensemble import PITCHED
from nemovideo_fakeserver.media.score.voices.voice import Voice

_DYNAMICS, _BASS_STEP = 6.0, 3.0
"""In dB: how much softer a part without energy is played; what a step of bass is."""

_BASS_LOW, _HAND_LOW = 31, 40
"""The lowest pitches of a bass, and of another instrument that plays one."""

_LONGEST = 3.0
"""Seconds that a note is held; a longer one is taken up again."""

_PULSE = 0.22
"""Seconds of a note that marks a beat where nothing is struck."""

_FADES, _STILL = 1.1, 0.6
"""Seconds after which the last chord is struck again, and those before the end in which it is not."""

_FAST = 150.0
"""From this tempo on a chord stays for two bars, and a melody has no short notes."""

_BROKEN = (0, 2, 1, 2, 3, 2, 1, 2)
"""The order in which the tones of a broken chord are played; 3 is the lowest an octave up."""


class Arrangement:
    """The players of a brief, and their notes for any bar."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._groove = brief.style.groove
        self._drive = brief.character.drive
        self._low = factor(_BASS_STEP * brief.bass)
        self._percussion = Percussion(
            brief.instruments, self._groove, brief.key, low=self._low, fierce=self._drive > 0
        )
        pitched = [PITCHED[n] for n in brief.instruments if n in PITCHED and n != "bass"]
        self._lead = pitched[0] if pitched else None
        self._chords = pitched[1:] or pitched
        self._bass = PITCHED["bass"] if "bass" in brief.instruments else None
        self._deep = next((voice for voice in reversed(pitched) if voice.deep), None)
        self._floats = not self._percussion.kit and all(voice.sustains for voice in pitched)
        self._steps = progression(brief.key.minor, brief.style.feel, brief.chance)
        self._tone = min(1.0, max(0.0, 0.5 + 0.5 * brief.character.brightness))

    def events(self, bar: Bar) -> Iterator[Event]:
        """Yield the notes of a bar, in no order."""
        loud = factor(-_DYNAMICS * (1 - bar.energy))
        tone = self._tone * (1.0 if bar.energy >= FULL else 0.8)
        rest = self._rest(bar)
        steps = self._chord(bar)
        for event in chain(
            self._percussion.events(bar),
            self._bassline(bar, steps),
            self._closing(steps, rest) if bar.closes else self._harmony(bar, steps),
            self._melody(bar, steps),
        ):
            if event.beat < rest:
                ends = bar.lifts or bar.closes
                longest = rest - event.beat if ends else _LONGEST / self._brief.beat
                yield event._replace(
                    beat=self._groove.swung(event.beat),
                    beats=min(event.beats, longest),
                    gain=loud * event.gain,
                    tone=tone,
                )

    def _rest(self, bar: Bar) -> float:
        """Return at which beat all is silent at the latest, but for what dies away."""
        if bar.closes:
            return bar.lasts / self._brief.beat
        return self._groove.beats - 1 if bar.lifts else self._groove.beats

    def _chord(self, bar: Bar) -> tuple[int, ...]:
        if bar.closes:
            return chord(0, seventh=False)
        order = bar.place // (2 if self._brief.bpm > _FAST else 1)
        return chord(self._steps[order % len(self._steps)], seventh=self._brief.style.sevenths)

    # ---- what is low ----

    def _bassline(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        if bar.lifts or bar.closes:
            return
        if self._bass:
            plain = bar.energy < QUIET or self._drive < -0.5
            pattern = "1".ljust(4 * self._groove.beats, ".") if plain else self._groove.bass
            for hit in hits(pattern):
                root = self._deepest(steps[2 if hit.mark == "5" else 0], _BASS_LOW)
                pitch = root + 12 * (hit.mark == "8")
                yield Event(hit.beat, 0.95 * hit.beats, self._bass, pitch, 0.7 * self._low)
        elif self._deep and bar.energy >= QUIET:
            half = self._groove.beats / 2
            pitch = self._deepest(steps[0], _HAND_LOW)
            for beat in (0.0, half):
                yield Event(beat, half, self._deep, pitch, 0.6 * self._low)
                if bar.energy >= FULL:
                    yield Event(beat, half, self._deep, pitch - 12, 0.4 * self._low)

    def _deepest(self, step: int, low: int) -> int:
        return self._brief.key.voicing((step,), low)[0]

    # ---- chords ----

    def _harmony(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        share = (0.8 if bar.energy < QUIET else 0.5) / max(1, len(self._chords)) ** 0.5
        for voice in self._chords:
            pitches = self._brief.key.voicing(steps, voice.centre - 12)
            if voice.sustains:
                played = self._bed(voice, pitches)
            elif self._brief.style.flowing or self._drive < -0.3 or bar.energy < QUIET:
                played = self._broken(voice, pitches, bar)
            else:
                played = self._comped(voice, pitches)
            yield from (event._replace(gain=share * event.gain) for event in played)

    def _bed(self, voice: Voice, pitches: list[int]) -> Iterator[Event]:
        beats = self._groove.beats
        long = beats if beats * self._brief.beat <= _LONGEST else max(1, beats // 2)
        for start in range(0, beats, long):
            bed = 0.5 if self._floats else 0.8
            yield from (Event(start, long, voice, pitch, bed) for pitch in pitches)
        short = min(0.4, _PULSE / self._brief.beat)
        if self._floats and voice is self._chords[0]:  # else nobody says where the beats are
            for beat in range(beats):
                strong = 1.0 if beat else 1.2
                yield from (Event(beat, short, voice, pitch, strong) for pitch in pitches)

    def _broken(self, voice: Voice, pitches: list[int], bar: Bar) -> Iterator[Event]:
        tones = [*pitches[:3], pitches[0] + 12]
        slow = self._brief.bpm > 130 or self._drive < -0.7 or bar.energy < QUIET
        per_beat = 1 if slow else 2
        for order in range(self._groove.beats * per_beat):
            accent = 1.3 if order == 0 else 1.1 if order % per_beat == 0 else 0.8
            pitch = tones[_BROKEN[order % len(_BROKEN)]]
            yield Event(order / per_beat, 2, voice, pitch, accent)

    def _comped(self, voice: Voice, pitches: list[int]) -> Iterator[Event]:
        for hit in hits(self._groove.comp):
            for pitch in pitches:
                yield Event(hit.beat, 0.9 * hit.beats, voice, pitch, STRENGTH[hit.mark])

    def _closing(self, steps: tuple[int, ...], rest: float) -> Iterator[Event]:
        """Let the last chord ring to the end, above its root; what dies away is struck again."""
        low, at = (self._bass, _BASS_LOW) if self._bass else (self._deep, _HAND_LOW)
        notes = [
            (voice, pitch, 0.5)
            for voice in dict.fromkeys((*self._chords, *([self._lead] if self._lead else [])))
            for pitch in self._brief.key.voicing(steps, voice.centre - 12)
        ]
        if low:
            notes.append((low, self._deepest(steps[0], at), 0.7 * self._low))
        for voice, pitch, gain in notes:
            for beat in (0,) if voice.sustains else self._struck(rest):
                yield Event(beat, rest, voice, pitch, gain)

    def _struck(self, rest: float) -> Iterable[int]:
        """Return the beats at which the last chord is struck."""
        beats, beat = self._groove.beats, self._brief.beat
        every = next((n for n in (beats, beats // 2) if n * beat <= _FADES), 1)
        return range(0, 1 + max(0, int(rest - _STILL / beat)), every)

    # ---- the melody ----

    def _melody(self, bar: Bar, steps: tuple[int, ...]) -> Iterator[Event]:
        silent = bar.lifts or bar.closes or (bar.energy < QUIET and bar.part != "breakdown")
        if self._lead is None or silent:
            return
        theme = self._brief.chance.at("theme", "chorus" if bar.energy >= FULL else "verse")
        # over long notes nothing but the melody says where the beats are
        busy = not self._floats and self._drive > 0.2 and self._brief.bpm < _FAST
        home = self._brief.key.near(self._lead.centre)
        gain = 0.6 if self._floats else 0.75
        for tone in melody(theme, bar.place, steps, busy=busy):
            if tone.beat >= self._groove.beats:
                continue
            pitch = self._brief.key.pitch(home + tone.step)
            yield Event(
                tone.beat, 0.95 * tone.beats, self._lead, pitch, gain, echo=self._brief.style.echo
            )
