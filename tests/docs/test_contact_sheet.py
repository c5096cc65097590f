"""The demo's contact sheet shows a film's frames, tracks, sound and beats where the time axis says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from examples.demo import contact_sheet
from examples.demo.sheet import footage, strips
from examples.demo.sheet.paper import LEFT, RIGHT, WIDTH
from support import watching
from support.media import colours, wav

RED, BLUE = (200, 40, 40), (40, 60, 190)
TITLE = strips.COLOURS["Title"]


def draft(**music: Any) -> dict[str, Any]:
    """Four seconds of a clip, with music, and a title from the second to the third."""
    clip = {"id": "a", "s": 0, "d": 4000, "m": {"name": "clip.mp4"}}
    played = {"id": "b", "s": 0, "d": 4000, "m": {"role": "bgm", "name": "Lo-fi", **music}}
    words = {"id": "c", "s": 1000, "d": 2000, "m": {"role": "title", "text": "夜 and day"}}
    return {"t": [{"tt": tt, "sg": [s]} for tt, s in ((0, clip), (1, played), (7, words))]}


def film(folder: Path, **how: Any) -> Path:
    """Two seconds of red, then two of blue."""
    path = folder / "film.mp4"
    path.write_bytes(colours(RED, BLUE, **how))
    return path


def share(across: float) -> float:
    """Where a share of the time axis lies on the sheet, as a share of its width."""
    return (LEFT + across * (RIGHT - LEFT)) / WIDTH


def test_frames_stand_around_their_seconds(tmp_path: Path) -> None:
    """The left half of the axis shows the first colour, the right half the other."""
    page = np.asarray(contact_sheet.sheet(film(tmp_path), draft()))

    first, second = watching.ink(page, RED), watching.ink(page, BLUE)

    assert first is not None
    assert second is not None
    assert share(0) <= first[0] < first[2] <= share(0.5) <= second[0] < second[2] <= share(1)


def test_a_bar_lies_where_its_segment_does(tmp_path: Path) -> None:
    """The title's bar goes from the first quarter to the third."""
    page = np.asarray(contact_sheet.sheet(film(tmp_path), draft()))

    bar = watching.ink(page, TITLE, near=2)

    assert bar is not None
    assert (bar[0], bar[2]) == pytest.approx((share(0.25), share(0.75)), abs=0.002)


@pytest.mark.parametrize(
    ("music", "marks"),
    [({}, []), ({"bpm": 60}, [0]), ({"bpm": 120}, [0, 0.5]), ({"bpm": 240}, [0, 0.25, 0.5, 0.75])],
)
def test_every_fourth_beat_is_marked(
    tmp_path: Path, music: dict[str, Any], marks: list[float]
) -> None:
    """A bar is as long as the film at 60 BPM, and half as long at 120; of other music nobody knows."""
    page = np.asarray(contact_sheet.sheet(film(tmp_path), draft(**music)))
    near = np.linalg.norm(page.astype(float) - strips.DOWNBEAT, axis=-1) < 2

    tall = (near.sum(axis=0) > 20).astype(int)

    where = np.flatnonzero(np.diff(tall) == 1) / WIDTH
    assert where == pytest.approx([share(mark) for mark in marks], abs=0.002)


@pytest.mark.parametrize("size", [(90, 160), (100, 100), (32, 320)])
def test_any_shape_of_film_fits_on_the_paper(tmp_path: Path, size: tuple[int, int]) -> None:
    """Upright films get more frames, none of them taller than the sheet allows."""
    page = contact_sheet.sheet(film(tmp_path, size=size), draft())

    assert page.width == WIDTH
    assert page.height < 1000
    assert watching.ink(np.asarray(page), RED) is not None


def test_a_sound_has_no_frames_but_a_wave(tmp_path: Path) -> None:
    """A file without a picture is drawn all the same."""
    path = tmp_path / "sound.wav"
    path.write_bytes(wav(2.0))

    page = contact_sheet.sheet(path, {})

    assert watching.ink(np.asarray(page), strips.WAVE, near=2) is not None


def test_films_stand_under_one_another_in_a_small_file(tmp_path: Path) -> None:
    """Two films make a sheet twice as tall, of 256 colours."""
    path = film(tmp_path)

    png = contact_sheet.write(tmp_path / "sheet.png", [(path, draft()), (path, draft())])

    with Image.open(io.BytesIO(png.read_bytes())) as page:
        assert page.mode == "P"
        assert page.height == 2 * contact_sheet.sheet(path, draft()).height


def test_a_frame_is_the_one_that_is_seen_then(tmp_path: Path) -> None:
    """Also between key frames, and at the end."""
    path = film(tmp_path)
    with av.open(str(path)) as file:
        assert file.duration == 4_000_000

    seen = [
        watching.colour(np.asarray(image))
        for image in footage.frames(path, [0.0, 1.95, 2.05, 3.99])
    ]

    assert [
        watching.far(was, to_be) < 12
        for was, to_be in zip(seen, (RED, RED, BLUE, BLUE), strict=True)
    ] == [True] * 4
