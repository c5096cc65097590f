"""What a draft says, as rows of bars: one row for each track, one bar for each segment.

`docs/draft.md` tells what the keys mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

VIDEO, AUDIO, TEXT = 0, 1, 7

_TEMPI = (20, 400)
"""The beats a minute of music whose beats can be told."""

Draft = Mapping[str, Any]
Segment = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A segment: when it is there, how long it comes and goes (all in seconds), and what it is."""

    start: float
    end: float
    fade_in: float
    fade_out: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A track with its bars; `kind` is what a summary calls it."""

    kind: str
    bars: list[Bar]


def rows(draft: Draft) -> list[Row]:
    """Return the tracks that have segments."""
    tracks = [(track["tt"], track["sg"]) for track in draft.get("t", ()) if track["sg"]]
    return [Row(_kind(tt, segments[0]), [_bar(tt, s) for s in segments]) for tt, segments in tracks]


def _kind(tt: int, first: Segment) -> str:
    role = first.get("m", {}).get("role", "")
    if tt == TEXT:
        return "Subtitles" if role == "subtitle" else "Title"
    return {VIDEO: "Video", AUDIO: "BGM" if role == "bgm" else "Audio"}.get(tt, f"Track {tt}")


def _bar(tt: int, segment: Segment) -> Bar:
    about, start = segment.get("m", {}), segment["s"] / 1000
    words = _WORDS.get(tt, _of_video)
    return Bar(
        start=start,
        end=start + segment["d"] / 1000,
        fade_in=about.get("fade_in", 0) / 1000,
        fade_out=about.get("fade_out", 0) / 1000,
        text="  ·  ".join(filter(None, words(about))),
    )


def _of_video(about: Segment) -> Iterator[str]:
    yield about.get("name", "clip")
    if about.get("speed", 1) != 1:
        yield f"{about['speed']:g} × speed"
    for what in ("brightness", "contrast", "saturation", "temperature", "sharpness"):
        if about.get(what):
            yield f"{what} {about[what]:+g}"
    yield about.get("filter", "")


def _of_audio(about: Segment) -> Iterator[str]:
    yield about.get("name", "music")
    yield f"{about['bpm']:g} BPM" if "bpm" in about else ""
    yield about.get("key", "")
    yield f"{about.get('volume', 100):g} %"
    yield f"ducks by {about['duck']:g} %" if about.get("duck") else ""


def _of_text(about: Segment) -> Iterator[str]:
    yield f'"{about.get("text", "")}"'
    yield about.get("color", "")
    yield about.get("position", "")


_WORDS = {VIDEO: _of_video, AUDIO: _of_audio, TEXT: _of_text}


def beats(draft: Draft) -> list[tuple[float, int]]:
    """Return the second of each beat of the music, and its number in the piece, from 0."""
    return [
        beat
        for track in draft.get("t", ())
        if track["tt"] == AUDIO
        for segment in track["sg"]
        for beat in _beats(segment)
    ]


def _beats(segment: Segment) -> Iterator[tuple[float, int]]:
    """Count the beats from the beginning of the source, which may lie before the segment's."""
    bpm = segment.get("m", {}).get("bpm", 0)
    if not _TEMPI[0] <= bpm <= _TEMPI[1]:
        return
    start = segment["s"] / 1000
    end, origin = start + segment["d"] / 1000, start - segment.get("in", 0) / 1000
    for number in count():
        second = origin + number * 60 / bpm
        if second >= end:
            return
        if second >= start:
            yield second, number
