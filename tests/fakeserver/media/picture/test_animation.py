"""Animated pictures play at their own pace, again and again; pictures that do not move stand still."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.picture import animation
from support.pictures import cut, luma, pixels, shown

OrderMaker = Callable[..., RenderOrder]

GREYS = (0, 128, 255)
LUMAS = [16, 126, 235]


def animated(path: Path, lengths: list[int], greys: tuple[int, ...] = GREYS) -> Path:
    """A picture file of as many plain frames, each shown for so many milliseconds."""
    pages = [Image.new("RGB", (64, 36), (grey,) * 3) for grey in greys]
    options: dict[str, Any] = {"lossless": True} if path.suffix == ".webp" else {}
    pages[0].save(path, save_all=True, append_images=pages[1:], duration=lengths, loop=0, **options)
    return path


def picture(milliseconds: int, **more: Any) -> dict[str, Any]:
    """A draft that shows the picture for so long."""
    return {"t": [{"tt": 0, "sg": [{"d": milliseconds, "src": "u", **more}]}]}


@pytest.mark.parametrize("name", ["gif", "webp", "png"])
def test_an_animation_plays_again_and_again(name: str, order: OrderMaker, tmp_path: Path) -> None:
    """Each frame for its own time, from the first again, for as long as the segment lasts."""
    path = animated(tmp_path / f"a.{name}", [100, 300, 200])

    seen = shown(order(picture(1300), {"u": path}))

    once = [LUMAS[0], *[LUMAS[1]] * 3, *[LUMAS[2]] * 2]
    assert [luma(f) for f in seen] == pytest.approx([*once, *once, LUMAS[0]], abs=2)


def test_a_film_of_another_pace_shows_what_is_due(order: OrderMaker, tmp_path: Path) -> None:
    """At 25 frames a second a tenth is two or three frames; three of 100 ms repeat after fifteen frames."""
    path = animated(tmp_path / "a.gif", [100] * 3)

    (passage,) = cut(order(picture(4000), {"u": path}, fps=25))
    seen = shown(order(picture(600), {"u": path}, fps=25))

    assert passage.loop == 15
    numbers = [0, 0, 0, 1, 1, 2, 2, 2, 0, 0, 1, 1, 1, 2, 2]
    assert [luma(f) for f in seen] == pytest.approx([LUMAS[n] for n in numbers], abs=2)


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ({"in": 200}, [1, 1, 2, 2, 0, 0]),
        ({"in": 700}, [0, 1, 1, 2, 2, 0]),
        ({"m": {"speed": 2}}, [0, 1, 2, 0, 1, 2]),
    ],
)
def test_offset_and_speed_count(
    more: dict[str, Any], numbers: list[int], order: OrderMaker, tmp_path: Path
) -> None:
    """An animation begins where the draft says, at the pace it says."""
    path = animated(tmp_path / "a.gif", [200] * 3)

    seen = shown(order(picture(600, **more), {"u": path}))

    assert [luma(f) for f in seen] == pytest.approx([LUMAS[n] for n in numbers], abs=2)


def test_frames_without_a_time_are_shown_as_browsers_do(order: OrderMaker, tmp_path: Path) -> None:
    """A tenth of a second."""
    path = animated(tmp_path / "a.gif", [0, 10, 100])

    assert animation.lengths(path) == [100, 100, 100]


@pytest.mark.parametrize("name", ["jpg", "png", "gif", "webp"])
def test_a_still_picture_stands_for_its_time(
    name: str, samples: Mapping[str, Path], order: OrderMaker
) -> None:
    """A picture of every format is drawn once and shown for as long as its segment lasts."""
    (passage,) = cut(order(picture(2500), {"u": samples[name]}))

    frame = next(iter(passage.pictures))
    assert (passage.frames, passage.loop) == (25, 1)
    assert len({luma(frame, x / 30 + 0.2) for x in range(20)}) > 5


def test_a_photo_taken_upright_is_shown_upright(order: OrderMaker, tmp_path: Path) -> None:
    """The orientation a camera noted is followed."""
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = Image.new("L", (64, 32))
    photo.paste(255, (0, 0, 32, 32))
    photo.save(path, exif=exif)

    frame = shown(order(picture(100), {"u": path}, width=32, height=64))[0]

    assert luma(frame, 0.5, 0.1) > 200
    assert luma(frame, 0.5, 0.9) < 40


@pytest.mark.parametrize("name", ["png", "webp", "gif"])
def test_what_is_transparent_is_black(name: str, order: OrderMaker, tmp_path: Path) -> None:
    """A see-through picture lies on black, a moving one too."""
    path = tmp_path / f"clear.{name}"
    half = Image.new("RGBA", (64, 36), (255, 255, 255, 0))
    half.paste((255, 255, 255, 255), (32, 0, 64, 36))
    other = half.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    options: dict[str, Any] = {"lossless": True} if name == "webp" else {}
    half.save(
        path, save_all=True, append_images=[other], duration=100, disposal=2, loop=0, **options
    )

    seen = shown(order(picture(200), {"u": path}))

    assert [luma(f, x) for f in seen for x in (0.2, 0.8)] == pytest.approx(
        [16, 235, 235, 16], abs=2
    )


def test_no_more_is_played_than_the_limit(
    order: OrderMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An animation of very many, or very large, frames is cut, and begins again there."""
    path = animated(tmp_path / "a.gif", [100] * 3)

    monkeypatch.setattr(animation, "MOST_FRAMES", 2)
    assert len(animation.lengths(path)) == 2
    monkeypatch.setattr(animation, "MOST_FRAMES", 99)
    monkeypatch.setattr(animation, "MOST_PIXELS", 64 * 36 * 2.5)
    seen = shown(order(picture(400), {"u": path}))

    assert [luma(f) for f in seen] == pytest.approx([16, 126, 16, 126], abs=2)


