"""The sound encoder: blocks of samples in, packets out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from nemovideo_fakeserver.media.sound.samples import RATE, Samples

BIT_RATE = 128_000

_OPTIONS = {"aac": {"aac_coder": "fast"}}
"""The default coder of AAC needs three times as long for music."""


class Speaker:
    """Encodes for the sound stream it adds to `container`, with `codec` (`aac`, `libmp3lame`)."""

    def __init__(self, container: OutputContainer, codec: str) -> None:
        stream = container.add_stream(
            codec, rate=RATE, layout="stereo", options=_OPTIONS.get(codec)
        )
        assert isinstance(stream, AudioStream)
        stream.bit_rate = BIT_RATE
        self._stream = stream

    def packets(self, blocks: Iterable[Samples]) -> Iterator[Packet[Any]]:
        """Encode all of the sound."""
        at = 0
        for block in blocks:
            yield from self._stream.encode(_frame(block, at))
            at += len(block)
        yield from self._stream.encode(None)


def _frame(block: Samples, at: int) -> AudioFrame:
    planes = np.ascontiguousarray(block.T)
    frame = AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame
