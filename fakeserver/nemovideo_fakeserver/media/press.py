"""The H.264 encoder as a printing press: one frame in, one packet out, at once.

There are no frames that look ahead (no B-frames, no scene detection), and every `period` frames of a
shot a key frame begins a group that needs nothing outside itself. So the packets of one group may be
muxed again and again with later times: a picture that stands still for a minute costs the encoding
of one group. All shots go through one encoder, so that they share their parameter sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import count, islice
from typing import Any, TypeAlias

from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame

from nemovideo_fakeserver.media.canvas import Canvas

PERIOD = 1.0
"""Seconds from one key frame to the next; a seek lands at most this far away."""

Print: TypeAlias = tuple[bytes, bool]
"""An encoded frame, and whether it is a key frame."""

_SETTINGS = {
    "preset": "ultrafast",
    "tune": "zerolatency",
    "crf": "26",
    "g": "100000",
}
"""The preset and the tune switch off what looks ahead; key frames come only when they are asked for."""


class Press:
    """Encodes for the video stream it adds to `container`, asking `proceed` before every frame."""

    def __init__(
        self, container: OutputContainer, canvas: Canvas, proceed: Callable[[], None]
    ) -> None:
        self._proceed = proceed
        self._stream = container.add_stream("libx264", rate=canvas.fps, options=_SETTINGS)
        self._stream.width, self._stream.height = canvas.width, canvas.height
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.thread_count = 1
        self._tick = Fraction(1, canvas.fps)
        self._ticks = count()
        self.period = max(1, canvas.frames(PERIOD))

    def each(self, frames: Iterable[VideoFrame]) -> Iterator[Print]:
        """Encode frames one by one."""
        for number, frame in enumerate(frames):
            self._proceed()
            key = number % self.period == 0
            frame.pict_type = PictureType.I if key else PictureType.NONE
            frame.pts, frame.time_base = next(self._ticks), self._tick
            (packet,) = self._stream.encode(frame)
            yield bytes(packet), key

    def again(self, frames: Iterable[VideoFrame], times: int) -> Iterator[Print]:
        """Encode at most one group of `frames`, then repeat it until `times` frames are printed."""
        group = list(self.each(islice(frames, min(times, self.period))))
        return (group[number % len(group)] for number in range(times))

    def timed(self, prints: Iterable[Print]) -> Iterator[Packet[Any]]:
        """Give each print its place in the film."""
        for number, (data, key) in enumerate(prints):
            packet = Packet(data)
            packet.stream, packet.time_base = self._stream, self._tick
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, key
            yield packet
