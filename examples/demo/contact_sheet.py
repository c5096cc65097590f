"""A contact sheet: a film's frames, tracks and sound on one time axis, as a PNG.

Run it with `python -m examples.demo.contact_sheet PNG FILM DRAFT`; DRAFT is a JSON file with a draft, or
with the order of a render.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from math import log10
from pathlib import Path

from PIL import Image

from examples.demo.sheet import footage, tracks
from examples.demo.sheet.footage import Footage
from examples.demo.sheet.paper import (
    BRIGHT,
    FAINT,
    GROUND,
    LEFT,
    PANEL,
    PLAIN,
    RIGHT,
    RULE,
    WIDTH,
    Colour,
    Paper,
)
from examples.demo.sheet.tracks import Bar, Draft, Row

COLOURS: dict[str, Colour] = {
    "Video": (58, 126, 150),
    "BGM": (124, 92, 178),
    "Audio": (150, 92, 150),
    "Title": (196, 132, 52),
    "Subtitles": (156, 126, 70),
}
WAVE, _BEAT, DOWNBEAT = (116, 196, 172), (122, 104, 160), (196, 172, 244)

_MARGIN = 40
_HEAD, _AXIS, _ROW, _SOUND, _BEATS = 108, 40, 50, 120, 34
_TALLEST = 260
_SILENCE = 0.001
_FRAME_GAP = 8
_CLOSEST_BEATS = 5
"""Pixels between two beats below which only the bars are marked."""


def sheet(film: Path, draft: Draft) -> Image.Image:
    """Draw the contact sheet of one film."""
    seen, rows = footage.looked_into(film), tracks.rows(draft)
    wide, tall = _cell(seen)
    height = _MARGIN + _HEAD + tall + _AXIS + _ROW * len(rows) + _SOUND + _BEATS + _MARGIN
    paper = Paper(height, seen.seconds)
    title = seen.title or draft.get("m", {}).get("title") or film.name
    paper.write((_MARGIN, _MARGIN + 40), title, 46, BRIGHT, WIDTH - 2 * _MARGIN)
    paper.write((_MARGIN, _MARGIN + 80), seen.made, 22, PLAIN, WIDTH - 2 * _MARGIN)
    top = _MARGIN + _HEAD
    _frames(paper, film, top, wide, tall)
    _axis(paper, top + tall, height - _MARGIN)
    top += tall + _AXIS
    for row in rows:
        _row(paper, row, top)
        top += _ROW
    _sound(paper, film, top)
    _beats(paper, draft, top + _SOUND)
    return paper.image


def write(png: Path, films: Iterable[tuple[Path, Draft]]) -> Path:
    """Draw films with their drafts under one another, in a PNG of 256 colours, and return its path."""
    sheets = [sheet(film, draft) for film, draft in films]
    page = Image.new("RGB", (WIDTH, sum(one.height for one in sheets)), GROUND)
    top = 0
    for one in sheets:
        page.paste(one, (0, top))
        top += one.height
    palette = page.quantize(256, Image.Quantize.MEDIANCUT, kmeans=2)
    page.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(png, optimize=True)
    return png.resolve()


def draft_in(file: Path) -> Draft:
    """Read a draft, or the one in the order of a render, from a JSON file."""
    read: Draft = json.loads(file.read_text(encoding="utf-8"))
    draft: Draft = read.get("draft", read)
    return draft


def _cell(seen: Footage) -> tuple[int, int]:
    """Return the size of a frame on the sheet; as many as fit stand side by side."""
    if not seen.width or not seen.height:
        return 0, 0
    number = min(12, max(8, round(8 * (seen.height / seen.width) ** 0.5)))
    wide = (RIGHT - LEFT) // number
    tall = round((wide - _FRAME_GAP) * seen.height / seen.width)
    return (wide, tall) if tall <= _TALLEST else (wide, _TALLEST)


def _frames(paper: Paper, film: Path, top: int, wide: int, tall: int) -> None:
    """Show each frame around its own second."""
    if not wide:
        return
    number = (RIGHT - LEFT) // wide
    seconds = [paper.seconds * (n + 0.5) / number for n in range(number)]
    for second, picture in zip(seconds, footage.frames(film, seconds), strict=True):
        picture.thumbnail((wide - _FRAME_GAP, tall), Image.Resampling.LANCZOS)
        middle = paper.across(second)
        left = round(middle - picture.width / 2)
        paper.image.paste(picture, (left, top))
        paper.draw.rectangle([left, top + tall - 20, left + 52, top + tall], GROUND)
        paper.write((left + 4, top + tall - 5), f"{second:.2f} s", 14, PLAIN)


def _axis(paper: Paper, top: int, bottom: int) -> None:
    for second in paper.ticks():
        across = paper.across(second)
        paper.draw.line([(across, top + _AXIS - 8), (across, bottom)], RULE)
        paper.centred(across, top + 24, f"{second:g} s", 16, FAINT)


def _row(paper: Paper, row: Row, top: int) -> None:
    paper.write((_MARGIN, top + 29), row.kind, 20, PLAIN, LEFT - _MARGIN - 12)
    for bar in row.bars:
        _bar(paper, bar, top, COLOURS.get(row.kind, RULE))


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
        paper.draw.line([(column, top + 4), (column, top + _ROW - 8)], shade)
    paper.write((start + 12, top + 29), bar.text, 19, BRIGHT, end - start - 20)


def _sound(paper: Paper, film: Path, top: int) -> None:
    """Draw the wave, its highest peak as high as there is room, and write how high that is."""
    peaks = footage.loudness(film, RIGHT - LEFT)
    highest = max(float(peaks.max()), _SILENCE)
    paper.write((_MARGIN, top + _SOUND / 2 - 6), "Sound", 20, PLAIN, LEFT - _MARGIN)
    level = f"peak {20 * log10(highest):.0f} dB" if highest > _SILENCE else "silence"
    paper.write((_MARGIN, top + _SOUND / 2 + 18), level, 16, FAINT, LEFT - _MARGIN)
    middle, reach = top + _SOUND / 2 - 3, _SOUND / 2 - 8
    paper.draw.rectangle([LEFT, middle - reach, RIGHT - 1, middle + reach], PANEL)
    for column, peak in enumerate(peaks):
        half = max(0.5, float(peak) / highest * 0.95 * reach)
        across = LEFT + column
        paper.draw.line([(across, middle - half), (across, middle + half)], WAVE)


def _beats(paper: Paper, draft: Draft, top: int) -> None:
    beats = tracks.beats(draft)
    if not beats:
        return
    paper.write((_MARGIN, top + 17), "Beats", 20, PLAIN, LEFT - _MARGIN)
    close = len(beats) * _CLOSEST_BEATS > RIGHT - LEFT
    for second, number in beats:
        across, first = paper.across(second), number % 4 == 0
        if first or not close:
            low = top + (24 if first else 14)
            paper.draw.line([(across, top), (across, low)], DOWNBEAT if first else _BEAT, 3)


def main() -> None:
    """Write the sheet that the command line asks for."""
    png, film, draft = map(Path, sys.argv[1:])
    print(write(png, [(film, draft_in(draft))]))


if __name__ == "__main__":
    main()
