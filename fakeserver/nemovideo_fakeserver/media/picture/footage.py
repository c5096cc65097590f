"""Footage: the frames of an uploaded film, from where its clip begins, at the clip's pace."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import repeat
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_fakeserver.media.opening import source
from nemovideo_fakeserver.media.picture.laying import Laid
from nemovideo_fakeserver.media.picture.scene import black

_ROUNDING = 1e-6


class Footage:
    """A scene of an uploaded film from `offset` (seconds) on, at `speed` times its pace.

    A film that ends before, or breaks off, stands still on its last frame; one without any is black.
    """

    loop = None

    def __init__(
        self,
        path: Path,
        laid: Laid,
        *,
        offset: float,
        speed: float,
    ) -> None:
        self._path = path
        self._laid = laid
        self._offset = offset
        self._speed = speed

    def frames(self, first: int) -> Iterator[VideoFrame]:
        """Open the film and yield its frames from that one of the clip on, for ever."""
        start = self._offset + first / self._laid.canvas.fps * self._speed
        pace = self._laid.canvas.fps / self._speed
        held, at = None, 0
        with source.reopened(self._path) as container:
            film = source.picture_of(container)
            aspect = Fraction(1) if film is None else source.aspect_of(film)
            for time, frame in _decoded(container, film, start):
                due = math.ceil((time - start) * pace - _ROUNDING)
                if held is not None and due > at:
                    yield from repeat(self._laid(held, aspect), due - at)
                    at = due
                held = frame
        last = black(self._laid.canvas) if held is None else self._laid(held, aspect)
        yield from repeat(last)


def _decoded(
    container: InputContainer, film: VideoStream | None, start: float
) -> Iterator[tuple[float, VideoFrame]]:
    """Yield frames with their seconds since the film's beginning, from a key frame before `start`."""
    if film is None:
        return
    base = film.time_base or Fraction(1, 1_000_000)
    begin = (film.start_time or 0) * base
    with suppress(av.FFmpegError):
        if start > 0:
            container.seek(int((start + begin) / base), stream=film)
        for frame in container.decode(film):
            yield (frame.time or 0.0) - float(begin), frame
