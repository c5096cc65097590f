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

from nemovideo_fakeserver.media.film.codecs import Codec
from nemovideo_fakeserver.media.samples import RATE, Samples


class Speaker:
    """Encodes with `codec` for the sound stream it adds to `container`."""

    def __init__(self, container: OutputContainer, codec: Codec, quality: str) -> None:
        stream = container.add_stream(
            codec.name, rate=RATE, layout="stereo", options=codec.options(quality)
        )
        assert isinstance(stream, AudioStream)
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
