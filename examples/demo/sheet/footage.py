"""A film file, watched and listened to: some of its frames, how loud it is when, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray
from PIL import Image

Peaks: TypeAlias = NDArray[np.float32]

_RATE = 8000
"""Samples in a second that the peaks are taken from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """A film of `seconds`; `width` and `height` are 0 where nothing is seen, `made` is for people."""

    title: str
    seconds: float
    width: int
    height: int
    made: str


def looked_into(film: Path) -> Footage:
    """Say what a film is, from its headers."""
    with av.open(str(film)) as file:
        seen = next(iter(file.streams.video), None)
        return Footage(
            title=file.metadata.get("title", ""),
            seconds=(file.duration or 0) / 1_000_000,
            width=seen.width if seen else 0,
            height=seen.height if seen else 0,
            made="  ·  ".join((*_streams(file), _size(film))),
        )


def _streams(file: InputContainer) -> Iterator[str]:
    yield f"{(file.duration or 0) / 1_000_000:.2f} s"
    for seen in file.streams.video:
        yield f"{seen.width}×{seen.height}, {float(seen.average_rate or 0):g} fps"
        yield f"{seen.codec_context.name} {seen.codec_context.pix_fmt}"
    for heard in file.streams.audio:
        yield f"{heard.codec_context.name} {heard.rate / 1000:g} kHz {heard.layout.name}"


def _size(film: Path) -> str:
    return f"{film.suffix[1:].upper()} {film.stat().st_size / 1000:,.0f} kB"


def frames(film: Path, seconds: list[float]) -> list[Image.Image]:
    """Return the frames that are shown at some seconds, each sought from the key frame before it."""
    with av.open(str(film)) as file:
        return [_frame(file, second) for second in seconds if file.streams.video]


def _frame(file: InputContainer, second: float) -> Image.Image:
    shown, seen = None, file.streams.video[0]
    assert seen.time_base is not None
    file.seek(int(second / seen.time_base), stream=seen)
    for frame in file.decode(seen):
        if shown is not None and (frame.time or 0) > second:
            break
        shown = frame
    assert shown is not None, f"no frame at {second} s"
    image: Image.Image = shown.to_image()  # type: ignore[no-untyped-call]  # PyAV's stub has none
    return image


def loudness(film: Path, columns: int) -> Peaks:
    """Return the highest peak (0 to 1) in each of so many equal parts of a film; of silence, zeros."""
    peaks = np.zeros(columns, np.float32)
    with av.open(str(film)) as file:
        total = max(1, (file.duration or 0) * _RATE // 1_000_000)
        at = 0
        for samples in _heard(file):
            column = np.arange(at, at + len(samples)) * columns // total
            np.maximum.at(peaks, column.clip(0, columns - 1), np.abs(samples))
            at += len(samples)
    return peaks


def _heard(file: InputContainer) -> Iterator[Peaks]:
    if not file.streams.audio:
        return
    plain = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
    for frame in file.decode(file.streams.audio[0]):
        for part in plain.resample(frame):
            yield part.to_ndarray()[0]
