"""The sound of a file, decoded to what the sound track is made of.

One channel is heard from both sides at its level, two stay as they are, more are mixed down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, groupby
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from nemovideo_fakeserver.media.opening import source
from nemovideo_fakeserver.media.samples import CHANNELS, RATE, Samples, quiet

LOUDEST = 16.0
"""Files of floats may hold anything: nothing is louder than this, and what is no number is silent."""

RATES = range(1_000, 768_001)
"""Samples per second that a sound may have; a few of a slower one would fill the memory once they are 48,000."""


def recorded(path: Path, *, start: float, speed: float) -> Iterator[Samples]:
    """Decode the sound of a file from `start` (seconds); at another `speed` the pitch goes with it.

    Seconds count from the first frame of the picture, where there is one. A file that breaks off is
    silent from there; one without sound is silent.
    """
    with source.reopened(path) as container:
        sound = source.sound_of(container)
        if sound is None:
            return
        begin = _begin(container, sound) + start
        with suppress(av.FFmpegError):
            if start > 0:
                container.seek(int(begin * 1_000_000))
            frames = container.decode(sound)
            first = next(frames, None)
            if first is None:
                return
            early = round((begin - (first.time or 0.0)) / speed * RATE)
            yield from quiet(-early)
            for samples in _resampled(chain((first,), frames), speed):
                yield samples[max(0, early) :]
                early -= len(samples)


def _begin(container: InputContainer, sound: AudioStream) -> float:
    """Return when the file begins by its own clock, in seconds."""
    stream = source.picture_of(container) or sound
    return float((stream.start_time or 0) * (stream.time_base or 0))


def _resampled(frames: Iterable[AudioFrame], speed: float) -> Iterator[Samples]:
    """Bring frames to `RATE` and to two channels; they may change their shape midway."""
    for (_, layout, rate), alike in groupby(frames, _shape):
        if rate not in RATES:
            return
        resampler = AudioResampler("flt", layout, RATE)
        for frame in alike:
            frame.sample_rate, frame.pts = round(rate * speed), None
            yield from map(_samples, resampler.resample(frame))
        yield from map(_samples, resampler.resample(None))


def _shape(frame: AudioFrame) -> tuple[str, str, int]:
    """Return what a resampler is made for: the format, the layout that comes out, and the rate."""
    layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
    return f"{frame.format.name} {frame.layout.name}", layout, frame.sample_rate


def _samples(frame: AudioFrame) -> Samples:
    """Return what a frame holds; one channel becomes two that are equal."""
    packed = frame.to_ndarray().reshape(frame.samples, -1)
    both = np.broadcast_to(packed, (frame.samples, CHANNELS))
    heard: Samples = np.nan_to_num(both, posinf=LOUDEST, neginf=-LOUDEST)
    return heard.clip(-LOUDEST, LOUDEST)
