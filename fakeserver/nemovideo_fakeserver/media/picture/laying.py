"""A picture laid on the canvas: upright, whole, between black bars, with its look."""

from __future__ import annotations

from fractions import Fraction

from av.filter import Graph
from av.video.frame import VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.picture import looks
from nemovideo_fakeserver.media.timeline.clips import PLAIN, Look

_TURNS = {
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}
"""The filters that undo a rotation, by the degrees a frame is to be turned counterclockwise."""

_TICK = Fraction(1, 1_000_000)


class Laid:
    """Lays one frame after the other; a graph of filters is built anew only when their shape changes.

    A look colours the picture, not the bars.
    """

    def __init__(self, canvas: Canvas, look: Look = PLAIN) -> None:
        self.canvas = canvas
        self._look = look
        self._shape: tuple[object, ...] = ()
        self._graph = Graph()

    def __call__(self, frame: VideoFrame, aspect: Fraction = Fraction(1)) -> VideoFrame:
        """Return a frame of the canvas's size, in yuv420p; its pixels are `aspect` times as wide as high."""
        shape = (frame.width, frame.height, frame.format.name, frame.rotation, aspect)
        if shape != self._shape:
            self._shape, self._graph = shape, self._built(frame, aspect)
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _built(self, frame: VideoFrame, aspect: Fraction) -> Graph:
        turn = _TURNS.get(frame.rotation % 360, ())
        seen = float(frame.width * aspect), float(frame.height)
        left, top, width, height = self.canvas.fit(*(seen[::-1] if frame.rotation % 180 else seen))
        graph = Graph()
        graph.threads = 1
        steps = [
            graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format, time_base=_TICK
            ),
            *(graph.add(name, args) for name, args in turn),
            graph.add("scale", f"{width}:{height}:out_range=tv:out_color_matrix=bt601"),
            graph.add("format", "yuv420p"),
            *(graph.add(*step) for step in looks.steps(self._look, min(width, height))),
            graph.add("format", "yuv420p"),
            graph.add("pad", f"{self.canvas.width}:{self.canvas.height}:{left}:{top}"),
            graph.add("setsar", "1"),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*steps).configure()
        return graph
