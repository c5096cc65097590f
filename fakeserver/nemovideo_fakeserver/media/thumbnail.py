"""The small picture of a piece of media: what it shows, or how loud it is over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.media import synthetic
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import footage
from nemovideo_fakeserver.media.sound.recording import recorded
from nemovideo_fakeserver.media.sound.samples import RATE, Samples

SIDE = 320
"""The most pixels on a side."""

WAVEFORM = (320, 96)
PAPER, INK = (24, 26, 32), (96, 200, 190)

MOST_SECONDS = 600
"""Of a sound no more is drawn."""

_AT = 0.1
"""Which part of a film is over when its frame is taken: many begin with black."""


def make(asset: Asset, path: Path, proceed: Callable[[], None]) -> None:
    """Write the small picture of `asset` to `path`, as JPEG."""
    image = waveform(asset, proceed) if asset.kind == "audio" else _seen(asset, proceed)
    image.convert("RGB").save(path, "JPEG", quality=85)


def _seen(asset: Asset, proceed: Callable[[], None]) -> Image.Image:
    canvas = _canvas(asset)
    if isinstance(asset.source, Synthetic):
        return synthetic.card(asset.source, canvas)
    if asset.kind == "image":
        return synthetic.pictured(footage.photo(asset.source, canvas))
    start = _AT * asset.seconds
    frames = footage.moving(asset.source, canvas, start=start, speed=1, proceed=proceed)
    return synthetic.pictured(next(frames))


def _canvas(asset: Asset) -> Canvas:
    """Return the asset's size, or one of its shape within `SIDE`."""
    width, height = (asset.width or synthetic.WIDTH), (asset.height or synthetic.HEIGHT)
    scale = min(1.0, SIDE / max(width, height))
    return Canvas.of(round(width * scale), round(height * scale), 1)


def waveform(asset: Asset, proceed: Callable[[], None]) -> Image.Image:
    """Draw the peaks of a sound around a line in the middle."""
    width, height = WAVEFORM
    seconds = min(asset.seconds, MOST_SECONDS)
    peaks = _peaks(_heard(asset), max(1, round(seconds * RATE / width)), width, proceed)
    rows = np.abs(np.arange(height) - (height - 1) / 2)[:, None]
    marked = rows <= np.maximum(peaks * height / 2, 0.5)[None, :]
    return Image.fromarray(np.where(marked[..., None], INK, PAPER).astype(np.uint8))


def _heard(asset: Asset) -> Iterable[Samples]:
    if isinstance(asset.source, Synthetic):
        return synthetic.heard(asset.source)
    return recorded(asset.source, start=0, speed=1)


def _peaks(
    chunks: Iterable[Samples], each: int, columns: int, proceed: Callable[[], None]
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return the loudest of every `each` samples, 0 to 1, for so many columns; silence after the end."""
    peaks, at = np.zeros(columns, np.float32), 0
    for chunk in chunks:
        proceed()
        index = np.arange(at, at + len(chunk)) // each
        at += len(chunk)
        if at >= columns * each:
            index = index[index < columns]
        np.maximum.at(peaks, index, np.abs(chunk).max(axis=1, initial=0)[: len(index)])
        if at >= columns * each:
            break
    return np.minimum(peaks, 1)
