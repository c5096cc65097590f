"""Grooves: what a bar of a style is, in sixteenths.

In a pattern `X` is an accent, `x` a hit, `o` a ghost, `.` nothing. A bass line is written in the tones of
the chord instead: `1` its root, `5` its fifth, `8` the root an octave up. A bar is as long as its patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

STRENGTH = {"X": 1.0, "x": 0.7, "o": 0.35}

_STEPS = 4
"""Sixteenths in a beat."""


class Hit(NamedTuple):
    """A mark of a pattern: where it is and how long until the next one (or the bar's end), in beats."""

    beat: float
    mark: str
    beats: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Groove:
    """The patterns of a bar by drum, for the bass and for chords.

    `swing` is where the second half of a beat falls: 0.5 is straight, 2/3 a triplet. `pump` is how far
    everything but the drums steps back on each beat (0 to 1).
    """

    kit: Mapping[str, str] = field(default_factory=dict)
    bass: str = "1...1...1...1..."
    comp: str = "X...x...X...x..."
    swing: float = 0.5
    pump: float = 0.0

    @property
    def beats(self) -> int:
        """How many beats a bar has."""
        return len(self.comp) // _STEPS

    def swung(self, beat: float) -> float:
        """Return when what is written at a beat is played; the beats themselves stay."""
        whole, part = divmod(beat, 1)
        late = part * 2 * self.swing
        if part > 0.5:
            late = self.swing + (part - 0.5) * 2 * (1 - self.swing)
        return whole + late


def hits(pattern: str) -> Iterator[Hit]:
    """Yield the marks of a pattern."""
    marked = [step for step, mark in enumerate(pattern) if mark != "."]
    for step, following in zip(marked, [*marked[1:], len(pattern)], strict=True):
        yield Hit(step / _STEPS, pattern[step], (following - step) / _STEPS)


GROOVES = {
    "straight": Groove(
        kit={"kick": "X.......X.x.....", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.x."},
        bass="1...1...1...5...",
    ),
    "four": Groove(
        kit={
            "kick": "X...X...X...X...",
            "clap": "....X.......X...",
            "hat": "..X...X...X...X.",
        },
        bass="1.1.1.1.1.1.1.8.",
        comp="X.....x.X.....x.",
        pump=0.5,
    ),
    "driving": Groove(
        kit={
            "kick": "X...X...X...X...",
            "clap": "....x.......x...",
            "hat": "x.X.x.X.x.X.x.X.",
        },
        bass="1.1.1.1.1.1.1.1.",
        comp="X...x...X...x...",
        pump=0.4,
    ),
    "lazy": Groove(
        kit={"kick": "X.....x.X.......", "snare": "....X.......X..o", "hat": "x.x.x.x.x.x.x.x."},
        bass="1.......1.....5.",
        comp="X.......x.......",
        swing=0.6,
    ),
    "boom": Groove(
        kit={"kick": "X..x....X.x.....", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.xx"},
        bass="1..1....1.......",
        comp="X.......X.......",
        swing=0.55,
    ),
    "trap": Groove(
        kit={"kick": "X.....x.....x...", "snare": "........X.......", "hat": "X.x.X.x.X.xxXxxx"},
        bass="1.......1...1...",
        comp="X...............",
    ),
    "rock": Groove(
        kit={"kick": "X.....x.X.x.....", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.x."},
        bass="1.1.1.1.1.1.1.1.",
        comp="X.x.x.x.X.x.x.x.",
    ),
    "heavy": Groove(
        kit={"kick": "XxXxXxXxXxXxXxXx", "snare": "....X.......X...", "hat": "X...X...X...X..."},
        bass="1.1.1.1.1.1.1.1.",
        comp="X.xxX.xxX.xxX.xx",
    ),
    "swing": Groove(
        kit={"kick": "o...o...o...o...", "snare": "....o.......o...", "hat": "x...X.x.x...X.x."},
        bass="1...5...8...5...",
        comp="X.....x.X.......",
        swing=2 / 3,
    ),
    "shuffle": Groove(
        kit={"kick": "X.......X.......", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.x."},
        bass="1.1.5.5.8.8.5.5.",
        comp="X...x.x.X...x...",
        swing=2 / 3,
    ),
    "funk": Groove(
        kit={"kick": "X..x....X.x.....", "snare": "....X..o.o..X...", "hat": "X.xxX.xxX.xxX.xx"},
        bass="1..81...1.8.1.5.",
        comp="X...x..xX...x...",
    ),
    "disco": Groove(
        kit={"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "x.X.x.X.x.X.x.X."},
        bass="1.8.1.8.1.8.1.8.",
        comp="X...x...X...x.x.",
    ),
    "offbeat": Groove(
        kit={"kick": "........X.......", "rim": "........X.......", "hat": "X.x.X.x.X.x.X.x."},
        bass="1.....1.5.......",
        comp="..X...X...X...X.",
    ),
    "bossa": Groove(
        kit={"kick": "X..xX..xX..xX..x", "rim": "X.....x.....x...", "hat": "X.x.X.x.X.x.X.x."},
        bass="1..55..51..55..5",
        comp="X...x.x.X...x.x.",
    ),
    "latin": Groove(
        kit={"kick": "X..xX..xX..xX..x", "rim": "X..x..X...X.X...", "hat": "X.x.X.x.X.x.X.x."},
        bass="1..55...1..55...",
        comp="X..xX.x.X..xX.x.",
    ),
    "strummed": Groove(
        kit={"kick": "X.......X.......", "snare": "....x.......x...", "hat": "x...x...x...x..."},
        bass="1.......5.......",
        comp="X...x.x.X.x.x.x.",
    ),
    "grand": Groove(
        kit={"kick": "X.......X.......", "tom": "....x.x.....x.xx", "hat": "o...o...o...o..."},
        bass="1.......1.......",
        comp="X...X...X...X...",
    ),
    "still": Groove(
        kit={"kick": "X.......o.......", "rim": "....o.......o...", "hat": "o...o...o...o..."},
        bass="1...............",
        comp="X...............",
    ),
    "waltz": Groove(
        kit={"kick": "X...........", "snare": "....o...o...", "hat": "x...x...x..."},
        bass="1...........",
        comp="x...X...X...",
    ),
}
