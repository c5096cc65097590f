"""What a film is ordered as: format, quality, resolution, frames per second."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
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
        ("480p", {"width": 1000, "height": 1000}, (480, 480)),
        ("4k", {}, (3840, 2160)),
        (None, {"width": "wide", "height": 10**9}, (1920, 1080)),
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


def test_a_whole_number_is_one_however_it_is_written(fake: Fake, edited: Caller) -> None:
    """JSON knows one kind of numbers: 24.0 frames are 24."""
    reply = order(edited, fps=24.0)

    assert reply.json()["status"] == "pending"
    assert repr(darkroom(fake).orders[0].fps) == "24"


@pytest.mark.parametrize(
    "output",
    [
        {"format": "gif"},
        {"format": 4},
        {"quality": 5},
        {"resolution": "big"},
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
