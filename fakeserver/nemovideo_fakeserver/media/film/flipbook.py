"""An animated GIF: pages in the colours that suit each best, again and again, without sound.

A page needs no other, so that one that comes again is not encoded again, and a picture that stands still
is one page, however long it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count, islice
from typing import Any, TypeAlias

import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from nemovideo_fakeserver.core.outputs import QUALITIES
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film.codecs import Codec
from nemovideo_fakeserver.media.film.looping import looped
from nemovideo_fakeserver.media.picture.passage import Passage

TICK = Fraction(1, 100)
"""The unit of the format, in seconds."""

MOST_SECONDS = 600
"""How long a page is shown at most; the format holds up to 655 s."""

SAMPLED = 80
"""Pixels on the longer side of the sample that palettes are chosen by; of a whole photo it takes 0.1 s."""

Print: TypeAlias = tuple[bytes, int]
"""An encoded page, and for how many frames it is shown."""

_COLOURS = dict(zip(QUALITIES, (32, 96, 256), strict=True))


class Flipbook:
    """Encodes with `codec` for the stream it adds to `container`."""

    def __init__(
        self,
        container: OutputContainer,
        codec: Codec,
        quality: str,
        canvas: Canvas,
    ) -> None:
        self._fps = canvas.fps
        self._colours = _COLOURS.get(quality, max(_COLOURS.values()))
        stream = container.add_stream(codec.name, rate=canvas.fps, options=codec.options(quality))
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "pal8"
        stream.codec_context.time_base = TICK
        self._stream = stream
        self._count = count()
        self._header = b""

    def packets(self, passages: Iterable[Passage]) -> Iterator[Packet[Any]]:
        """Encode passages, one after the other."""
        frames = begin = end = 0
        for passage in passages:
            for page, shown in self._printed(passage):
                frames += shown
                begin, end = end, round(frames / self._fps / TICK)
                yield self._packet(page, begin, end)

    def _packet(self, data: bytes, begin: int, end: int) -> Packet[Any]:
        packet = Packet(data if begin else self._header + data)
        packet.stream, packet.time_base = self._stream, TICK
        packet.pts = packet.dts = begin
        packet.duration = end - begin
        return packet

    def _printed(self, passage: Passage) -> Iterator[Print]:
        """Encode each frame of a passage, or of one that repeats itself just one round, if that can be kept."""
        pages = ((self._page(picture), 1) for picture in islice(passage.pictures, passage.frames))
        if passage.loop is None:
            return pages
        if passage.loop > 1:
            return looped(pages, passage.loop, passage.frames)
        page, _ = next(pages)
        most = MOST_SECONDS * self._fps
        return ((page, min(left, most)) for left in range(passage.frames, 0, -most))

    def _page(self, picture: VideoFrame) -> bytes:
        """Encode a picture, and keep what comes before the first one apart from it."""
        frame = painted(picture, self._colours)
        frame.pts, frame.time_base = next(self._count), TICK
        (packet,) = self._stream.encode(frame)
        data = bytes(packet)
        if not self._header:
            self._header = data[: 13 + 3 * 2 ** (data[10] % 8 + 1)]  # a screen and its palette
            data = data[len(self._header) :]
        return data


def painted(picture: VideoFrame, colours: int) -> VideoFrame:
    """Return a picture in the few colours that suit it best, going by a sample of its pixels."""
    image = Image.fromarray(picture.to_ndarray(format="rgb24"))
    step = max(1, max(image.size) // SAMPLED)
    sample = image.resize([-(-side // step) for side in image.size], Image.Resampling.NEAREST)
    suited = sample.quantize(colours)
    image = image.quantize(palette=suited, dither=Image.Dither.NONE)
    known = np.array(suited.getpalette(), dtype=np.uint8).reshape(-1, 3)
    palette = np.full((256, 4), 255, dtype=np.uint8)
    palette[: len(known), 1:] = known
    both = np.asarray(image), palette
    return VideoFrame.from_ndarray(both, format="pal8")  # type: ignore[arg-type] # PyAV's stub lacks it
