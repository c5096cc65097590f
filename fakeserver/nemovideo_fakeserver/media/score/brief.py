"""A brief as it is understood: notes that may hold anything become one that is whole.

Law: what the notes say wins; what they leave out, or say in a way nobody understands, the style gives or the
seed draws. Nothing here fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.draft import TEMPI
from nemovideo_fakeserver.media.score.character import MOODS, Character, character
from nemovideo_fakeserver.media.score.form import ENERGY
from nemovideo_fakeserver.media.score.harmony import Key, key
from nemovideo_fakeserver.media.score.styles import FITTING, PLAIN, STYLES, Style
from nemovideo_fakeserver.media.score.voices.ensemble import INSTRUMENTS
from nemovideo_fakeserver.media.values import number, text

_DRAWN = (80.0, 130.0)
_PLAYERS, _PARTS, _BASS = 8, 32, 4
"""At most so many instruments, parts and steps of bass are heeded."""

_NEVER = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a piece is to be: `bpm` in beats per minute, `drop` in seconds, `bass` in steps from 0."""

    bpm: float
    key: Key
    style: Style
    character: Character
    instruments: tuple[str, ...]
    loop: bool
    drop: float | None
    sections: tuple[str, ...]
    bass: float
    chance: Chance

    @property
    def beat(self) -> float:
        """Seconds from beat to beat."""
        return 60 / self.bpm


def understood(notes: Mapping[str, Any], seed: int) -> Brief:
    """Return the brief in the notes of a track."""
    chance = Chance(str(seed))
    named = _known(notes.get("instruments"), INSTRUMENTS)
    style = _style(notes.get("genre"), chance, asked=bool(named))
    moods = tuple(
        word
        for part in re.split(r"[,;/、，]", text(notes.get("mood")))
        if (word := _plain(part)) in MOODS
    )
    drop = number(notes.get("drop"), _NEVER, _NEVER)
    return Brief(
        bpm=number(notes.get("bpm"), chance.uniform(*_DRAWN, "bpm"), *TEMPI),
        key=key(notes.get("key"), chance),
        style=style,
        character=character(moods or (style.mood,)),
        instruments=named[:_PLAYERS] or style.instruments,
        loop=notes.get("loop") is True,
        drop=drop if drop >= 0 else None,
        sections=_known(notes.get("sections"), ENERGY, repeated=True)[:_PARTS],
        bass=number(notes.get("bass"), 0, -_BASS, _BASS),
        chance=chance,
    )


def _style(genre: object, chance: Chance, *, asked: bool) -> Style:
    named = STYLES.get(_plain(text(genre)))
    return named or (PLAIN if asked else STYLES[chance.choice(FITTING, "genre")])


def _known(names: object, among: Any, *, repeated: bool = False) -> tuple[str, ...]:
    """Return the names of a list that are known, in its order."""
    listed = names if isinstance(names, list | tuple) else ()
    known = [name for given in listed if (name := _plain(text(given))) in among]
    return tuple(known if repeated else dict.fromkeys(known))


def _plain(word: str) -> str:
    return word.strip().lower()
