"""Where the addresses in replies lead: uploads, generated media, and what HTTP asks of files."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import costs, rests_on, unrecorded
from nemovideo_pytest.contract.replies import data, refused
from nemovideo_pytest.contract.samples import sample
from nemovideo_pytest.contract.visitor import Visitor

GET, HEAD = "GET /cdn/uploads/{key}/{name}", "HEAD /cdn/uploads/{key}/{name}"
MADE, MADE_HEAD = "GET /cdn/generated/{name}", "HEAD /cdn/generated/{name}"

TYPES = {
    "mp4": "video/mp4", "mov": "video/quicktime", "avi": "video/x-msvideo", "webm": "video/webm",
    "mkv": "video/x-matroska", "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "mp3": "audio/mpeg", "wav": "audio/wav", "m4a": "audio/mp4", "aac": "audio/aac",
}  # fmt: skip


@pytest.fixture
def address(visitor: Visitor) -> str:
    """The address of an uploaded picture."""
    return str(data(visitor.upload(("海滩.png", sample("png"))))["files"][0]["cdn_url"])


@rests_on(GET)
def test_an_upload_comes_back_as_it_was(visitor: Visitor, address: str) -> None:
    """Byte for byte, without a token."""
    reply = visitor.fetch(address)

    assert reply.status_code == 200
    assert reply.content == sample("png")
    assert reply.headers["content-length"] == str(len(sample("png")))


@rests_on(GET, "upload formats")
def test_a_file_has_its_type(visitor: Visitor) -> None:
    """Each of the thirteen by its name."""
    files = [(f"a.{extension}", sample(extension)) for extension in TYPES]
    told = data(visitor.upload(*files))["files"]
    sent = {f["filename"][2:]: visitor.fetch(f["cdn_url"], "HEAD") for f in told}

    assert {name: reply.headers["content-type"] for name, reply in sent.items()} == TYPES


@rests_on(HEAD)
def test_the_head_of_a_file_is_that_of_the_whole(visitor: Visitor, address: str) -> None:
    """The same headers, and no body; a range means something to GET alone."""
    whole, head = visitor.fetch(address), visitor.fetch(address, "HEAD", Range="bytes=0-9")

    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "accept-ranges"):
        assert head.headers[name] == whole.headers[name]
    assert whole.headers["accept-ranges"] == "bytes"


RANGES = {
    "bytes=0-9": (0, 10),
    "bytes=5-5": (5, 6),
    "bytes=90-": (90, 101),
    "bytes=-10": (91, 101),
    "bytes=90-5000": (90, 101),
    "bytes=-5000": (0, 101),
}


@pytest.mark.parametrize("asked", RANGES)
@rests_on("byte ranges", GET)
def test_a_part_of_a_file_comes_alone(visitor: Visitor, address: str, asked: str) -> None:
    """206, the bytes, and where they stand in the whole."""
    first, end = RANGES[asked]
    reply = visitor.fetch(address, Range=asked)

    assert reply.status_code == 206
    assert reply.content == sample("png")[first:end]
    assert reply.headers["content-range"] == f"bytes {first}-{end - 1}/{len(sample('png'))}"
    assert reply.headers["content-length"] == str(end - first)


@pytest.mark.parametrize("asked", ["bytes=101-", "bytes=500-600"])
@rests_on("byte ranges", GET)
def test_a_part_beyond_the_end_cannot_be_had(visitor: Visitor, address: str, asked: str) -> None:
    """416, with the length of the whole."""
    reply = visitor.fetch(address, Range=asked)

    assert reply.status_code == 416
    assert reply.headers["content-range"] == "bytes */101"
    assert reply.content == b""


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,4-5", "bytes=9-2", "lines=1-2", "bytes=", "bytes=-", "nonsense"]
)
@rests_on("byte ranges", GET)
def test_what_is_no_single_range_brings_the_whole(
    visitor: Visitor, address: str, asked: str
) -> None:
    """200, as if nothing had been asked."""
    reply = visitor.fetch(address, Range=asked)

    assert (reply.status_code, reply.content) == (200, sample("png"))


@rests_on("byte ranges", GET)
def test_a_part_may_depend_on_the_file_being_the_same(visitor: Visitor, address: str) -> None:
    """If-Range: the part of the same file, the whole of another."""
    tag = visitor.fetch(address, "HEAD").headers["etag"]
    same = visitor.fetch(address, Range="bytes=0-9", If_Range=tag)
    other = visitor.fetch(address, Range="bytes=0-9", If_Range='"another"')

    assert tag.startswith('"')
    assert tag.endswith('"')
    assert (same.status_code, other.status_code) == (206, 200)
    assert other.content == sample("png")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@rests_on(GET, HEAD, MADE, MADE_HEAD, "GET /cdn/render-result/{key}/{name}", "code 404")
def test_what_was_never_there_is_not_found(visitor: Visitor, method: str) -> None:
    """Whoever guesses an address finds nothing."""
    for path in (
        f"/cdn/uploads/{'0' * 32}/a.png",
        "/cdn/generated/video_000000000000.mp4",
        f"/cdn/render-result/{'0' * 32}/render_1.mp4",
    ):
        reply = visitor.http.request(method, path)

        assert reply.status_code == 404
        if method == "GET":
            refused(reply, 404)


@unrecorded("files have other addresses in a replay")
@rests_on(GET, "POST /api/upload-video/nemo_agent/{user}/{session}")
def test_addresses_cannot_be_guessed(visitor: Visitor) -> None:
    """Two uploads share nothing but their name."""
    told = data(visitor.upload(("a.png", sample("png")), ("a.png", sample("png"))))["files"]
    first, second = (file["cdn_url"] for file in told)

    assert first != second
    assert len(first.split("/")[-2]) >= 16


@costs(50)
@rests_on(MADE, MADE_HEAD, "media descriptions")
def test_music_that_was_made_can_be_heard(visitor: Visitor) -> None:
    """Its address leads to a sound, without a token; its head says as much."""
    visitor.say("Make a 2-second lo-fi loop at 80 BPM")
    (made,) = visitor.state()["generated_media"]
    head, whole = (visitor.fetch(made["cdn_url"], method) for method in ("HEAD", "GET"))

    assert (head.status_code, whole.status_code) == (200, 200)
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert whole.headers["content-type"].startswith("audio/")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.content == b""
    assert len(whole.content) > 1000


@pytest.mark.within(10)
@costs(50)
@rests_on(MADE, "code 404", "durations")
def test_what_is_not_made_yet_is_not_there(visitor: Visitor) -> None:
    """The call tells the address, the result that something is there."""
    found = {}
    with visitor.saying("Make a 2-second lo-fi loop at 80 BPM") as stream:
        for event in stream:
            if event.kind == "tool_call" and "url" in event.body.get("args", {}):
                url = event.body["args"]["url"]
                found["call"] = visitor.fetch(url, "HEAD").status_code
            if event.kind == "tool_result" and "call" in found:
                found["result"] = visitor.fetch(url, "HEAD").status_code

    assert found in ({}, {"call": 404, "result": 200})


@rests_on("url uploads", GET)
def test_what_stands_for_a_url_can_be_fetched(visitor: Visitor) -> None:
    """A picture, of the size that was told."""
    (file,) = data(visitor.upload_urls("https://example.com/beach.png"))["files"]
    reply = visitor.fetch(file["cdn_url"])

    assert reply.status_code == 200
    assert reply.headers["content-type"] == "image/png"
    width, height = (int.from_bytes(reply.content[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (file["width"], file["height"])
