"""Uploading files, and naming URLs that stand for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake, Options, Variants
from nemovideo_fakeserver.wire.messages import BodyPlan, Head, Reply, TooLarge
from support.caller import Caller
from support.media import mp4, png, wav
from support.stage import client, scripted_fake
from support.wire import exchange, refusal

KEYS = ["filename", "file_type", "cdn_url", "duration", "width", "height", "fps", "hash"]


def path(session: str) -> str:
    """Return the upload path of a session."""
    return f"/api/upload-video/nemo_agent/me/{session}"


def send(caller: Caller, *files: tuple[str, tuple[str, bytes]]) -> httpx.Response:
    """Send a multipart form with these fields."""
    return caller.http.post(path(caller.session), headers=caller.headers, files=list(files))


def listed(caller: Caller) -> list[dict[str, Any]]:
    """Return the uploads as the state lists them, without what it adds to the reply."""
    return [{key: info[key] for key in KEYS} for info in caller.state()["video_infos"]]


def test_an_upload_is_described_as_documented(caller: Caller) -> None:
    """What the file itself says: kind, length, size, rate, hash; the keys in the documented order."""
    response = caller.upload("clip.mp4", mp4())

    told = response.json()
    (file,) = told["data"]["files"]
    assert list(told) == ["code", "data"]
    assert told["data"] == {"files": [file], "session_state_applied": True}
    assert list(file) == KEYS
    assert file == {
        "filename": "clip.mp4",
        "file_type": "video",
        "cdn_url": file["cdn_url"],
        "duration": 2.0,
        "width": 160,
        "height": 90,
        "fps": 10.0,
        "hash": hashlib.sha256(mp4()).hexdigest(),
    }


def test_several_files_of_one_request_show_in_order(caller: Caller) -> None:
    """The field `files` may be repeated; the state lists what came, in order."""
    response = send(caller, ("files", ("a.png", png())), ("files", ("b.wav", wav())))

    files = response.json()["data"]["files"]
    assert [(f["filename"], f["file_type"]) for f in files] == [
        ("a.png", "image"),
        ("b.wav", "audio"),
    ]
    assert listed(caller) == files


def test_what_was_uploaded_comes_back_from_its_url(caller: Caller) -> None:
    """The cdn_url needs no token and gives the same bytes."""
    (file,) = caller.upload("a.png", png()).json()["data"]["files"]

    sent = caller.http.get(file["cdn_url"])

    assert sent.content == png()
    assert sent.headers["content-type"] == "image/png"


def test_the_content_decides_what_a_file_is(caller: Caller) -> None:
    """A picture called .mp4 is an image; a text called .mp4 is 4001, with the formats listed."""
    named = caller.upload("a.mp4", png()).json()["data"]["files"][0]
    status, code, message = refusal(caller.upload("b.mp4", b"file 'secret.mp4'\n"))

    assert named["file_type"] == "image"
    assert (status, code) == (200, 4001)
    assert message.endswith(
        "Supported formats: mp4, mov, avi, webm, mkv, jpg, png, gif, webp, mp3, wav, m4a, aac"
    )


def test_one_bad_file_refuses_the_whole_upload(fake: Fake, caller: Caller) -> None:
    """Nothing of such a request is kept, neither in the state nor on disk."""
    response = send(caller, ("files", ("a.png", png())), ("files", ("b.png", b"no picture")))

    assert refusal(response)[1] == 4001
    assert caller.state()["video_infos"] == []
    assert list(fake.spool.iterdir()) == []


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\clips\\a b.png", "a b.png"),
        ("海滩.png", "海滩.png"),
        ("..", "file"),
    ],
)
def test_a_file_name_is_data_and_never_a_path(caller: Caller, claimed: str, shown: str) -> None:
    """Of a claimed path only the last part remains, and its URL works."""
    (file,) = caller.upload(claimed, png()).json()["data"]["files"]

    assert file["filename"] == shown
    assert caller.http.get(file["cdn_url"]).content == png()


def test_files_go_into_the_field_files(caller: Caller) -> None:
    """Another field's name is 422 and says which is right."""
    response = send(caller, ("file", ("a.png", png())))

    assert refusal(response) == (
        422,
        422,
        "form field 'file': files go into the field `files`, which may be repeated",
    )