def third_lost(data: bytes) -> bytes:
    """A file whose last third is zeros."""
    rest = len(data) // 3
    return data[:-rest] + bytes(rest)


def pages_lost(data: bytes) -> bytes:
    """A WebP whose last two pages are zeros behind their heads; without these its reader refuses all of it."""
    damaged = bytearray(data)
    for found in list(re.finditer(b"VP8L", data))[-2:]:
        size = int.from_bytes(data[found.end() : found.end() + 4], "little")
        begin, end = found.end() + 4 + 5, found.end() + 4 + size
        damaged[begin:end] = bytes(end - begin)
    return bytes(damaged)


@pytest.mark.parametrize(
    ("name", "damaged"), [("gif", third_lost), ("webp", pages_lost), ("png", third_lost)]
)
def test_an_animation_that_breaks_off_plays_what_there_is(
    name: str, damaged: Callable[[bytes], bytes], order: OrderMaker, tmp_path: Path
) -> None:
    """Damage behind the first frame, which the probe saw, does not spoil the film."""
    path = tmp_path / f"a.{name}"
    noise = np.random.default_rng(1).integers(0, 256, (6, 36, 64, 3), np.uint8)
    pages = [Image.fromarray(page) for page in noise]
    options: dict[str, Any] = {"lossless": True} if name == "webp" else {}
    pages[0].save(path, save_all=True, append_images=pages[1:], duration=100, **options)
    asked = order(picture(1200), {"u": path})
    path.write_bytes(damaged(path.read_bytes()))

    seen = shown(asked)

    assert len(seen) == 12
    assert 1 < len({pixels(f) for f in seen}) < 6


def test_frames_that_are_never_due_are_skipped(order: OrderMaker, tmp_path: Path) -> None:
    """At a low rate an animation keeps its time: what comes and goes between two frames is not seen."""
    path = animated(tmp_path / "a.gif", [20] * 40, tuple(range(0, 240, 6)))

    greys = [luma(f) for f in shown(order(picture(4000), {"u": path}, fps=1))]

    assert greys == pytest.approx([16 + 6 * n * 219 / 255 for n in (0, 10, 20, 30)], abs=2)
