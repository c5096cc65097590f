"""The strips of a contact sheet, from top to bottom: each has a height, and draws itself on the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path

from PIL import Image

from examples.demo.sheet import footage
from examples.demo.sheet.footage import Footage
from examples.demo.sheet.paper import (
    BRIGHT,
    FAINT,
    GROUND,
    LEFT,
    MARGIN,
    PANEL,
    PLAIN,
    RIGHT,
    RULE,
    WIDTH,
    Colour,
    Paper,
)
from examples.demo.sheet.tracks import Bar, Row

COLOURS: dict[str, Colour] = {
    "Video": (58, 126, 150),
    "BGM": (124, 92, 178),
    "Audio": (150, 92, 150),
    "Title": (196, 132, 52),
    "Subtitles": (156, 126, 70),
}
WAVE, BEAT, DOWNBEAT = (116, 196, 172), (122, 104, 160), (196, 172, 244)

_LABEL = LEFT - MARGIN - 12
"""Pixels of room for what stands left of the axis."""

_GAP = 8
_FEWEST, _MOST, _TALLEST = 8, 10, 260
"""How many frames stand side by side, and how many pixels they are high at most."""

_SILENCE = 0.001
_CLOSEST = 5
"""Pixels between two beats below which only the first of each bar is marked."""


@dataclass(frozen=True, slots=True)
class Strip:
    """`draw` is given the paper, and where on it the strip begins."""

    height: int
    draw: Callable[[Paper, int], None]


def head(title: str, seen: Footage) -> Strip:
    """Say which film this is."""

    def draw(paper: Paper, top: int) -> None:
        paper.write((MARGIN, top + 40), title, 46, BRIGHT, WIDTH - 2 * MARGIN)
        paper.write((MARGIN, top + 80), seen.made, 22, PLAIN, WIDTH - 2 * MARGIN)

    return Strip(108, draw)


def frames(film: Path, seen: Footage) -> Strip:
    """Show frames, each around its own second; the taller they are, the more."""
    if not seen.width or not seen.height:
        return Strip(0, lambda *_: None)
    shape = seen.height / seen.width
    number = min(_MOST, max(_FEWEST, round(_FEWEST * shape**0.5)))
    wide = (RIGHT - LEFT) // number - _GAP
    tall = min(_TALLEST, round(wide * shape))

    def draw(paper: Paper, top: int) -> None:
        seconds = [paper.seconds * (n + 0.5) / number for n in range(number)]
        for second, picture in zip(seconds, footage.frames(film, seconds), strict=True):
            picture.thumbnail((wide, tall), Image.Resampling.LANCZOS)
            left = round(paper.across(second) - picture.width / 2)
            paper.image.paste(picture, (left, top))
            paper.draw.rectangle([left, top + tall - 20, left + 52, top + tall], GROUND)
            paper.write((left + 4, top + tall - 5), f"{second:.2f} s", 14, PLAIN)

    return Strip(tall, draw)


def axis() -> Strip:
    """Name seconds, and draw their lines down to the end of the sheet."""
    height = 40

    def draw(paper: Paper, top: int) -> None:
        for second in paper.ticks():
            across = paper.across(second)
            ends = [(across, top + height - 8), (across, paper.image.height - MARGIN)]
            paper.draw.line(ends, RULE)
            paper.centred(across, top + 24, f"{second:g} s", 16, FAINT)

    return Strip(height, draw)


def row(track: Row) -> Strip:
    """Show a track."""

    def draw(paper: Paper, top: int) -> None:
        paper.write((MARGIN, top + 29), track.kind, 20, PLAIN, _LABEL)
        for bar in track.bars:
            _bar(paper, bar, top, COLOURS.get(track.kind, RULE))

    return Strip(50, draw)


def _bar(paper: Paper, bar: Bar, top: int, colour: Colour) -> None:
    """Draw a bar that comes out of the ground, and goes back, where it fades."""
    start, end = paper.across(bar.start), paper.across(bar.end)
    full, gone = paper.across(bar.start + bar.fade_in), paper.across(bar.end - bar.fade_out)
    for column in range(round(start), round(end) - 1):
        rise = (column - start) / (full - start) if column < full else 1.0
        fall = (end - column) / (end - gone) if column > gone else 1.0
        shade = tuple(
            round(low + (high - low) * min(rise, fall))
            for low, high in zip(GROUND, colour, strict=True)
        )
        paper.draw.line([(column, top + 4), (column, top + 42)], shade)
    paper.write((start + 12, top + 29), bar.text, 19, BRIGHT, end - start - 20)


def sound(film: Path) -> Strip:
    """Draw the wave, its highest peak as high as there is room, and write how high that is."""
    height = 120

    def draw(paper: Paper, top: int) -> None:
        peaks = footage.loudness(film, RIGHT - LEFT)
        highest = max(float(peaks.max()), _SILENCE)
        level = f"peak {20 * log10(highest):.0f} dB" if highest > _SILENCE else "silence"
        middle, reach = top + height / 2 - 3, height / 2 - 8
        paper.write((MARGIN, middle - 3), "Sound", 20, PLAIN, _LABEL)
        paper.write((MARGIN, middle + 21), level, 16, FAINT, _LABEL)
        paper.draw.rectangle([LEFT, middle - reach, RIGHT - 1, middle + reach], PANEL)
        for across, peak in enumerate(peaks, LEFT):
            half = max(0.5, float(peak) / highest * 0.95 * reach)
            paper.draw.line([(across, middle - half), (across, middle + half)], WAVE)

    return Strip(height, draw)


def beats(found: Sequence[tuple[float, int]]) -> Strip:
    """Mark beats (their second, and their number from 0), the first of each four with a longer line."""
    dense = len(found) * _CLOSEST > RIGHT - LEFT

    def draw(paper: Paper, top: int) -> None:
        if found:
            paper.write((MARGIN, top + 17), "Beats", 20, PLAIN, _LABEL)
        for second, number in found:
            across, first = paper.across(second), number % 4 == 0
            if first or not dense:
                ends = [(across, top), (across, top + (24 if first else 14))]
                paper.draw.line(ends, DOWNBEAT if first else BEAT, 3)

    return Strip(34, draw)
