"""A contact sheet: a film's frames, tracks and sound on one time axis, as a PNG.

Run it with `python -m examples.demo.contact_sheet PNG FILM DRAFT`; DRAFT is a JSON file with a draft, or
with the order of a render.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from examples.demo.sheet import footage, strips, tracks
from examples.demo.sheet.paper import GROUND, MARGIN, WIDTH, Paper
from examples.demo.sheet.tracks import Draft

MOST_ROWS = 40


def sheet(film: Path, draft: Draft) -> Image.Image:
    """Draw the contact sheet of one film; of a draft with very many tracks the first ones."""
    seen = footage.looked_into(film)
    title = seen.title or draft.get("m", {}).get("title") or film.name
    down = [
        strips.head(title, seen),
        strips.frames(film, seen),
        strips.axis(),
        *map(strips.row, tracks.rows(draft)[:MOST_ROWS]),
        strips.sound(film),
        strips.beats(tracks.beats(draft)),
    ]
    paper = Paper(sum(strip.height for strip in down) + 2 * MARGIN, seen.seconds)
    top = MARGIN
    for strip in down:
        strip.draw(paper, top)
        top += strip.height
    return paper.image


def write(png: Path, films: Iterable[tuple[Path, Draft]]) -> Path:
    """Draw films with their drafts under one another, in a PNG of 128 colours, and return its path."""
    sheets = [sheet(film, draft) for film, draft in films]
    page = Image.new("RGB", (WIDTH, sum(one.height for one in sheets)), GROUND)
    top = 0
    for one in sheets:
        page.paste(one, (0, top))
        top += one.height
    palette = page.quantize(128, Image.Quantize.MEDIANCUT, kmeans=2)
    page.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(png, optimize=True)
    return png.resolve()


def draft_in(file: Path) -> Draft:
    """Read a draft, or the one in the order of a render, from a JSON file."""
    read: Draft = json.loads(file.read_text(encoding="utf-8"))
    draft: Draft = read.get("draft", read)
    return draft


def main() -> None:
    """Write the sheet that the command line asks for."""
    png, film, draft = map(Path, sys.argv[1:])
    print(write(png, [(film, draft_in(draft))]))


if __name__ == "__main__":
    main()
