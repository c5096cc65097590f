"""Uploads: what is taken, what is said of it, and what the session has of it afterwards."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from nemovideo_pytest.contract.basis import rests_on
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.samples import FORMATS, NO_MEDIA, sample
from nemovideo_pytest.contract.visitor import Visitor

UPLOAD = "POST /api/upload-video/nemo_agent/{user}/{session}"
FIELDS = {"filename", "file_type", "cdn_url", "duration", "width", "height", "fps", "hash"}


def only(keys: set[str], told: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of these keys: a state may tell more of a file than the reply to its upload."""
    return {key: value for key, value in told.items() if key in keys}


THIRTEEN = tuple(FORMATS)


def one(visitor: Visitor, name: str, content: bytes) -> dict[str, Any]:
    """Upload one file, and return what is said of it."""
    (told,) = data(visitor.upload((name, content)))["files"]
    assert isinstance(told, dict)
    return told


@rests_on(UPLOAD, "code 0")
def test_an_upload_tells_what_came(visitor: Visitor) -> None:
    """Every file with all that is known of it, and that the session has it."""
    told = data(visitor.upload(("beach.mp4", sample("mp4"))))

    assert set(told) == {"files", "session_state_applied"}
    assert told["session_state_applied"] is True
    (file,) = told["files"]
    assert set(file) >= FIELDS
    assert (file["filename"], file["file_type"]) == ("beach.mp4", "video")
    assert (file["width"], file["height"]) == (64, 36)
    assert abs(file["duration"] - 4) < 0.2
    assert abs(file["fps"] - 10) < 0.1


@pytest.mark.parametrize("extension", THIRTEEN)
@rests_on(UPLOAD, "upload formats")
def test_thirteen_formats_are_taken(visitor: Visitor, extension: str) -> None:
    """Each is a video, an image or a sound, with its length and size."""
    kind = FORMATS[extension]
    told = one(visitor, f"sample.{extension}", sample(extension))

    assert told["file_type"] == kind.file_type
    assert abs(told["duration"] - kind.seconds) < 0.2
    assert (told["width"], told["height"]) == (kind.width, kind.height)
    assert abs(told["fps"] - kind.fps) < 0.1


@rests_on(UPLOAD, "media descriptions")
def test_a_hash_is_that_of_the_content(visitor: Visitor) -> None:
    """SHA-256, in hexadecimal digits; the same content under another name has the same."""
    first, second = (one(visitor, name, sample("png")) for name in ("a.png", "b.png"))

    assert first["hash"] == second["hash"] == hashlib.sha256(sample("png")).hexdigest()
    assert first["cdn_url"] != second["cdn_url"]


@rests_on(UPLOAD, "upload formats")
def test_a_file_is_what_it_contains(visitor: Visitor) -> None:
    """Whatever its name says."""
    assert one(visitor, "film.mp4", sample("wav"))["file_type"] == "audio"
    assert one(visitor, "song.mp3", sample("png"))["file_type"] == "image"
    assert one(visitor, "noname", sample("mp4"))["file_type"] == "video"


@pytest.mark.parametrize("content", NO_MEDIA.values(), ids=NO_MEDIA)
@rests_on("code 4001", "upload formats")
def test_what_is_no_media_is_refused(visitor: Visitor, content: bytes) -> None:
    """4001, with the formats that are taken, and the session has nothing of it."""
    message = refused(visitor.upload(("film.mp4", content)), 4001)

    assert all(extension in message for extension in THIRTEEN)
    assert visitor.state()["video_infos"] == []


@rests_on("one bad file", "code 4001")
def test_one_bad_file_refuses_the_whole_upload(visitor: Visitor) -> None:
    """Nothing of it is kept; the bad one is named."""
    files = ("good.png", sample("png")), ("bad.mp4", b"no film")

    assert "bad.mp4" in refused(visitor.upload(*files), 4001)
    assert visitor.state()["video_infos"] == []


@rests_on(UPLOAD)
def test_several_files_come_in_one_form(visitor: Visitor) -> None:
    """The field `files` is repeated; they stay in order."""
    files = ("b.png", sample("png")), ("a.wav", sample("wav")), ("c.mp4", sample("mp4"))
    told = data(visitor.upload(*files))["files"]

    assert [file["filename"] for file in told] == ["b.png", "a.wav", "c.mp4"]
    assert [file["file_type"] for file in told] == ["image", "audio", "video"]


@rests_on(UPLOAD, "GET /api/state/nemo_agent/{user}/{session}/latest")
def test_a_session_has_what_was_uploaded(visitor: Visitor) -> None:
    """`video_infos` grows with every upload, also by what was there before."""
    for expected in (1, 2, 3):
        data(visitor.upload(("beach.mp4", sample("mp4"))))

        assert len(visitor.state()["video_infos"]) == expected


@rests_on(UPLOAD, "GET /api/state/nemo_agent/{user}/{session}/latest")
def test_another_session_has_nothing_of_it(visitor: Visitor) -> None:
    """Not one that is opened later, either."""
    data(visitor.upload(("beach.mp4", sample("mp4"))))

    assert visitor.open().state()["video_infos"] == []


