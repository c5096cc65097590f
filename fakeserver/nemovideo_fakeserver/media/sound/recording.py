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

PAUSE = 0.05
"""Seconds by which a time stamp may differ from the end of the frame before, and still follow it at once."""

LONGEST_PAUSE = 24 * 3600.0
"""Seconds; a time stamp that asks for a longer silence lies, and the sound goes on."""


def recorded(path: Path, *, start: float) -> Iterator[Samples]:
    """Decode the sound of a file from `start` (seconds), at its own pace.

    Seconds count from the first frame of the picture, where there is one. Where the time stamps pause it is
    silent, and of what they place at the same time the first is heard. A file that breaks off is silent
    from there; one without sound is silent.
    """
    with source.reopened(path) as container:
        sound = source.sound_of(container)
        if sound is None:
            return
        begin = _begin(container, sound) + start
        with suppress(av.FFmpegError):
            if start > 0:
                container.seek(int(begin * 1_000_000))
            at = 0
            for time, row in _rows(container.decode(sound)):
                ahead = time - begin
                late = round(ahead * RATE) - at if ahead < LONGEST_PAUSE else 0
                yield from quiet(late)
                at += max(0, late)
                for samples in _resampled(row):
                    heard = samples[max(0, -late) :]
                    yield heard
                    late += len(samples) - len(heard)
                    at += len(heard)


def _begin(container: InputContainer, sound: AudioStream) -> float:
    """Return when the file begins by its own clock, in seconds."""
    stream = source.picture_of(container) or sound
    return float((stream.start_time or 0) * (stream.time_base or 0))


def _rows(frames: Iterable[AudioFrame]) -> Iterator[tuple[float, Iterator[AudioFrame]]]:
    """Cut frames where they pause, go back, or change their shape; say at which second each row begins."""
    for (_, began), row in groupby(_timed(frames), lambda timed: timed[:2]):
        yield began, (frame for *_, frame in row)


def _timed(frames: Iterable[AudioFrame]) -> Iterator[tuple[int, float, AudioFrame]]:
    """Yield frames with the number of their row, and the second at which it begins."""
    number, began, end, shape = 0, 0.0, 0.0, ("", "", 0)
    for frame in frames:
        if frame.sample_rate not in RATES:
            return
        time = end if frame.time is None else frame.time
        if abs(time - end) > PAUSE or _shape(frame) != shape:
            number, began, end, shape = number + 1, time, time, _shape(frame)
        end += frame.samples / frame.sample_rate
        yield number, began, frame


def _resampled(frames: Iterator[AudioFrame]) -> Iterator[Samples]:
    """Bring frames of one shape to `RATE` and to two channels."""
    first = next(frames)
    _, layout, _ = _shape(first)
    resampler = AudioResampler("flt", layout, RATE)
    for frame in chain((first,), frames):
        frame.pts = None
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
