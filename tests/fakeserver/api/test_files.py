"""Getting at the bytes: the download endpoint with a token, the CDN without, and parts of either."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path, PurePath
from urllib.parse import quote

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_pytest.darkroom import FILM
from support.caller import Caller
from support.media import png
from support.stage import darkroom
from support.wire import refusal

DOWNLOAD = "/api/render/proxy/r1/download"
SIZE = len(FILM)


@pytest.fixture
def done(fake: Fake, caller: Caller) -> Caller:
    """A caller whose render r1 is finished."""
    caller.say("edit 20")
    caller.submit("r1")
    fake.clock.jump(90)
    return caller


def get(caller: Caller, method: str = "GET", **headers: str) -> httpx.Response:
    """Ask for the film with further headers; underscores in names stand for hyphens."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return caller.http.request(method, DOWNLOAD, headers=caller.headers | more)


def test_a_download_is_the_film(done: Caller) -> None:
    """The bytes, their type, a name for them, and that ranges are possible."""
    response = get(done)

    assert response.status_code == 200
    assert response.content == FILM
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["content-length"] == str(SIZE)
    assert response.headers["content-disposition"] == "inline; filename*=UTF-8''r1.mp4"
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_download_needs_the_owners_token(done: Caller) -> None:
    """Without a token 1001; with another account's, no such render."""
    other = Caller(done.http).connect("another")

    assert refusal(done.http.get(DOWNLOAD))[1] == 1001
    assert refusal(other.get(DOWNLOAD))[:2] == (404, 404)


def test_the_url_of_a_film_needs_no_token(done: Caller) -> None:
    """output.url gives the same bytes to whoever has it."""
    url = done.get("/api/render/proxy/lambda/r1").json()["output"]["url"]

    assert done.http.get(url).content == FILM


def test_what_is_not_finished_is_409(caller: Caller) -> None:
    """The message says how the render stands."""
    caller.say("edit 20")
    caller.submit("r1")

    assert refusal(get(caller)) == (
        409,
        409,
        "render 'r1' is pending: there is nothing to download",
    )


def test_head_tells_all_but_the_bytes(done: Caller) -> None:
    """HEAD has the headers of GET and no body."""
    head, whole = get(done, "HEAD"), get(done)

    assert head.status_code == 200
    assert head.content == b""
    del head.headers["x-request-id"], whole.headers["x-request-id"]
    assert head.headers == whole.headers


def test_head_knows_no_ranges(done: Caller) -> None:
    """A range means something to GET alone (RFC 9110, section 14.2)."""
    head = get(done, "HEAD", Range="bytes=0-9")

    assert (head.status_code, head.headers["content-length"]) == (200, str(SIZE))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, SIZE - 1),
        ("bytes=1000-9999", 1000, SIZE - 1),
        ("bytes=-24", SIZE - 24, SIZE - 1),
        ("bytes=-9999", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)
def test_a_range_is_206(done: Caller, asked: str, first: int, last: int) -> None:
    """Exactly the bytes asked for, and where they lie."""
    response = get(done, Range=asked)

    assert response.status_code == 206
    assert response.content == FILM[first : last + 1]
    assert response.headers["content-range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["content-length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_range_beyond_the_end_is_416(done: Caller, asked: str) -> None:
    """Nothing is sent but how long the file is."""
    response = get(done, Range=asked)

    assert response.status_code == 416
    assert response.content == b""
    assert response.headers["content-range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=5-3",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "lines=0-5",
        "bytes=0-1,5-6",
        "bytes=0x1-2",
        "5",
    ],
)
def test_a_range_we_do_not_read_is_the_whole(done: Caller, asked: str) -> None:
    """Nonsense, other units and several ranges get all of it (RFC 9110, section 14.2)."""
    response = get(done, Range=asked)

    assert (response.status_code, response.content) == (200, FILM)


def test_if_range_guards_a_resumed_download(done: Caller) -> None:
    """With the present tag the part, with any other or a date the whole."""
    tag = get(done).headers["etag"]

    same = get(done, Range="bytes=10-", If_Range=tag)
    other = get(done, Range="bytes=10-", If_Range='"another"')
    dated = get(done, Range="bytes=10-", If_Range="Thu, 03 Mar 2033 03:33:33 GMT")

    assert (same.status_code, same.content) == (206, FILM[10:])
    assert other.status_code == dated.status_code == 200
    assert other.content == FILM


