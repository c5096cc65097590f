"""The small picture shows what there is to see or to hear."""

from __future__ import annotations

import wave
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nemovideo_fakeserver.core.assets import ACCEPTED, Asset, Synthetic, imagined
from nemovideo_fakeserver.media.film import thumbnail
from nemovideo_fakeserver.media.studio.studio import LocalStudio
from nemovideo_fakeserver.wire.messages import MediaKind

Pixels = np.ndarray[Any, np.dtype[np.float32]]


def pixels(asset: Asset, folder: Path) -> Pixels:
    """The small picture, which must be a JPEG."""
    path = folder / "small"
    thumbnail.make(asset, path)
    with Image.open(path, formats=["JPEG"]) as image:
        return np.asarray(image.convert("RGB"), np.float32)


def described(kind: MediaKind, width: int = 0, height: int = 0, **notes: Any) -> Asset:
    """Generated media."""
    clip = Synthetic(
        kind=kind, seconds=8.0, label="a quiet sea", seed=5, width=width, height=height, fps=30.0, notes=notes
    )  # fmt: skip
    return imagined(clip, filename="f", url="u", hash_="h", origin="generated")


def inked(picture: Pixels) -> list[int]:
    """How many pixels of each column of a waveform are drawn."""
    return [int(n) for n in (np.abs(picture - thumbnail.INK).sum(axis=2) < 90).sum(axis=0)]


@pytest.mark.parametrize("name", ACCEPTED)
def test_every_upload_has_one(
    name: str, samples: Mapping[str, Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """Of any of the thirteen formats; what is small is not made larger."""
    height, width, _ = pixels(upload("u", samples[name]), tmp_path).shape

    expected = (64, 48) if name not in ("mp3", "wav", "m4a", "aac") else thumbnail.WAVEFORM
    assert (width, height) == expected


@pytest.mark.parametrize(
    ("size", "small"),
    [((1920, 1080), (320, 180)), ((1080, 1920), (180, 320)), ((4096, 64), (320, 16)), ((0, 0), (320, 180))],
)  # fmt: skip
def test_none_is_larger_than_320_pixels(
    size: tuple[int, int], small: tuple[int, int], tmp_path: Path
) -> None:
    """On either side; the shape stays."""
    height, width, _ = pixels(described("video", *size), tmp_path).shape

    assert (width, height) == small


def test_a_film_shows_a_frame_soon_after_its_beginning(
    make_film: Callable[..., Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """At a tenth of its length: the third of thirty frames, of which two are black."""
    path = make_film(tmp_path / "film.mp4", lumas=(16, 16, 16, *(180,) * 27), sound=False)

    assert pixels(upload("u", path), tmp_path).mean() == pytest.approx(191, abs=8)


def test_a_long_film_shows_a_frame_that_is_soon_reached(
    make_film: Callable[..., Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """Ten seconds after its beginning, and not a tenth of an hour: there may be no key frame on the way."""
    path = make_film(tmp_path / "film.mp4", lumas=[180] * 105 + [16] * 15, sound=False)
    film = replace(upload("u", path), seconds=3600.0)

    assert pixels(film, tmp_path).mean() == pytest.approx(191, abs=8)


def test_a_generated_film_shows_its_card(tmp_path: Path) -> None:
    """Another subject, or another number, is another card."""
    sea = described("video", 1280, 720)
    assert isinstance(sea.source, Synthetic)
    numbered = described("video", 1280, 720, scene=3)
    forest = replace(sea, source=replace(sea.source, label="a forest at night"))

    cards = [pixels(asset, tmp_path) for asset in (sea, numbered, forest)]

    assert cards[0].std() > 5
    assert all(np.abs(cards[0] - other).mean() > 0.3 for other in cards[1:])


def test_a_sound_shows_how_loud_it_is(
    make_film: Callable[..., Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """A line where it is silent, a band as high as the wave where it is not."""
    path = make_film(tmp_path / "tone.wav", seconds=2.0, silence=1.0)

    columns = inked(pixels(upload("u", path), tmp_path))

    assert max(columns[:150]) <= 6
    assert min(columns[170:310]) == pytest.approx(48, abs=6)


def test_a_long_sound_is_drawn_beyond_its_first_minute(
    upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """A minute of silence takes two thirds of the wave of a minute and a half."""
    path = tmp_path / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(2000)
        file.writeframes(bytes((128,)) * 120_000 + bytes((64, 192)) * 30_000)

    columns = inked(pixels(upload("u", path), tmp_path))

    assert max(columns[:210]) <= 6
    assert min(columns[220:315]) > 30


def test_generated_music_shows_how_loud_it_is(tmp_path: Path) -> None:
    """Its beats stand out, and its end is softer."""
    columns = inked(pixels(described("audio", bpm=120), tmp_path))

    assert max(columns) > 30
    assert np.mean(columns[-5:]) < np.mean(columns) / 2


def test_a_sound_that_breaks_off_is_silent_from_there(
    make_film: Callable[..., Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """A length that the file does not keep gives a line."""
    path = make_film(tmp_path / "tone.wav", seconds=1.0)
    asset = replace(upload("u", path), seconds=4.0)

    columns = inked(pixels(asset, tmp_path))

    assert (columns[40] > 20, max(columns[90:]) <= 6) == (True, True)


def test_a_studio_makes_it_once(
    samples: Mapping[str, Path], upload: Callable[..., Asset], tmp_path: Path
) -> None:
    """The same asset, the same future; another one, another file."""
    one, other = (upload("u", samples[name]) for name in ("png", "jpg"))

    with LocalStudio(tmp_path) as studio:
        assert studio.thumbnail(one) is studio.thumbnail(one)
        first, second = (studio.thumbnail(asset).result() for asset in (one, other))

    assert first != second
    assert {path.suffix for path in (first, second)} == {".jpg"}
