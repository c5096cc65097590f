"""The sound encoder: blocks of samples in, packets out."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from nemovideo_fakeserver.media.music import RATE

BIT_RATE = 96_000

_OPTIONS = {"aac": {"aac_coder": "fast"}}
"""The default coder of AAC needs three times as long for music."""


class Speaker:
    """Encodes for the one-channel sound stream it adds to `container`, with `codec` (`aac`, `libmp3lame`)."""

    def __init__(self, container: OutputContainer, codec: str) -> None:
        stream = container.add_stream(codec, rate=RATE, layout="mono", options=_OPTIONS.get(codec))
        assert isinstance(stream, AudioStream)
        stream.bit_rate = BIT_RATE
        self._stream = stream

    def packets(self, blocks: Iterable[array[float]]) -> Iterator[Packet[Any]]:
        """Encode all of the sound."""
        at = 0
        for block in blocks:
            yield from self._stream.encode(_frame(block, at))
            at += len(block)
        yield from self._stream.encode(None)


def _frame(block: array[float], at: int) -> AudioFrame:
    frame = AudioFrame("fltp", "mono", len(block))
    frame.planes[0].update(block.tobytes())
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame
