"""Small pictures of what a session has, at the addresses in its state."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import costs, rests_on
from nemovideo_pytest.contract.replies import data, refused
from nemovideo_pytest.contract.samples import sample
from nemovideo_pytest.contract.visitor import Visitor

GET, HEAD = (f"{m} /cdn/uploads/{{key}}/{{name}}/thumbnail.jpg" for m in ("GET", "HEAD"))
MADE, MADE_HEAD = (f"{m} /cdn/generated/{{name}}/thumbnail.jpg" for m in ("GET", "HEAD"))

MOST = 320
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def measured(content: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG, as its frame header (ITU-T T.81, B.2.2) says."""
    assert content[:2] == b"\xff\xd8", content[:12]
    at = 2
    while content[at + 1] not in _FRAMES:
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    height, width = (int.from_bytes(content[at + n : at + n + 2], "big") for n in (5, 7))
    return width, height


@pytest.mark.parametrize("extension", ["mp4", "webm", "jpg", "png", "gif", "mp3", "wav"])
@rests_on(GET, "media descriptions")
def test_an_upload_has_a_thumbnail(visitor: Visitor, extension: str) -> None:
    """A small JPEG for whoever has the address; of what has a shape, in that shape."""
    data(visitor.upload((f"海滩 a.{extension}", sample(extension))))
    (file,) = visitor.state()["video_infos"]
    reply = visitor.fetch(file["thumbnail_url"])
    width, height = measured(reply.content)

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "image/jpeg"
    assert 0 < max(width, height) <= MOST
    if file["height"]:
        assert abs(width / height - file["width"] / file["height"]) < 0.2


@costs(50)
@rests_on(MADE, MADE_HEAD, "media descriptions")
def test_what_was_made_has_a_thumbnail(visitor: Visitor) -> None:
    """Its head is that of the whole, and a part can be had alone."""
    visitor.say("Make a 2-second lo-fi loop at 80 BPM")
    (made,) = visitor.state()["generated_media"]
    url = made["thumbnail_url"]
    whole, head = visitor.fetch(url), visitor.fetch(url, "HEAD")
    part = visitor.fetch(url, Range="bytes=0-9")

    assert measured(whole.content) <= (MOST, MOST)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == whole.headers[name]
    assert (part.status_code, part.content) == (206, whole.content[:10])


@rests_on(GET, HEAD, "media descriptions")
def test_a_thumbnail_is_another_file_than_what_it_shows(visitor: Visitor) -> None:
    """It has an address and a tag of its own, and the reply to an upload does not tell of it."""
    (told,) = data(visitor.upload(("a.png", sample("png"))))["files"]
    (listed,) = visitor.state()["video_infos"]
    small, large = (visitor.fetch(listed[f"{key}_url"], "HEAD") for key in ("thumbnail", "cdn"))

    assert {key: value for key, value in listed.items() if key != "thumbnail_url"} == told
    assert small.headers["etag"] != large.headers["etag"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@rests_on(GET, HEAD, MADE, MADE_HEAD, "code 404")
def test_what_was_never_there_has_no_thumbnail(visitor: Visitor, method: str) -> None:
    """Whoever guesses an address finds nothing."""
    for path in (
        f"/cdn/uploads/{'0' * 32}/a.png/thumbnail.jpg",
        "/cdn/generated/video_000000000000.mp4/thumbnail.jpg",
    ):
        reply = visitor.http.request(method, path)

        assert reply.status_code == 404
        if method == "GET":
            refused(reply, 404)
