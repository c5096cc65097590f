"""The small picture of a piece of media: what it shows, or how loud it is over time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import VIDEO
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import synthetic
from nemovideo_fakeserver.media.picture.scenes import scene
from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.recording import recorded
from nemovideo_fakeserver.media.timeline.clips import Clip

SIDE = 320
"""The most pixels on a side."""

WAVEFORM = (320, 96)
PAPER, INK = (24, 26, 32), (96, 200, 190)

MOST_SECONDS = 600.0
"""Of a sound no more is drawn."""

_AT, LATEST = 0.1, 10.0
"""Which part of a film is over when its frame is taken, since many begin with black; and at which second it
is taken at the latest, since all that lies between may have to be decoded."""


def make(asset: Asset, path: Path) -> None:
    """Write the small picture of `asset` to `path`, as JPEG."""
    image = _heard(asset) if asset.kind == "audio" else _seen(asset)
    image.save(path, "JPEG", quality=85)


def _seen(asset: Asset) -> Image.Image:
    """Show what a film shows of it, on a canvas of its own shape."""
    width, height = asset.width or synthetic.WIDTH, asset.height or synthetic.HEIGHT
    scale = min(1.0, SIDE / max(width, height))
    canvas = Canvas.of(round(width * scale), round(height * scale), synthetic.FPS)
    made = asset.source if isinstance(asset.source, Synthetic) else None
    clip = Clip(
        tt=VIDEO,
        start=0,
        seconds=asset.seconds,
        seed=made.seed if made else 0,
        asset=asset,
        name=made.label if made else "",
        offset=min(_AT * asset.seconds, LATEST),
        notes=made.notes if made else {},
    )
    return synthetic.pictured(next(scene(clip, canvas).frames(0)))


def _heard(asset: Asset) -> Image.Image:
    """Draw the peaks of a sound around a line in the middle."""
    columns, rows = WAVEFORM
    made = asset.source
    chunks = synthetic.heard(made) if isinstance(made, Synthetic) else recorded(made, start=0)
    seconds = min(asset.seconds, MOST_SECONDS)
    peaks = _peaks(chunks, max(1, round(seconds * RATE / columns)), columns)
    away = np.abs(np.arange(rows) - (rows - 1) / 2)[:, None]
    inked = away <= np.maximum(peaks * rows / 2, 0.5)[None, :]
    return Image.fromarray(np.where(inked[..., None], INK, PAPER).astype(np.uint8))


def _peaks(chunks: Iterable[Samples], each: int, columns: int) -> NDArray[np.float32]:
    """Return the loudest of every `each` samples, from 0 to 1; after the end it is silent."""
    peaks, at = np.zeros(columns, np.float32), 0
    for chunk in chunks:
        heard = np.abs(chunk[: columns * each - at]).max(axis=1, initial=0)
        np.maximum.at(peaks, np.arange(at, at + len(heard)) // each, heard)
        at += len(heard)
        if at >= columns * each:
            break
    return np.minimum(peaks, 1)