def test_a_form_without_files_is_refused(caller: Caller) -> None:
    """A plain form field `files` is no file."""
    form = {"files": (None, "clip.mp4")}
    response = caller.http.post(path(caller.session), headers=caller.headers, files=form)

    assert refusal(response)[0] == 422


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nno header"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--\r\n",
        ),
        ("multipart/form-data; boundary=x", b"something else altogether"),
        ("multipart/form-data", b"--x--\r\n"),
        ("multipart/form-data; boundary=" + "x" * 71, b""),
        ("multipart/related; boundary=x", b"--x--\r\n"),
        ("application/x-www-form-urlencoded", b"urls=https%3A%2F%2Fx.test%2Fa.mp4"),
        ("video/mp4", b"\0\0\0\x18ftypmp42"),
        ("", b""),
    ],
)
def test_a_broken_form_is_422(caller: Caller, content_type: str, body: bytes) -> None:
    """Whatever is wrong with a form, the answer says so, and the session is as it was."""
    headers = {**caller.headers, "Content-Type": content_type}
    response = caller.http.post(path(caller.session), headers=headers, content=body)

    assert refusal(response)[:2] == (422, 422)
    assert caller.state()["video_infos"] == []


def test_a_file_over_the_limit_is_4002(variant: Callable[..., Caller]) -> None:
    """A file of more bytes than a file may have stops the upload; how many that is can be chosen."""
    response = variant(max_upload="1MB").upload("big.mp4", bytes((1 << 20) + 1))

    assert refusal(response) == (
        200,
        4002,
        "file too large: at most 1 MB; compress or trim it",
    )


def head(caller: Caller, content_type: str) -> Head:
    """Return the head of an upload."""
    lines = {**caller.headers, "Content-Type": content_type}
    return Head(
        method="POST",
        path=path(caller.session),
        headers=tuple((name.lower(), value) for name, value in lines.items()),
    )


def test_the_limit_is_500_megabytes(fake: Fake, caller: Caller) -> None:
    """The documented limit is what the door is told, and 4002 is what comes of more."""
    form = head(caller, "multipart/form-data; boundary=x")
    plan = fake.admit(form)
    whole = exchange(fake, form, TooLarge(500 << 20, (500 << 20) + 1))

    assert isinstance(plan, BodyPlan)
    assert plan.file_limit == 500 << 20
    assert (
        whole.body
        == b'{"code":4002,"message":"file too large: at most 500 MB; compress or trim it","data":null}'
    )


def test_the_limit_of_a_form_is_not_that_of_a_file(fake: Fake, caller: Caller) -> None:
    """A form too large in all is told its own limit, and the 500 MB each file in it may have."""
    form = head(caller, "multipart/form-data; boundary=x")
    plan = fake.admit(form)
    assert isinstance(plan, BodyPlan)
    whole = exchange(fake, form, TooLarge(plan.limit, 0))

    assert json.loads(whole.body) == {
        "code": 4002,
        "message": "form too large: at most 2000 MB in all, of which each file may have 500 MB;"
        " send fewer files at once, or compress them",
        "data": None,
    }


@pytest.mark.parametrize("content_type", ["Multipart/Form-Data;boundary=x", " multipart/form-data"])
def test_a_form_is_known_however_it_is_written(
    fake: Fake, caller: Caller, content_type: str
) -> None:
    """Case, spaces and parameters do not make another type of it."""
    plan = fake.admit(head(caller, content_type))

    assert isinstance(plan, BodyPlan)
    assert plan.file_limit == 500 << 20


@pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/form-data-x", "multipart/related"])
def test_another_multipart_is_no_form(fake: Fake, caller: Caller, kind: str) -> None:
    """It brings no files, so it is read as JSON is; one too large is told what was expected."""
    other = head(caller, f"{kind}; boundary=x")
    plan = fake.admit(other)
    assert isinstance(plan, BodyPlan)
    whole = exchange(fake, other, TooLarge(plan.limit, plan.limit + 1))

    assert plan.file_limit is None
    assert whole.status == 422
    assert b"send files as multipart/form-data" in whole.body


def test_a_film_as_bare_body_is_told_where_it_belongs(fake: Fake, caller: Caller) -> None:
    """A large body that is no form does not fail for its size alone: it says that a form was expected."""
    whole = exchange(fake, head(caller, "video/mp4"), TooLarge(8 << 20, 20 << 20))

    assert whole.status == 422
    assert b"multipart/form-data" in whole.body


