"""Small real files of every accepted format, and orders that use them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.wire.messages import Probe

FilmMaker: TypeAlias = Callable[..., Path]
OrderMaker: TypeAlias = Callable[..., RenderOrder]

RATE = 48_000
CODECS = {
    "mp4": ("libx264", "aac"),
    "mov": ("libx264", "aac"),
    "avi": ("mpeg4", "libmp3lame"),
    "webm": ("libvpx", "libopus"),
    "mkv": ("libx264", "aac"),
    "mp3": ("", "libmp3lame"),
    "wav": ("", "pcm_s16le"),
    "m4a": ("", "aac"),
    "aac": ("", "aac"),
}
MUXERS = {"mkv": "matroska", "m4a": "ipod", "aac": "adts"}
PICTURES = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}


def _greys(stream: VideoStream, lumas: Iterable[int], fps: int) -> Iterable[Packet[Any]]:
    for number, luma in enumerate(lumas):
        frame = VideoFrame(stream.width, stream.height, "yuv420p")
        for plane, value in zip(frame.planes, (luma, 128, 128), strict=True):
            plane.update(bytes((value,)) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, fps)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _tone(stream: AudioStream, seconds: float, silence: float) -> Iterable[Packet[Any]]:
    frame = AudioFrame("flt", "mono", round(seconds * RATE))
    turn = math.tau * 440 / RATE
    quiet = round(silence * RATE)
    tone = array("f", [0.5 * math.sin(turn * i) * (i >= quiet) for i in range(frame.samples)])
    frame.planes[0].update(tone.tobytes())
    frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    yield from stream.encode(frame)
    yield from stream.encode(None)


def _make(
    path: Path,
    *,
    lumas: Iterable[int] = (100,) * 10,
    fps: int = 10,
    size: tuple[int, int] = (64, 48),
    sound: bool = True,
    seconds: float = 1.0,
    silence: float = 0.0,
) -> Path:
    name = path.suffix[1:]
    picture, voice = CODECS[name]
    with av.open(str(path), "w", format=MUXERS.get(name, name)) as container:
        work = _streams(container, picture, voice if sound else "", size, fps)
        for stream in work:
            if isinstance(stream, VideoStream):
                container.mux(list(_greys(stream, lumas, fps)))
            else:
                container.mux(list(_tone(stream, seconds, silence)))
    return path


def _streams(
    container: OutputContainer, picture: str, voice: str, size: tuple[int, int], fps: int
) -> list[VideoStream | AudioStream]:
    streams: list[VideoStream | AudioStream] = []
    if picture:
        film = container.add_stream(picture, rate=fps)
        assert isinstance(film, VideoStream)
        film.width, film.height, film.pix_fmt = *size, "yuv420p"
        streams.append(film)
    if voice:
        sound = container.add_stream(voice, rate=RATE, layout="mono")
        assert isinstance(sound, AudioStream)
        streams.append(sound)
    return streams


@pytest.fixture(scope="session")
def make_film() -> FilmMaker:
    """Write a film (one grey a frame) or a tone; the suffix of the path names the format."""
    return _make


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """One second, or one picture of 64x48, of every accepted format."""
    folder = tmp_path_factory.mktemp("samples")
    found = {name: _make(folder / f"sample.{name}") for name in CODECS}
    for name, reader in PICTURES.items():
        found[name] = folder / f"sample.{name}"
        Image.effect_noise((64, 48), 80).convert("RGB").save(found[name], reader)
    return found


@pytest.fixture(scope="session")
def order() -> OrderMaker:
    """Make an order of 64x36 at 10 fps; `media` maps URLs to files, which are probed."""

    def make(draft: Any, media: Mapping[str, Path] | None = None, **canvas: Any) -> RenderOrder:
        known = {url: asset(url, path) for url, path in (media or {}).items()}
        size = {"width": 64, "height": 36, "fps": 10, **canvas}
        return RenderOrder(draft=draft, media=known, seed=7, **size)

    return make


@pytest.fixture(scope="session")
def upload() -> Callable[[str, Path], Asset]:
    """Make the asset of an uploaded file, which is probed."""
    return asset


def asset(url: str, path: Path) -> Asset:
    """An upload at `url`."""
    seen = probe(path)
    assert isinstance(seen, Probe), seen
    return Asset(
        kind=seen.kind,
        filename=path.name,
        url=url,
        seconds=seen.seconds,
        width=seen.width,
        height=seen.height,
        fps=seen.fps,
        hash="",
        source=path,
        origin="uploaded",
    )
