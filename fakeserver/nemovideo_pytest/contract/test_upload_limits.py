"""What is too much for an upload: a file, a form, a list of URLs, a picture."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import reading, rests_on, unrecorded
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.samples import png, sample, wav
from nemovideo_pytest.contract.visitor import Visitor


@pytest.mark.parametrize(("number", "taken"), [(20, True), (21, False)])
@rests_on("upload counts", "code 422")
def test_twenty_urls_come_at_once(visitor: Visitor, number: int, *, taken: bool) -> None:
    """One more is refused, and nothing is kept."""
    reply = visitor.upload_urls(*(f"https://example.com/{n}.mp4" for n in range(number)))

    if taken:
        assert len(data(reply)["files"]) == 20
    else:
        names(reply, "urls")
    assert len(visitor.state()["video_infos"]) == (20 if taken else 0)


@pytest.mark.parametrize(
    ("number", "taken"),
    [
        (64, True),
        pytest.param(65, False, marks=unrecorded("no more than 64 parts are read in a replay")),
    ],
)
@rests_on("upload counts", "code 422")
def test_a_form_has_64_parts(visitor: Visitor, number: int, *, taken: bool) -> None:
    """One more is refused, and nothing is kept."""
    reply = visitor.upload(*((f"{n}.png", sample("png")) for n in range(number)))

    assert reply.json()["code"] == (0 if taken else 422)
    assert len(visitor.state()["video_infos"]) == (64 if taken else 0)


SMALL = reading(max_upload="2KB")


@SMALL
@rests_on("code 4002", "upload size")
def test_a_file_of_the_largest_size_is_taken(visitor: Visitor) -> None:
    """To the byte, in units of 1024."""
    (told,) = data(visitor.upload(("a.wav", wav(2048))))["files"]

    assert told["file_type"] == "audio"


@SMALL
@rests_on("code 4002", "upload size")
def test_a_larger_file_is_refused(visitor: Visitor) -> None:
    """4002 for one byte more, and the session has nothing of it, nor of what came with it."""
    refused(visitor.upload(("a.png", sample("png")), ("b.wav", wav(2049))), 4002)

    assert visitor.state()["video_infos"] == []


@SMALL
@rests_on("code 4002", "code 4001", "upload size")
def test_size_comes_before_content(visitor: Visitor) -> None:
    """What is too large is not looked into."""
    refused(visitor.upload(("a.mp4", bytes(2049))), 4002)
    refused(visitor.upload(("a.mp4", bytes(2048))), 4001)


@SMALL
@rests_on("upload counts", "code 4002")
def test_a_form_has_four_times_as_much(visitor: Visitor) -> None:
    """Each file small enough, and all of them too much."""
    four, five = ([(f"{n}.wav", wav(1900)) for n in range(number)] for number in (4, 5))

    assert len(data(visitor.upload(*four))["files"]) == 4
    refused(visitor.upload(*five), 4002)


LIMITS = {"500MB": 500, "200MB": 200, "2GB": 2048}


@pytest.mark.nemo_target("fake")
@pytest.mark.parametrize(
    "megabytes",
    [pytest.param(mb, marks=reading(max_upload=text)) for text, mb in LIMITS.items()],
    ids=LIMITS,
)
@rests_on("upload size", "max_upload=500MB", "upload counts", "code 4002")
def test_a_form_is_refused_by_its_announcement(visitor: Visitor, megabytes: int) -> None:
    """By its announced length alone, before it is sent: only in-process can one announce so much."""
    most = 4 * megabytes * 2**20
    for announced, code in ((most, 0), (most + 1, 4002)):
        reply = visitor.ask(
            "POST",
            visitor.upload_path,
            files={"files": ("a.png", sample("png"))},
            headers={"Content-Length": str(announced)},
        )
        assert reply.json()["code"] == code


@pytest.mark.parametrize(("side", "taken"), [(8192, True), (8193, False)])
@rests_on("picture size", "code 4001")
def test_a_picture_has_8192_pixels_a_side(visitor: Visitor, side: int, *, taken: bool) -> None:
    """One more is 4001."""
    reply = visitor.upload(("wide.png", png(side, 2)))

    if taken:
        assert data(reply)["files"][0]["width"] == 8192
    else:
        refused(reply, 4001)
