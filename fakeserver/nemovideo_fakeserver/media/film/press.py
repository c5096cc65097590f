"""The encoder of a film's pictures as a printing press: one frame in, one packet out, at once.

Every `period` frames of a shot a key frame begins a group that needs nothing outside itself. So the
packets of one group may be muxed again and again with later times: a picture that stands still for a
minute costs the encoding of one group. All shots go through one encoder, so that they share their
parameter sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, islice
from typing import Any, TypeAlias

from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.codecs import Codec
from nemovideo_fakeserver.media.film.looping import looped
from nemovideo_fakeserver.media.picture.passage import Passage

PERIOD = 1.0
"""Seconds from one key frame to the next; a seek lands at most this far away."""

Print: TypeAlias = tuple[bytes, bool]
"""An encoded frame, and whether it is a key frame."""


class Press:
    """Encodes with `codec` for the stream it adds to `container`."""

    def __init__(
        self,
        container: OutputContainer,
        codec: Codec,
        quality: str,
        canvas: Canvas,
    ) -> None:
        stream = container.add_stream(codec.name, rate=canvas.fps, options=codec.options(quality))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = canvas.width, canvas.height
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        self._stream = stream
        self._tick = Fraction(1, canvas.fps)
        self._ticks = count()
        self.period = max(1, canvas.frames(PERIOD))

    def packets(self, passages: Iterable[Passage]) -> Iterator[Packet[Any]]:
        """Encode passages, one after the other."""
        prints = (print_ for passage in passages for print_ in self._printed(passage))
        for number, (data, key) in enumerate(prints):
            packet = Packet(data)
            packet.stream, packet.time_base = self._stream, self._tick
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, key
            yield packet

    def _printed(self, passage: Passage) -> Iterator[Print]:
        """Encode each frame of a passage, or of one that repeats itself just one group, if that can be kept."""
        prints = self._encoded(islice(passage.pictures, passage.frames))
        if passage.loop is None:
            return prints
        return looped(prints, passage.loop * -(-self.period // passage.loop), passage.frames)

    def _encoded(self, frames: Iterable[VideoFrame]) -> Iterator[Print]:
        for number, frame in enumerate(frames):
            key = number % self.period == 0
            frame.pict_type = PictureType.I if key else PictureType.NONE
            frame.pts, frame.time_base = next(self._ticks), self._tick
            (packet,) = self._stream.encode(frame)
            yield bytes(packet), key