@pytest.mark.parametrize(
    "changed", ["/api/upload-video/nemo_agent/me/123", "/api/upload-video/nemo_agent/anon_x/123"]
)
def test_an_unknown_session_is_told_before_the_body(
    fake: Fake, caller: Caller, changed: str
) -> None:
    """Nobody sends 500 MB to a session that is not there."""
    known = head(caller, "multipart/form-data; boundary=x")
    answer = fake.admit(Head(method="POST", path=changed, headers=known.headers))

    assert isinstance(answer, Reply)
    assert isinstance(answer.body, bytes)
    assert answer.body.startswith(b'{"code":1002,')


def urls(caller: Caller, *named: Any, **more: Any) -> httpx.Response:
    """Name URLs."""
    return caller.post(path(caller.session), {"urls": list(named), **more})


def test_urls_stand_for_media_of_the_kind_they_name(caller: Caller) -> None:
    """A seeded clip, picture or sound in place of each URL; nothing is fetched."""
    response = urls(
        caller,
        "https://x.test/beach.MP4?sig=1",
        "http://x.test/%E6%B5%B7.png",
        "https://x.test/a.mp3",
        "https://x.test",
        source_type="url",
    )

    files = response.json()["data"]["files"]
    assert [(f["filename"], f["file_type"]) for f in files] == [
        ("beach.MP4", "video"),
        ("海.png", "image"),
        ("a.mp3", "audio"),
        ("file", "video"),
    ]
    assert all(8 <= f["duration"] <= 40 for f in files if f["file_type"] != "image")
    assert listed(caller) == files


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://x.test/a.txt", 4001),
        ("https://x.test/a.exe", 4001),
        ("ftp://x.test/a.mp4", 422),
        ("file:///etc/passwd", 422),
        ("a.mp4", 422),
        ("http://[", 422),
        ("", 422),
        (5, 422),
    ],
)
def test_a_bad_url_refuses_the_whole_request(caller: Caller, url: object, code: int) -> None:
    """Unsupported kinds are 4001, what is no web address is 422; the good URL beside it is not taken."""
    response = urls(caller, "https://x.test/good.mp4", url)

    assert refusal(response)[1] == code
    assert caller.state()["video_infos"] == []


def test_at_most_twenty_urls_at_once(caller: Caller) -> None:
    """Twenty are taken, twenty-one are not."""
    named = [f"https://x.test/{n}.mp4" for n in range(21)]

    assert refusal(urls(caller, *named))[0] == 422
    assert len(urls(caller, *named[:20]).json()["data"]["files"]) == 20


def test_the_source_type_is_url(caller: Caller) -> None:
    """Another source type is refused, and named."""
    response = urls(caller, "https://x.test/a.mp4", source_type="s3")

    assert refusal(response) == (422, 422, 'source_type: must be url, not "s3"')


def test_a_bare_file_is_told_how_to_be_sent(caller: Caller) -> None:
    """A film as the whole body is 422 and says that files go into a form."""
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    headers = {**caller.headers, "Content-Type": "video/mp4"}

    status, code, message = refusal(caller.http.post(path, headers=headers, content=mp4()))

    assert (status, code) == (422, 422)
    assert "multipart/form-data" in message


@pytest.mark.parametrize(
    ("chosen", "told"), [("200MB", "200 MB"), ("2GB", "2 GB"), ("4GB", "4 GB"), ("1000", "1000 B")]
)
def test_the_limit_may_be_another(chosen: str, told: str) -> None:
    """What public skills say beside 500 MB, or any size; a form may hold four such files."""
    variants = Variants().changed("max_upload", chosen)
    with scripted_fake(Options(variants=variants)) as fake:
        form = head(Caller(client(fake)).connect(), "multipart/form-data; boundary=x")
        plan = fake.admit(form)
        whole = exchange(fake, form, TooLarge(variants.max_upload, variants.max_upload + 1))

    assert isinstance(plan, BodyPlan)
    assert (plan.file_limit, plan.limit) == (variants.max_upload, 4 * variants.max_upload)
    assert f"file too large: at most {told};".encode() in whole.body
