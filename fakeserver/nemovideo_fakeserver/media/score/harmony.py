"""Keys, their scales, and the chords that follow each other in them.

Law: everything is counted in steps of the scale, 0 for the tonic, so that nothing leaves the key; only `Key`
knows semitones. A pitch is a MIDI number: 60 is the middle C, 69 the A of 440 Hz.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.core.chance import Chance

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}
_KEY = re.compile(
    r"\s*(?P<note>[A-Ga-g])\s*(?P<accidental>#|♯|b|♭|sharp|flat|)"
    r"\s*(?P<mode>|m|min|minor|maj|major)\s*",
    re.IGNORECASE,
)

_PROGRESSIONS = {
    "major": ((0, 4, 5, 3), (0, 3, 5, 4), (0, 5, 3, 4), (0, 3, 0, 4)),
    "major gentle": ((0, 2, 3, 4), (0, 5, 3, 4), (0, 2, 5, 3), (0, 3, 0, 3)),
    "minor": ((0, 5, 2, 6), (0, 5, 3, 4), (0, 6, 5, 6), (0, 3, 5, 4)),
    "minor gentle": ((0, 5, 2, 6), (0, 3, 5, 2), (0, 2, 5, 3), (0, 3, 0, 5)),
    "major smooth": ((0, 5, 1, 4), (0, 3, 1, 4), (0, 2, 1, 4)),
    "minor smooth": ((0, 3, 6, 2), (0, 5, 3, 4), (0, 3, 0, 4)),
    "major blue": ((0, 0, 0, 0, 3, 3, 0, 0, 4, 3, 0, 4),),
    "minor blue": ((0, 0, 0, 0, 3, 3, 0, 0, 5, 4, 0, 4),),
}
"""The step of the scale on which each chord stands. All begin at home: a listener hears the key at once."""


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic, in semitones above C, and a mode."""

    tonic: int
    minor: bool

    def pitch(self, step: int) -> int:
        """Return the pitch of a step of the scale; step 0 is the tonic nearest to the middle C."""
        home = 60 + (self.tonic if self.tonic < 7 else self.tonic - 12)
        octave, within = divmod(step, 7)
        return home + 12 * octave + (_MINOR if self.minor else _MAJOR)[within]

    def near(self, pitch: int) -> int:
        """Return the step of the highest tonic that is not above a pitch."""
        return 7 * ((pitch - self.pitch(0)) // 12)

    def voicing(self, steps: tuple[int, ...], low: int) -> list[int]:
        """Return the pitches of a chord, each within the octave from `low`: the next one is never far."""
        return sorted(low + (self.pitch(step) - low) % 12 for step in steps)


def key(written: object, chance: Chance) -> Key:
    """Read a key such as `F# minor`, `Bb` or `Am`; what is none is drawn."""
    match = _KEY.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        return Key(chance.number("tonic") % 12, chance.happens(0.5, "minor"))
    tonic = _NOTES[match["note"].upper()] + _ACCIDENTALS[match["accidental"].lower()]
    return Key(tonic % 12, match["mode"].lower() in ("m", "min", "minor"))


def progression(minor: bool, feel: str, chance: Chance) -> tuple[int, ...]:  # noqa: FBT001 - as `Key` says it
    """Draw a progression of a mode and a feel: `smooth`, `blue`, `gentle` or none."""
    options = _PROGRESSIONS[f"{'minor' if minor else 'major'} {feel}".strip()]
    return chance.choice(options, "progression")


def chord(step: int, *, seventh: bool) -> tuple[int, ...]:
    """Return the steps of the chord that stands on a step of the scale."""
    return tuple(step + third for third in ((0, 2, 4, 6) if seventh else (0, 2, 4)))
