"""Moods as numbers: how hard music drives, and how bright it sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Character:
    """Both from -1 (gentle, dark) to 1 (fierce, brilliant)."""

    drive: float
    brightness: float


MOODS = {
    "upbeat": Character(0.5, 0.4),
    "energetic": Character(0.9, 0.7),
    "happy": Character(0.5, 0.5),
    "calm": Character(-0.8, -0.6),
    "peaceful": Character(-0.9, -0.6),
    "relaxed": Character(-0.6, -0.4),
    "soft": Character(-1.0, -0.8),
    "quiet": Character(-1.0, -0.7),
    "focused": Character(-0.3, -0.3),
    "sad": Character(-0.6, -0.5),
    "melancholic": Character(-0.6, -0.4),
    "tense": Character(0.7, 0.4),
    "dark": Character(0.2, -0.5),
    "mysterious": Character(-0.3, -0.3),
    "bright": Character(0.3, 1.0),
    "warm": Character(-0.3, -0.4),
    "romantic": Character(-0.4, -0.3),
    "dreamy": Character(-0.6, -0.1),
    "nostalgic": Character(-0.2, -0.2),
    "inspiring": Character(0.4, 0.3),
    "epic": Character(0.7, 0.3),
    "explosive": Character(1.0, 0.7),
    "aggressive": Character(1.0, 0.8),
    "playful": Character(0.4, 0.4),
    "bouncy": Character(0.5, 0.4),
    "groovy": Character(0.4, 0.1),
    "driving": Character(0.8, 0.3),
    "smooth": Character(-0.4, -0.4),
    "confident": Character(0.4, 0.1),
    "graceful": Character(-0.3, 0.0),
}


def character(moods: Sequence[str]) -> Character:
    """Mix moods; the first counts most, each other half as much as the one before it."""
    known = [MOODS[mood] for mood in moods if mood in MOODS]
    weights = [0.5**place for place in range(len(known))]
    total = sum(weights) or 1.0
    return Character(
        sum(w * mood.drive for w, mood in zip(weights, known, strict=True)) / total,
        sum(w * mood.brightness for w, mood in zip(weights, known, strict=True)) / total,
    )
