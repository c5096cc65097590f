"""Films as rows of frames, before anybody encodes them, and what is measured of a frame."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.picture.passage import Passage
from nemovideo_fakeserver.media.picture.passages import passages
from nemovideo_fakeserver.media.timeline import reading


def cut(order: RenderOrder) -> Iterator[Passage]:
    """The passages of an order."""
    return passages(reading.read(order))


def shown(order: RenderOrder) -> list[VideoFrame]:
    """All frames of the film, those that repeat themselves as well."""
    return [frame for passage in cut(order) for frame in played(passage)]


def played(passage: Passage) -> Iterator[VideoFrame]:
    """The frames of a passage, of which no more than its loop is drawn."""
    drawn = islice(passage.pictures, min(passage.frames, passage.loop or passage.frames))
    return islice(cycle(drawn), passage.frames) if passage.loop else drawn


def plane(frame: VideoFrame, number: int = 0) -> NDArray[np.int16]:
    """Y, Cb or Cr, row by row."""
    held = frame.planes[number]
    rows = np.frombuffer(bytes(held), np.uint8).reshape(-1, held.line_size)
    return rows[: held.height, : held.width].astype(np.int16)


def pixels(frame: VideoFrame) -> bytes:
    """All that is seen of a frame."""
    return b"".join(plane(frame, number).tobytes() for number in range(3))


def luma(frame: VideoFrame, x: float = 0.5, y: float = 0.5) -> int:
    """The brightness at a place, given as parts of width and height."""
    return int(plane(frame)[int(y * frame.height), int(x * frame.width)])


def mean(frame: VideoFrame, number: int = 0) -> float:
    """The mean of a plane."""
    return float(plane(frame, number).mean())
