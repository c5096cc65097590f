"""A brief: what a piece of music is to be, read from words, complete before it is composed.

Law: what the words say wins, then the genre fills the rest, then chance picks the key. A brief goes into
the notes of a track and comes out again, so that `slower` a week later starts from what was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.agent.reading.genres import (
    FITTING,
    GENRE_NAMES,
    GENRES,
    INSTRUMENTS,
    MAJOR_MOODS,
    MINOR_MOODS,
    MOODS,
    PARTS,
    PLAIN,
    WEAK,
)
from nemovideo_fakeserver.agent.reading.language import Language
from nemovideo_fakeserver.agent.reading.lengths import LONGEST_MS
from nemovideo_fakeserver.agent.reading.quantities import DURATION, bpm, clamp
from nemovideo_fakeserver.core.chance import Chance

AFTER_DROP_MS = 15_000

_TONICS = ("C", "D", "E", "F", "G", "A", "Bb")
_KEY = re.compile(
    r"\b([a-g])([#♯♭b]| sharp| flat)?[ -](major|minor|大调|小调)|([a-g])([#♯♭b])?(大调|小调)|([升降])([a-g])(大调|小调)"
)
_DROP = re.compile(
    rf"(?:drop|climax|高潮|爆点|副歌)[^‹]{{0,40}}?{DURATION}|{DURATION}[^‹,.]{{0,12}}(?:drop|高潮|爆点|副歌)"
    rf"|鼓点[从在到于]?第?{DURATION}|第{DURATION}[处时]?的?鼓点"
)
_LOOP = re.compile(r"\bloop(?:s|ing|able|ed)?\b|\bseamless|循环|无缝")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Music in words and numbers: tempo in beats per minute, `drop` in seconds, `bass` as a step from 0."""

    genre: str | None
    moods: tuple[str, ...]
    instruments: tuple[str, ...]
    bpm: int
    key: str
    loop: bool = False
    drop: float | None = None
    sections: tuple[str, ...] = ()
    bass: int = 0

    def notes(self) -> dict[str, Any]:
        """Return the brief as JSON; what is not asked for is left out."""
        noted = {
            "bpm": self.bpm,
            "key": self.key,
            "mood": ", ".join(self.moods),
            "genre": self.genre,
            "instruments": list(self.instruments),
            "loop": self.loop or None,
            "drop": self.drop,
            "sections": list(self.sections) or None,
            "bass": self.bass or None,
        }
        return {k: v for k, v in noted.items() if v is not None}

    def patch(self) -> dict[str, Any]:
        """Return the notes as a change of older ones: what is no longer noted goes."""
        return {**dict.fromkeys(("drop", "loop", "sections", "bass", "genre")), **self.notes()}

    def name(self, language: Language) -> str:
        """Return what to call the track, such as `Lo-fi` or `Melancholic Acoustic`."""
        genre = GENRE_NAMES.label(self.genre, language) if self.genre else None
        lead = genre or (
            INSTRUMENTS.label(self.instruments[0], language) if self.instruments else None
        )
        own = GENRES[self.genre].moods if self.genre else ()
        mood = next((MOODS.label(m, language) for m in self.moods if m not in own), None)
        words = [w for w in (mood, lead) if w] or ["配乐" if language == "zh" else "music"]
        return (
            "".join(words)
            if language == "zh"
            else " ".join(w[:1].upper() + w[1:] for w in " ".join(words).split(" "))
        )


def read(lowered: str, chance: Chance, avoid: Collection[str] = ()) -> Brief:
    """Read a whole brief from a text in lower case.

    A text that says nothing of the music gets some genre that is none of `avoid`.
    """
    moods, instruments = MOODS.find(lowered), instruments_of(lowered)
    genre = genre_of(lowered) or (
        None
        if moods or instruments
        else chance.choice([g for g in FITTING if g not in avoid], "genre")
    )
    usual = GENRES[genre] if genre else PLAIN
    return Brief(
        genre=genre,
        moods=moods or usual.moods,
        instruments=instruments or usual.instruments,
        bpm=bpm(lowered) or usual.bpm,
        key=key(lowered) or f"{chance.choice(_TONICS, 'key')} {mode(moods, usual.mode)}",
        loop=loops(lowered),
        drop=drop(lowered),
        sections=sections(lowered),
    )


def genre_of(lowered: str) -> str | None:
    """Return the genre a text names; one of clear meaning wins over `cinematic` and its kind."""
    named = GENRE_NAMES.find(lowered)
    return next((g for g in named if g not in WEAK), next(iter(named), None))


def instruments_of(lowered: str) -> tuple[str, ...]:
    """Return the instruments a text names; 管弦乐 is an orchestra, not its strings."""
    return INSTRUMENTS.find(lowered.replace("管弦乐", "管弦"))


def recalled(notes: Mapping[str, Any]) -> Brief:
    """Return the brief that was noted."""
    return Brief(
        genre=notes["genre"] if notes.get("genre") in GENRES else None,
        moods=tuple(filter(None, str(notes.get("mood", "")).split(", "))),
        instruments=tuple(notes.get("instruments", ())),
        bpm=int(notes["bpm"]),
        key=str(notes.get("key", "C major")),
        loop=bool(notes.get("loop", False)),
        drop=notes.get("drop"),
        sections=tuple(notes.get("sections", ())),
        bass=int(notes.get("bass", 0)),
    )


def mode(moods: tuple[str, ...], usual: str) -> str:
    """Return `major` or `minor`: the first mood that has a leaning decides."""
    leaning = (
        ("minor" if m in MINOR_MOODS else "major") for m in moods if m in MINOR_MOODS | MAJOR_MOODS
    )
    return next(leaning, usual)


def key(lowered: str) -> str | None:
    """Return the key a text names, as `C minor` or `F# major`."""
    match = _KEY.search(lowered)
    if match is None:
        return None
    written = [g for g in match.groups() if g]
    tonic = next(g for g in written if g in "abcdefg")
    accidental = "#" if {"#", "♯", " sharp", "升"} & set(written) else ""
    flat = {"♭", " flat", "降"} & set(written) or written[1] == "b"
    return f"{tonic.upper()}{accidental or ('b' if flat else '')} {'minor' if written[-1] in ('minor', '小调') else 'major'}"


def key_in_chinese(name: str) -> str:
    """Return a key such as `F# minor` as it is called in Chinese."""
    tonic, _, leaning = name.partition(" ")
    return f"{'升' * tonic.endswith('#')}{'降' * tonic.endswith('b')}{tonic[:1]}{'小调' if leaning == 'minor' else '大调'}"


def drop(lowered: str) -> float | None:
    """Return the second at which the drop is wanted."""
    match = _DROP.search(lowered)
    return (
        None
        if match is None
        else clamp(int(next(filter(None, match.groups()))), 0, LONGEST_MS) / 1_000
    )


def room_for(drop: float | None) -> int:
    """Return how many milliseconds a piece needs at least, so that something follows its drop."""
    return 0 if drop is None else int(clamp(drop * 1_000 + AFTER_DROP_MS, 0, LONGEST_MS))


def without_drop(lowered: str) -> str:
    """Return the text without the time of the drop, which is not the length of the piece."""
    return _DROP.sub(" drop ", lowered)


def loops(lowered: str) -> bool:
    """Say whether the piece is to repeat without a seam."""
    return _LOOP.search(lowered) is not None


def sections(lowered: str) -> tuple[str, ...]:
    """Return the parts of a piece, if a text names at least two."""
    parts = PARTS.find(_DROP.sub(" ", lowered))
    return parts if len(parts) > 1 else ()
