"""What comes out of a render: formats, sizes and rates, and what cannot be had."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract import film
from nemovideo_pytest.contract.basis import rests_on, unrecorded
from nemovideo_pytest.contract.drafts import card
from nemovideo_pytest.contract.replies import refused
from nemovideo_pytest.contract.visitor import Visitor

ORDER = "POST /api/render/proxy/lambda"
DOWNLOAD = "GET /api/render/proxy/{render}/download"
RESULT = "GET /cdn/render-result/{key}/{name}"

FORMATS = {
    "mp4": ("video/mp4", 4, b"ftyp"),
    "mov": ("video/quicktime", 4, b"ftypqt"),
    "webm": ("video/webm", 0, b"\x1a\x45\xdf\xa3"),
    "gif": ("image/gif", 0, b"GIF89a"),
    "mp3": ("audio/mpeg", 0, b"ID3"),
    "wav": ("audio/wav", 8, b"WAVE"),
}
"""Each format with its media type, and what its files have at which byte."""


@unrecorded("files have other addresses in a replay")
@pytest.mark.parametrize("name", FORMATS)
@rests_on("output format", ORDER, RESULT, DOWNLOAD)
def test_a_film_is_of_the_format_that_was_asked_for(visitor: Visitor, name: str) -> None:
    """By its address, its type, its name and its bytes, fetched in either way."""
    output = {"format": name, "resolution": "360p", "fps": 5}
    stands = visitor.finished(visitor.ordered(id="render_1", draft=card(400), output=output).id)
    assert stands.url is not None, stands
    type_, at, mark = FORMATS[name]

    assert stands.url.endswith(f"/render_1.{name}")
    for reply in (visitor.fetch(stands.url), visitor.download("render_1")):
        assert reply.headers["content-type"] == type_
        assert f"render_1.{name}" in reply.headers["content-disposition"]
        assert reply.content[at : at + len(mark)] == mark


@pytest.mark.parametrize("name", ["MP4", " Gif ", "", None])
@rests_on("output format")
def test_a_format_may_be_written_in_any_case_or_left_out(
    visitor: Visitor, name: str | None
) -> None:
    """The order is taken."""
    assert visitor.ordered(draft={}, output={"format": name}).status == "pending"


@pytest.mark.parametrize("name", ["avi", "mkv", "h264", "mp4 please"])
@rests_on("output format", "code 422")
def test_a_format_that_cannot_be_made_is_refused(visitor: Visitor, name: str) -> None:
    """422, with those that can, and the id is not used up."""
    body = visitor.order_body(draft=card(200), output={"format": name})
    message = refused(visitor.order(**body), 422)

    assert "output.format" in message
    assert all(known in message for known in FORMATS)
    assert visitor.order(**{**body, "output": {}}).status_code == 200


@pytest.mark.parametrize("quality", ["low", "medium", "high", "HIGH", "best", ""])
@rests_on("output quality")
def test_no_word_for_a_quality_is_wrong(visitor: Visitor, quality: str) -> None:
    """Only one is documented."""
    assert visitor.ordered(draft={}, output={"quality": quality}).status == "pending"


SHORT_SIDES = {"360p": 360, "480P": 480, " 540p": 540, "960x540": 540, "720 p": 720, "1080p": 1080}


@pytest.mark.parametrize("resolution", SHORT_SIDES)
@rests_on("output resolution", "film size", "output fps", RESULT)
def test_a_resolution_is_of_the_short_side(visitor: Visitor, resolution: str) -> None:
    """In any spelling; the film is never longer than 1920."""
    output = {"resolution": resolution, "fps": 1}
    stands = visitor.finished(visitor.ordered(draft=card(1000), output=output).id)
    assert stands.url is not None, stands
    found = film.read(visitor.fetch(stands.url).content)

    assert found.height == SHORT_SIDES[resolution]
    assert abs(found.width - found.height * 16 / 9) <= 2


@pytest.mark.parametrize("resolution", ["1440p", "2k", "4K", "2160p", "3840x2160", "1081x1920"])
@rests_on("film size", "code 422")
def test_more_than_1080p_cannot_be_had(visitor: Visitor, resolution: str) -> None:
    """422, and the message says what can."""
    order = visitor.order(draft=card(200), output={"resolution": resolution})
    message = refused(order, 422)

    assert "output.resolution" in message
    assert "1080x1920" in message


SIZES = {(3840, 2160): (1920, 1080), (1440, 1920): (1080, 1440), (2520, 1080): (1920, 822)}


@pytest.mark.parametrize("size", SIZES, ids=str)
@rests_on("film size", RESULT)
def test_a_larger_draft_is_a_film_within_the_limits(
    visitor: Visitor, size: tuple[int, int]
) -> None:
    """It keeps its shape."""
    width, height = size
    draft = card(1000, width=width, height=height)
    stands = visitor.finished(visitor.ordered(draft=draft, output={"fps": 1}).id)
    assert stands.url is not None, stands
    found = film.read(visitor.fetch(stands.url).content)

    assert abs(found.width - SIZES[size][0]) <= 2
    assert abs(found.height - SIZES[size][1]) <= 2


@pytest.mark.parametrize("fps", [0, 61, 29.97, "30", True])
@rests_on("output fps", "code 422")
def test_a_rate_is_a_whole_number_up_to_60(visitor: Visitor, fps: object) -> None:
    """422 for any other."""
    order = visitor.order(draft=card(200), output={"fps": fps})

    assert "fps" in refused(order, 422)
