"""Sounds made on the spot, files of them, and clips that play the files; and what a file sounds like."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.draft import AUDIO
from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.timeline.clips import Clip

MUXERS = {"mkv": "matroska", "m4a": "ipod", "aac": "adts"}


def tone(hertz: float, seconds: float, peak: float = 0.5, *, rate: int = RATE) -> Samples:
    """A sine on both channels."""
    at = np.arange(round(seconds * rate)) / rate
    one = peak * np.sin(2 * np.pi * hertz * at)
    return np.stack([one, one], axis=1).astype(np.float32)


def sides(left: Samples, right: Samples) -> Samples:
    """The left of one sound with the right of another."""
    return np.stack([left[:, 0], right[:, 1]], axis=1)


def off(one: Samples, other: Samples | float) -> float:
    """The largest difference between two sounds of one length, or between a sound and a level."""
    assert isinstance(other, float | int) or one.shape == other.shape
    return float(np.abs(one - other).max())


def written(
    path: Path,
    samples: Samples,
    codec: str = "pcm_f32le",
    *,
    layout: str = "stereo",
    rate: int = RATE,
) -> Path:
    """Write samples of shape (n, channels), which a mono `layout` has one of; the suffix names the format."""
    with av.open(str(path), "w", format=MUXERS.get(path.suffix[1:], path.suffix[1:])) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, AudioStream)
        heard = samples[:, : stream.codec_context.layout.nb_channels]
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(heard).reshape(1, -1), format="flt", layout=layout
        )
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        file.mux([*stream.encode(frame), *stream.encode(None)])
    return path


def clip(path: Path | None = None, **about: Any) -> Clip:
    """A clip of a sound track that plays a file, or music without one; a second from the beginning."""
    asset = path and Asset(
        kind="audio",
        filename=path.name,
        url="u",
        seconds=about.get("seconds", 1.0),
        width=0,
        height=0,
        fps=0.0,
        hash="",
        source=path,
        origin="uploaded",
    )
    return Clip(**{"tt": AUDIO, "start": 0.0, "seconds": 1.0, "seed": 7, "asset": asset, **about})


def sound(path: Path) -> Samples:
    """Decode what a player hears of a file."""
    resampler = AudioResampler("flt", "stereo", RATE)
    with av.open(str(path)) as file:
        frames = [part for frame in file.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([f.to_ndarray().reshape(-1, 2) for f in frames]).astype(np.float32)
