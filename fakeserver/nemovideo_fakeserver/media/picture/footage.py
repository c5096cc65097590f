"""The frames of a film: plain cards, still pictures, and moving clips, each laid on the canvas."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import repeat
from pathlib import Path

import av
from av.container import InputContainer
from av.filter import Graph
from av.video.frame import VideoFrame

from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.media import source
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import still
from nemovideo_fakeserver.media.sniff import sniff

BLACK = (16, 128, 128)
"""Y, Cb and Cr of black in the range of television."""

MOST_LEAD = 1000
"""Frames decoded on the way from a key frame to a clip's start; one that needs more breaks off."""

_TURNS = {
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}
"""The filters that undo a rotation, by the degrees a frame is to be turned counterclockwise."""

_TICK = Fraction(1, 1_000_000)
_ROUNDING = 1e-6


def tint(seed: int, shade: float = 0.0) -> tuple[int, int, int]:
    """Return a muted colour of the hue `seed` draws, `shade` (-1 to 1) darker or lighter."""
    hue = Chance(str(seed)).uniform(0, math.tau, "hue")
    return 110 + round(40 * shade), 128 + round(48 * math.cos(hue)), 128 + round(48 * math.sin(hue))


def card(canvas: Canvas, colour: tuple[int, int, int]) -> VideoFrame:
    """Return a frame of one colour (Y, Cb, Cr)."""
    frame = VideoFrame(canvas.width, canvas.height, "yuv420p")
    for plane, value in zip(frame.planes, colour, strict=True):
        plane.update(bytes((value,)) * plane.buffer_size)
    return frame


def photo(path: Path, canvas: Canvas) -> VideoFrame:
    """Return the frame of a still picture."""
    with path.open("rb") as file:
        image = still.on_canvas(file, sniff(file) or "", canvas)
    frame: VideoFrame = VideoFrame.from_image(image)  # type: ignore[no-untyped-call] # PyAV's stub has none
    return frame.reformat(format="yuv420p")


def moving(
    path: Path, canvas: Canvas, *, start: float, speed: float, proceed: Callable[[], None]
) -> Iterator[VideoFrame]:
    """Yield the frames of a clip for ever, from `start` (seconds), at `speed` times its pace.

    A clip that ends before, or breaks off, stands still on its last frame; one without any is black.
    Asked about every frame that is decoded is `proceed`, which may raise to end it.
    """
    laid, held, at = _Laid(canvas), None, 0
    with source.reopened(path) as container:
        for time, frame in _decoded(container, start):
            proceed()
            due = math.ceil((time - start) / speed * canvas.fps - _ROUNDING)
            if held is not None and due > at:
                yield from repeat(laid(held), due - at)
                at = due
            held = frame
    yield from repeat(card(canvas, BLACK) if held is None else laid(held))


def _decoded(container: InputContainer, start: float) -> Iterator[tuple[float, VideoFrame]]:
    """Yield frames with their seconds since the clip's beginning, from a key frame before `start`."""
    film = source.picture_of(container)
    if film is None:
        return
    base = film.time_base or Fraction(1, 1_000_000)
    begin = (film.start_time or 0) * base
    with suppress(av.FFmpegError):
        if start > 0:
            container.seek(int((start + begin) / base), stream=film)
        lead = 0
        for frame in container.decode(film):
            time = (frame.time or 0.0) - float(begin)
            lead += time < start
            if lead > MOST_LEAD:
                return
            yield time, frame


class _Laid:
    """Scales a frame to fit the canvas and pads it with black, upright."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._shape: tuple[object, ...] = ()
        self._graph = Graph()

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if shape != self._shape:
            self._shape, self._graph = shape, self._built(frame)
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _built(self, frame: VideoFrame) -> Graph:
        turn = _TURNS.get(frame.rotation % 360, ())
        upright = (
            (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
        )
        left, top, width, height = self._canvas.fit(*upright)
        graph = Graph()
        steps = [
            graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=_TICK
            ),
            *(graph.add(name, args) for name, args in turn),
            graph.add("scale", f"{width}:{height}:out_range=tv"),
            graph.add("format", "yuv420p"),
            graph.add("pad", f"{self._canvas.width}:{self._canvas.height}:{left}:{top}"),
            graph.add("setsar", "1"),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*steps).configure()
        return graph
