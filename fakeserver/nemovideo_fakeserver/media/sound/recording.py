"""The sound of a file, decoded to what the sound track is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from nemovideo_fakeserver.media import source
from nemovideo_fakeserver.media.sound.samples import CHANNELS, RATE, Samples


def recorded(path: Path, *, start: float, speed: float) -> Iterator[Samples]:
    """Decode the sound of a file from `start` (seconds); at another `speed` the pitch goes with it.

    A file that breaks off is silent from there; one without sound is silent.
    """
    with source.reopened(path) as container:
        sound = source.sound_of(container)
        if sound is None:
            return
        begin = float((sound.start_time or 0) * (sound.time_base or 0))
        resampler = AudioResampler("flt", "stereo", RATE)
        skip: int | None = None
        with suppress(
            av.FFmpegError, ValueError
        ):  # ValueError: the sound changes its layout midway
            if start > 0:
                container.seek(int((start + begin) * 1_000_000))
            for frame in container.decode(sound):
                if skip is None:
                    skip = round((start + begin - (frame.time or 0.0)) / speed * RATE)
                frame.sample_rate, frame.pts = max(1, round(frame.sample_rate * speed)), None
                for part in resampler.resample(frame):
                    samples = _samples(part)
                    yield samples[max(0, skip) :]
                    skip -= len(samples)


def _samples(frame: AudioFrame) -> Samples:
    packed: Samples = frame.to_ndarray().astype(np.float32)
    return packed.reshape(-1, CHANNELS)