def test_generated_media_are_there_once_generated(fake: Fake, rich: Caller) -> None:
    """Its URL is unknown until the clip is made, then gives the clip, under HEAD and GET."""
    rich.say("generate 100")
    (clip,) = rich.state()["generated_media"]
    response = rich.http.get(clip["cdn_url"])

    assert response.content == FILM
    assert rich.http.head(clip["cdn_url"]).headers["content-length"] == str(SIZE)
    assert refusal(rich.http.get("/cdn/generated/another.mp4"))[0] == 404


def test_a_url_upload_has_bytes_too(caller: Caller) -> None:
    """The clip that stands for a URL is made when first wanted."""
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    (file,) = caller.post(path, {"urls": ["https://x.test/a.mp4"]}).json()["data"]["files"]

    assert caller.http.get(file["cdn_url"]).content == FILM


def test_media_that_cannot_be_made_are_404(
    fake: Fake, rich: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The client is told to ask again, and nothing of our machine; the log has the cause."""
    broken: Future[Path] = Future()
    broken.set_exception(OSError("no space left in /home/me"))
    monkeypatch.setattr(darkroom(fake), "make", lambda _: broken)
    rich.say("generate 100")
    (clip,) = rich.state()["generated_media"]

    status, code, message = refusal(rich.http.get(clip["cdn_url"]))

    assert (status, code) == (404, 404)
    assert message.endswith("cannot be made; ask again, or generate it anew")
    assert "no space left in /home/me" in caplog.text


def test_a_thumbnail_lies_beside_what_it_shows(fake: Fake, rich: Caller) -> None:
    """Of uploads and of what was generated: a JPEG under a name like the file's, with a tag of its own."""
    rich.upload("海 1.png", png())
    rich.say("generate 100")
    state = rich.state()

    for medium in (*state["video_infos"], *state["generated_media"]):
        assert medium["thumbnail_url"] == f"{medium['cdn_url']}/thumbnail.jpg"
        small, file = (rich.http.get(medium[key]) for key in ("thumbnail_url", "cdn_url"))
        assert small.content == FILM
        assert small.headers["content-type"] == "image/jpeg"
        name = quote(PurePath(medium["filename"]).stem)
        assert small.headers["content-disposition"].endswith(f"''{name}.jpg")
        assert small.headers["etag"] != file.headers["etag"]
        part = rich.http.get(medium["thumbnail_url"], headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, FILM[:4])


def test_a_thumbnail_that_cannot_be_made_is_404(
    fake: Fake, caller: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The client hears nothing of our machine; the log has the cause."""
    broken: Future[Path] = Future()
    broken.set_exception(OSError("no space left in /home/me"))
    monkeypatch.setattr(darkroom(fake), "thumbnail", lambda _: broken)
    caller.upload("a.png", png())
    (medium,) = caller.state()["video_infos"]

    assert "/home" not in refusal(caller.http.get(medium["thumbnail_url"]))[2]
    assert "no space left in /home/me" in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "/cdn/uploads/0123/a.mp4/thumbnail.jpg",
        "/cdn/generated/a.mp4/thumbnail.jpg",
        "/cdn/uploads/0123/a.mp4",
        "/cdn/generated/a.mp4",
        "/cdn/render-result/0123/r1.mp4",
        "/cdn/uploads/%2e%2e/%2e%2e",
        "/cdn/uploads/..%2F..%2Fetc/passwd",
        "/cdn/generated/..%2F..%2F..%2Fetc%2Fpasswd",
    ],
)
def test_an_address_nobody_gave_out_is_404(caller: Caller, path: str) -> None:
    """Names are looked up, never opened."""
    assert refusal(caller.http.get(path)) == (404, 404, "not found: no media has this address")


def test_a_film_is_found_under_its_own_name_only(done: Caller) -> None:
    """The key is not enough: the name belongs to the address."""
    url = done.get("/api/render/proxy/lambda/r1").json()["output"]["url"]

    assert refusal(done.http.get(url.replace("r1.mp4", "r2.mp4")))[0] == 404
