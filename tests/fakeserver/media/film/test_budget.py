"""A render may be long, and may not be endless."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.film import budget, making
from nemovideo_fakeserver.media.timeline import reading
from nemovideo_fakeserver.media.timeline.line import Timeline

HD, UHD = (1920, 1080), (3840, 2160)


def ordered(
    *segments: dict[str, Any], canvas: tuple[int, int], fps: int = 30, clip: tuple[int, int] = HD
) -> RenderOrder:
    """An order for a film in which `u` is an hour of uploaded footage at 30 fps."""
    uploaded = Asset(
        kind="video", filename="u.mp4", url="u", seconds=3600, width=clip[0], height=clip[1],
        fps=30.0, hash="", source=Path("u.mp4"), origin="uploaded",
    )  # fmt: skip
    photo = replace(uploaded, kind="image", seconds=0.0, fps=0.0, url="p")
    draft = {"t": [{"tt": 0, "sg": list(segments)}]}
    width, height = canvas
    return RenderOrder(
        draft=draft, media={"u": uploaded, "p": photo}, width=width, height=height, fps=fps, seed=1
    )


@pytest.mark.parametrize(
    ("segment", "canvas", "fps", "clip"),
    [
        ({"src": "u", "d": 600_000}, HD, 30, HD),
        ({"src": "u", "d": 600_000}, HD, 60, HD),
        ({"src": "u", "d": 180_000}, UHD, 30, UHD),
        ({"d": 3_600_000}, (4096, 4096), 60, HD),
    ],
)
def test_ordinary_work_is_allowed(
    segment: dict[str, Any], canvas: tuple[int, int], fps: int, clip: tuple[int, int]
) -> None:
    """Ten minutes of footage in full HD, three in 4k, and any length of a picture that stands still."""
    order = ordered({**segment, "m": {"volume": 0}}, canvas=canvas, fps=fps, clip=clip)

    budget.check(reading.read(order))


@pytest.mark.parametrize(
    ("segments", "canvas", "clip"),
    [
        ([{"src": "u", "d": 3_000_000}], UHD, HD),
        ([{"src": "u", "d": 3_000_000, "m": {"speed": 1.1}}], (16, 16), UHD),
        ([{"src": "u", "d": 300_000, "m": {"speed": 10}}], (16, 16), UHD),
        ([{"s": 1000 * n, "d": 1000} for n in range(1000)], (4096, 4096), HD),
        ([{"s": 3600 * n, "d": 3600, "src": str(n)} for n in range(1000)], HD, HD),
        ([{"s": 100 * n, "d": 100, "src": "p"} for n in range(1000)], (1280, 720), (16384, 16384)),
    ],
    ids=[
        "large-canvas",
        "large-source",
        "fast-source",
        "many-stills",
        "many-cards",
        "large-photos",
    ],
)
def test_endless_work_is_refused_in_words(
    segments: list[dict[str, Any]], canvas: tuple[int, int], clip: tuple[int, int]
) -> None:
    """What is encoded counts as what is decoded does, and many stills as what they are."""
    line = reading.read(ordered(*segments, canvas=canvas, clip=clip))

    with pytest.raises(RenderError, match=r"^invalid draft: it is \d+\.\d times the work"):
        budget.check(line)


def spoken(*words: tuple[int, int], fade: int = 0) -> RenderOrder:
    """An order for an hour of one card in full HD, with words (start and length in milliseconds) above it."""
    order = ordered({"d": 3_600_000}, canvas=HD)
    about = {"text": "words", "fade_in": fade}
    sg = [{"s": start, "d": lasts, "m": about} for start, lasts in words]
    return replace(order, draft={"t": [*order.draft["t"], {"tt": 7, "sg": sg}]})


def cuts(number: int, **more: Any) -> list[dict[str, Any]]:
    """As many clips of half a second, one after the other."""
    return [{"s": 500 * n, "d": 500, "src": "u", **more} for n in range(number)]


def test_the_way_from_a_key_frame_counts() -> None:
    """Of cuts out of the middle of a film more is decoded than shown, of those of its beginning not."""
    early, few = cuts(600, m={"volume": 0}), cuts(100, **{"in": 60_000})
    for allowed in (early, few):
        budget.check(reading.read(ordered(*allowed, canvas=HD)))

    late = reading.read(ordered(*cuts(600, **{"in": 60_000, "m": {"volume": 0}}), canvas=HD))

    with pytest.raises(RenderError, match="times the work"):
        budget.check(late)


def test_the_picture_before_a_transition_is_decoded_again() -> None:
    """Its last frame, and the way there."""
    plain, mixed = (
        reading.read(ordered(*cuts(400, **{"in": 60_000, "m": m}), canvas=(64, 36)))
        for m in ({"volume": 0}, {"volume": 0, "transition": "wipe"})
    )
    budget.check(plain)

    with pytest.raises(RenderError, match="times the work"):
        budget.check(mixed)


def test_a_film_that_does_not_say_how_many_frames_it_has_has_many() -> None:
    """Ten minutes of 4k may be twice as many frames as those of another film."""
    order = ordered({"src": "u", "d": 600_000, "m": {"volume": 0}}, canvas=(64, 36), clip=UHD)
    budget.check(reading.read(order))

    untold = replace(order, media={"u": replace(order.media["u"], fps=0.0)})

    with pytest.raises(RenderError, match="times the work"):
        budget.check(reading.read(untold))


@pytest.mark.parametrize("name", ["gif", "webp", "png"])
def test_an_animation_is_drawn_frame_by_frame(name: str, tmp_path: Path) -> None:
    """An hour of a picture that stands still is nothing, of one that moves too much."""
    path = tmp_path / f"a.{name}"
    order = ordered({"src": "p", "d": 3_600_000}, canvas=HD)
    known = {"p": replace(order.media["p"], source=path)}
    pages = [Image.new("L", (16, 16), grey) for grey in (0, 255)]

    pages[0].save(path)
    budget.check(reading.read(replace(order, media=known)))

    pages[0].save(path, save_all=True, append_images=pages[1:], duration=100)
    with pytest.raises(RenderError, match="times the work"):
        budget.check(reading.read(replace(order, media=known)))


def test_an_animation_is_read_through_for_every_shot(tmp_path: Path) -> None:
    """A thousand short ones of a large one are too much, though of a photo they are not."""
    path = tmp_path / "a.gif"
    short = [{"s": 100 * n, "d": 100, "src": "p"} for n in range(999)]
    order = ordered(*short, canvas=(64, 36), fps=10)
    known = {"p": replace(order.media["p"], source=path)}
    budget.check(reading.read(replace(order, media=known)))

    pages = [Image.new("L", (16, 16), grey) for grey in (0, 255)]
    pages[0].save(path, save_all=True, append_images=pages[1:], duration=100)

    with pytest.raises(RenderError, match="times the work"):
        budget.check(reading.read(replace(order, media=known)))


def test_words_above_a_card_count() -> None:
    """A hundred subtitles are nothing; a thousand, or one that fades for an hour, are too much."""
    budget.check(reading.read(spoken(*((3000 * n, 3000) for n in range(100)))))

    for order in (
        spoken(*((3600 * n, 3600) for n in range(999))),
        spoken((0, 3_600_000), fade=3_600_000),
    ):
        with pytest.raises(RenderError, match="times the work"):
            budget.check(reading.read(order))


def heard(*segments: dict[str, Any]) -> Timeline:
    """A sound track alone, with an hour of music that was generated."""
    order = ordered(canvas=HD)
    music = replace(
        order.media["u"],
        kind="audio",
        source=Synthetic(kind="audio", seconds=3600, label="", seed=1),
    )
    draft = {"t": [{"tt": 1, "sg": list(segments)}]}
    return reading.read(replace(order, draft=draft, media={**order.media, "m": music}))


def test_sound_counts() -> None:
    """An hour of music is allowed; eight at a time are not, nor many pieces from the end of a long one."""
    budget.check(heard({"src": "m", "d": 3_600_000}))

    for line in (
        heard(*({"src": "m", "d": 3_600_000} for _ in range(8))),
        heard(*({"src": "m", "s": 10 * n, "d": 10, "in": 3_500_000} for n in range(500))),
    ):
        with pytest.raises(RenderError, match="times the work"):
            budget.check(line, pictures=False)


def test_without_pictures_only_the_sound_counts() -> None:
    """What is written as sound alone may show anything."""
    budget.check(reading.read(ordered({"d": 3_000_000, "src": "u"}, canvas=UHD)), pictures=False)


def test_a_render_keeps_to_the_budget(tmp_path: Path) -> None:
    """What is too much is refused before anything is written."""
    order = ordered({"src": "u", "d": 3_000_000}, canvas=UHD)

    with pytest.raises(RenderError, match="times the work"):
        making.render(order, tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []
