"""An instrument: a sound with a register, a loudness and a place between the ears."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nemovideo_fakeserver.media.score.voices.wave import Sound, Wave

_WIDTH = np.float32(0.4)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voice:
    """What plays notes.

    `centre` is the pitch about which it plays a melody, `level` is in dB. `pan` is its place, -1 the left; `spread` (cents) how far many
    players are apart. One that `sustains` holds a chord, the others strike it again. `hall`: it is
    heard in a room. A `deep` one can play what lies far below its melody.
    """

    sound: Sound
    centre: int = 64
    level: float = 0.0
    pan: float = 0.0
    spread: float = 0.0
    sustains: bool = False
    deep: bool = True
    hall: bool = True

    def note(self, pitch: int, seconds: float, tone: float) -> Wave:
        """Return a note, of shape (2, samples): left and right.

        Players apart differ by what is added left and taken away right: in mono it is gone, and nothing else.
        """
        frequency = 440.0 * 2 ** ((pitch - 69) / 12)
        middle = self.sound(frequency, seconds, tone)
        middle *= np.float32(10 ** (self.level / 20))
        ears = np.empty((2, len(middle)), dtype=np.float32)
        for ear, side in enumerate((-1, 1)):
            angle = (1 + side * self.pan) * math.pi / 4
            np.multiply(middle, np.float32(math.sqrt(2) * math.sin(angle)), out=ears[ear])
        if self.spread:
            other = self.sound(frequency * 2 ** (self.spread / 1200), seconds, tone)
            other *= _WIDTH * np.float32(10 ** (self.level / 20))
            ears[0, : len(other)] += other
            ears[1, : len(other)] -= other
        return ears