@rests_on("media descriptions", "canvas and analyses")
def test_the_state_says_what_the_upload_said(visitor: Visitor) -> None:
    """The same of every file; a video is analysed, under its hash."""
    told = data(visitor.upload(("a.png", sample("png")), ("b.mp4", sample("mp4"))))["files"]
    state = visitor.state()

    assert [only(FIELDS, info) for info in state["video_infos"]] == told
    assert set(state["video_analyses"]) == {told[1]["hash"]}
    assert state["video_analyses"][told[1]["hash"]]["filename"] == "b.mp4"
    assert state["draft"] == {}


NAMES = {
    "Chinese": ("海滩 视频.png", "海滩 视频.png"),
    "a path": ("../../etc/pass.png", "pass.png"),
    "a path of Windows": ("C:\\films\\beach.png", "beach.png"),
}


@pytest.mark.parametrize(("name", "kept"), NAMES.values(), ids=NAMES)
@rests_on(UPLOAD, "length limits")
def test_a_file_keeps_the_last_part_of_its_name(visitor: Visitor, name: str, kept: str) -> None:
    """Whatever folders its sender has."""
    assert one(visitor, name, sample("png"))["filename"] == kept


@rests_on(UPLOAD, "code 422")
def test_files_go_into_the_field_files(visitor: Visitor) -> None:
    """Another field is refused by name, and so is a form without files."""
    names(visitor.upload(("a.png", sample("png")), field_="file"), "files")
    names(visitor.ask("POST", visitor.upload_path, files={"note": (None, "hello")}), "files")
    assert visitor.state()["video_infos"] == []


@rests_on(UPLOAD, "code 422")
def test_a_bare_body_is_no_upload(visitor: Visitor) -> None:
    """The bytes of a film alone are refused: they need a form."""
    reply = visitor.ask(
        "POST", visitor.upload_path, content=sample("mp4"), headers={"Content-Type": "video/mp4"}
    )

    assert "multipart/form-data" in refused(reply, 422)


URLS = {
    "https://example.com/films/beach.mp4": ("beach.mp4", "video"),
    "http://example.com/beach%20day.PNG?size=2": ("beach day.PNG", "image"),
    "https://example.com/%E6%AD%8C.mp3": ("歌.mp3", "audio"),
    "https://example.com/watch?v=1": ("watch", "video"),
    "https://example.com/": ("file", "video"),
}


@pytest.mark.parametrize("url", URLS)
@rests_on(UPLOAD, "url uploads")
def test_a_url_is_taken_for_what_its_name_says(visitor: Visitor, url: str) -> None:
    """The file has the name at the end of the URL, a length, and an address of its own."""
    told = data(visitor.upload_urls(url))
    (file,) = told["files"]

    assert set(file) >= FIELDS
    assert (file["filename"], file["file_type"]) == URLS[url]
    assert file["cdn_url"] != url
    assert (file["duration"] > 0) == (file["file_type"] != "image")
    assert told["session_state_applied"] is True
    assert [only(FIELDS, info) for info in visitor.state()["video_infos"]] == [file]


@rests_on(UPLOAD, "url uploads")
def test_several_urls_stay_in_order(visitor: Visitor) -> None:
    """And need no `source_type`, as it says nothing new."""
    urls = [f"https://example.com/{n}.mp4" for n in (3, 1, 2)]
    told = data(visitor.post(visitor.upload_path, {"urls": urls}))["files"]

    assert [file["filename"] for file in told] == ["3.mp4", "1.mp4", "2.mp4"]


@rests_on("code 4001", "url uploads")
def test_a_url_of_something_else_is_refused(visitor: Visitor) -> None:
    """4001, and nothing is kept of the others."""
    refused(visitor.upload_urls("https://example.com/a.mp4", "https://example.com/b.docx"), 4001)

    assert visitor.state()["video_infos"] == []


@pytest.mark.parametrize(
    "urls", [[], ["ftp://example.com/a.mp4"], ["/srv/a.mp4"], [5], "https://example.com/a.mp4"]
)
@rests_on(UPLOAD, "code 422", "url uploads")
def test_what_is_no_url_is_refused(visitor: Visitor, urls: Any) -> None:
    """By name; files of the server are nobody's business."""
    names(visitor.post(visitor.upload_path, {"urls": urls, "source_type": "url"}), "urls")


@rests_on(UPLOAD, "code 422")
def test_another_type_of_source_is_refused(visitor: Visitor) -> None:
    """`source_type` is `url`."""
    names(
        visitor.upload_urls("https://example.com/a.mp4", source_type="file"),
        "source_type",
    )


@rests_on(UPLOAD, "url uploads", "upload formats")
def test_a_url_of_any_format_is_taken(visitor: Visitor) -> None:
    """Thirteen extensions, and `jpeg`, which is another spelling."""
    kinds = {extension: kind.file_type for extension, kind in FORMATS.items()} | {"jpeg": "image"}
    told = data(visitor.upload_urls(*(f"https://example.com/a.{name}" for name in kinds)))["files"]

    assert {file["filename"][2:]: file["file_type"] for file in told} == kinds
