"""Films to be made: one of a generated scene, which hardly moves, and one of a clip that does.

Both have music and a title.
"""

from __future__ import annotations

from typing import Any

Draft = dict[str, Any]

_MUSIC = {
    "name": "Lo-fi",
    "role": "bgm",
    "genre": "lo-fi",
    "bpm": 80,
    "key": "A minor",
    "mood": "calm",
    "instruments": ["electric piano", "drums", "bass"],
    "volume": 35,
}
_TITLE = {"text": "Paradise Found", "role": "title", "size": 64, "position": "top-center"}


def still(seconds: int, name: str = "city at night") -> Draft:
    """Return the draft of a generated scene."""
    return _draft([{"s": 0, "d": seconds * 1000, "m": {"name": name}}], seconds)


def moving(clip: str, seconds: int, times: int = 1, name: str = "clip") -> Draft:
    """Return the draft of a clip that is shown so many times."""
    length = seconds * 1000
    shown = [
        {"s": n * length, "d": length, "src": clip, "in": 0, "m": {"name": name}}
        for n in range(times)
    ]
    return _draft(shown, seconds * times)


def _draft(shown: list[dict[str, Any]], seconds: int) -> Draft:
    played = {"id": "music", "s": 0, "d": seconds * 1000, "m": _MUSIC}
    words = {"id": "title", "s": 1000, "d": 3000, "m": _TITLE}
    pictures = [{"id": f"clip_{n}", **segment} for n, segment in enumerate(shown)]
    tracks = [{"tt": 0, "sg": pictures}, {"tt": 1, "sg": [played]}, {"tt": 7, "sg": [words]}]
    return {"t": tracks, "d": seconds * 1000, "m": {"title": "benchmark"}}
