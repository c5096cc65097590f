"""What is described has a file that shows and plays what a film of it does."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from PIL import Image

from nemovideo_fakeserver.core.assets import ACCEPTED, FORMATS, Asset, Synthetic, imagined
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.film import making, synthetic
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.wire.messages import MediaKind, Probe

SIZE = (128, 72)


def described(kind: MediaKind, seconds: float = 1.0, **notes: Any) -> Synthetic:
    """A description of small media."""
    width, height = SIZE if kind != "audio" else (0, 0)
    return Synthetic(
        kind=kind, seconds=0.0 if kind == "image" else seconds, label="a quiet sea", seed=5,
        width=width, height=height, fps=10.0 if kind == "video" else 0.0, notes=notes,
    )  # fmt: skip


def made(clip: Synthetic, folder: Path) -> Path:
    """The file of a description."""
    path = folder / "file"
    synthetic.make(clip, path)
    return path


def film(clip: Synthetic, folder: Path, tt: int = 0, origin: Any = "generated") -> Path:
    """The film that shows nothing but that."""
    seen: Asset = imagined(clip, filename="f", url="u", hash_="h", origin=origin)
    draft = {"t": [{"tt": tt, "sg": [{"d": round(clip.seconds * 1000) or 1000, "src": "u"}]}]}
    path = folder / "film.mp4"
    order = RenderOrder(
        draft=draft, media={"u": seen}, width=SIZE[0], height=SIZE[1], fps=10, seed=1
    )
    making.render(order, path)
    return path


def heard(path: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The sound of a file, both channels mixed."""
    with av.open(str(path)) as container:
        frames = list(container.decode(audio=0))
        assert all(isinstance(frame, AudioFrame) for frame in frames)
        return np.concatenate([frame.to_ndarray().mean(axis=0) for frame in frames])


def shown(path: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The pictures of a film."""
    with av.open(str(path)) as container:
        frames = container.decode(video=0)
        return np.stack([frame.to_ndarray(format="rgb24") for frame in frames]).astype(np.float32)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_is_of_the_format_that_its_name_says(name: str, tmp_path: Path) -> None:
    """All thirteen, and each as long and large as the description says."""
    kind = FORMATS[name][0]

    seen = probe(made(described(kind, format=name, sound=True), tmp_path))

    assert isinstance(seen, Probe), seen
    assert (seen.kind, seen.format) == (kind, name)
    assert (seen.width, seen.height) == ((0, 0) if kind == "audio" else SIZE)
    assert seen.seconds == (0 if kind == "image" else pytest.approx(1, abs=0.12))


@pytest.mark.parametrize(
    ("kind", "name"), [("video", "mp3"), ("image", "mp4"), ("audio", "exe"), ("video", 7)]
)
def test_a_format_of_another_kind_does_not_count(
    kind: MediaKind, name: object, tmp_path: Path
) -> None:
    """What is generated is MP4, PNG or MP3."""
    seen = probe(made(described(kind, format=name), tmp_path))

    assert isinstance(seen, Probe)
    assert seen.format == {"video": "mp4", "image": "png", "audio": "mp3"}[kind]


def test_a_generated_clip_shows_what_its_film_shows(tmp_path: Path) -> None:
    """The same card, with the same number, moving the same way; and nothing is heard."""
    clip = described("video", scene=3)

    path = made(clip, tmp_path)

    assert np.abs(shown(path) - shown(film(clip, tmp_path))).mean() < 0.5
    assert np.abs(shown(path) - shown(made(replace(clip, notes={}), tmp_path))).mean() > 0.5
    assert np.abs(heard(path)).max() == 0


def test_a_picture_is_the_card_of_its_film(tmp_path: Path) -> None:
    """Pixel by pixel, but for what encoding costs."""
    clip = described("image")

    with Image.open(made(clip, tmp_path)) as image:
        pixels = np.asarray(image.convert("RGB"), np.float32)

    assert np.abs(pixels - shown(film(clip, tmp_path))[0]).mean() < 4


@pytest.mark.parametrize(
    ("clip", "tt", "origin"),
    [
        (described("audio", 3, bpm=120, genre="lo-fi"), 1, "generated"),
        (described("video", 3, sound=True), 0, "uploaded"),
    ],
    ids=["music", "clip"],
)
def test_what_is_heard_is_what_its_film_plays(
    clip: Synthetic, tt: int, origin: str, tmp_path: Path
) -> None:
    """Music of the brief, and under a clip that stands in for an upload: the same, as loud."""
    one, other = heard(made(clip, tmp_path)), heard(film(clip, tmp_path, tt, origin))

    length = min(len(one), len(other))
    assert length > 2.9 * 48_000
    lag = _lag(one, other)
    one, other = one[max(lag, 0) : length + min(lag, 0)], other[max(-lag, 0) : length - max(lag, 0)]
    assert np.corrcoef(one, other)[0, 1] > 0.98
    assert 20 * math.log10(np.std(one) / np.std(other)) == pytest.approx(0, abs=0.5)


def _lag(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> int:
    """By how many samples encoders have shifted one against the other."""
    size = 1 << 18
    product = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)))
    lag = int(np.argmax(product))
    return lag - size if lag > size // 2 else lag


def test_a_description_may_leave_everything_open(tmp_path: Path) -> None:
    """Without size, rate and usable length a file has ordinary ones."""
    seen = probe(made(Synthetic(kind="video", seconds=float("nan"), label="", seed=0), tmp_path))

    assert isinstance(seen, Probe)
    assert (seen.width, seen.height, seen.fps) == (1280, 720, 30)
