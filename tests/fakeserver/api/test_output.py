"""What a film is ordered as: format, quality, resolution, frames per second."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.core.outputs import MEDIA_TYPES
from support.caller import Caller
from support.stage import darkroom
from support.wire import refusal

LAMBDA = "/api/render/proxy/lambda"


def order(caller: Caller, **output: Any) -> httpx.Response:
    """Submit with an `output`."""
    return caller.submit("r1", output=output)


@pytest.mark.parametrize(
    ("asked", "canvas", "size"),
    [
        (None, {}, (1920, 1080)),
        ("720p", {}, (1280, 720)),
        ("1080P", {"width": 1080, "height": 1920}, (1080, 1920)),
        (" 1080 P", {"width": 2160, "height": 3840}, (1080, 1920)),
        ("480p", {"width": 1000, "height": 1000}, (480, 480)),
        ("1280x720", {}, (1280, 720)),
        ("1080×1920", {}, (1920, 1080)),
        (None, {"width": 3840, "height": 2160}, (1920, 1080)),
        (None, {"width": "wide", "height": 10**9}, (1920, 1080)),
        (None, {"width": 10**9, "height": 10**9}, (1080, 1080)),
    ],
)
def test_a_resolution_scales_the_short_side(
    fake: Fake, edited: Caller, asked: str | None, canvas: dict[str, Any], size: tuple[int, int]
) -> None:
    """The film has the canvas of the draft, or that with `resolution` lines on its short side."""
    draft = edited.state()["draft"] | {"m": canvas}
    body = {"id": "r1", "sessionId": edited.session, "draft": draft}
    edited.post(LAMBDA, body | ({"output": {"resolution": asked}} if asked else {}))

    (made,) = darkroom(fake).orders
    assert (made.width, made.height) == size


def test_the_documented_output_is_taken(fake: Fake, edited: Caller) -> None:
    """Format, quality, resolution and fps; unknown keys are left alone."""
    reply = order(edited, format="mp4", quality="high", resolution="720p", fps=24, codec="h264")

    assert reply.json()["status"] == "pending"
    assert darkroom(fake).orders[0].fps == 24


@pytest.mark.parametrize("format_", MEDIA_TYPES)
def test_a_film_is_sent_as_what_was_asked_for(fake: Fake, edited: Caller, format_: str) -> None:
    """Its address, its type and its name follow the format, in either way to download it."""
    order(edited, format=f" {format_.upper()}")
    fake.clock.jump(90)
    url = edited.get(f"{LAMBDA}/r1").json()["output"]["url"]
    ways = (edited.http.get(url), edited.get("/api/render/proxy/r1/download"))

    assert url.endswith(f"/r1.{format_}")
    assert darkroom(fake).orders[0].format == format_
    for reply in ways:
        assert reply.status_code == 200
        assert reply.headers["content-type"] == MEDIA_TYPES[format_]
        assert reply.headers["content-disposition"].endswith(f"''r1.{format_}")
    assert edited.http.get(url.replace(f"r1.{format_}", "r1.avi")).status_code == 404


@pytest.mark.parametrize(
    ("said", "meant"), [("Medium ", "medium"), ("low", "low"), ("ultra", "high"), ("", "high")]
)
def test_a_quality_nobody_knows_is_the_highest(
    fake: Fake, edited: Caller, said: str, meant: str
) -> None:
    """Only `high` is documented, so that no word is wrong."""
    order(edited, quality=said)

    assert darkroom(fake).orders[0].quality == meant


@pytest.mark.parametrize("name", ["1440p", "2K", "2160p", "4k", "3840x2160", "1080x1921"])
def test_more_than_1080p_is_refused_with_the_limit(fake: Fake, edited: Caller, name: str) -> None:
    """The sentence says how much can be had, and what to ask for instead; names of sources help nobody."""
    status, _, message = refusal(order(edited, resolution=name))

    assert status == 422
    for words in ("output.resolution", name, "at most 1080x1920", "ask for a resolution", "1080p"):
        assert words in message
    assert "topmediai" not in message
    assert darkroom(fake).orders == []


@pytest.mark.parametrize(
    "sides",
    [
        {"width": 3840, "height": 2160},
        {"width": 1081, "height": 1081},
        {"height": 1921},
        {"width": 1e300, "height": "tall"},
    ],
)
def test_sides_beyond_the_limit_are_refused_like_a_resolution(
    fake: Fake, edited: Caller, sides: dict[str, Any]
) -> None:
    """Who asks for width and height hears that so much cannot be had, instead of getting less in silence."""
    status, _, message = refusal(order(edited, **sides))

    assert status == 422
    for words in ("output.", "at most 1080x1920", "ask for a resolution"):
        assert words in message
    assert darkroom(fake).orders == []


@pytest.mark.parametrize(
    "sides", [{"width": 1080, "height": 1920}, {"width": 640}, {"width": "4k", "height": None}]
)
def test_sides_within_the_limit_say_nothing(
    fake: Fake, edited: Caller, sides: dict[str, Any]
) -> None:
    """They are unknown keys: the canvas is the draft's."""
    order(edited, **sides)

    (made,) = darkroom(fake).orders
    assert (made.width, made.height) == (1920, 1080)


def test_a_whole_number_is_one_however_it_is_written(fake: Fake, edited: Caller) -> None:
    """JSON knows one kind of numbers: 24.0 frames are 24."""
    reply = order(edited, fps=24.0)

    assert reply.json()["status"] == "pending"
    assert repr(darkroom(fake).orders[0].fps) == "24"


@pytest.mark.parametrize(
    "output",
    [
        {"format": "avi"},
        {"format": "../mp4"},
        {"format": 4},
        {"quality": 5},
        {"resolution": "big"},
        {"resolution": "1000p"},
        {"resolution": "999x1000"},
        {"resolution": 720},
        {"fps": 0},
        {"fps": 61},
        {"fps": 29.97},
        {"fps": True},
        {"fps": "30"},
    ],
)
def test_an_output_we_cannot_make_is_422(
    fake: Fake, edited: Caller, output: dict[str, Any]
) -> None:
    """The message names the field; the id is not used up."""
    (field,) = output

    status, _, message = refusal(order(edited, **output))

    assert status == 422
    assert field in message
    assert darkroom(fake).orders == []
    assert edited.submit("r1").json()["status"] == "pending"
