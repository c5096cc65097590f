"""Uploads are known by field, file name and content of each part."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_proxy.model import Multipart, Part, Request
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import BASE, exchange, recording

PATH = "/api/upload-video/nemo_agent/me/s-100001"


def _part(field: str, filename: str | None, body: bytes) -> Part:
    named = "" if filename is None else f'; filename="{filename}"'
    said = f'form-data; name="{field}"{named}'
    return Part(headers=(("Content-Disposition", said),), body=body)


def _upload(**files: Any) -> httpx.Response:
    body = Multipart(
        boundary="recorded", parts=(_part("kind", None, b"clip"), _part("files", "a.mp4", b"film"))
    )
    recorded = Request(
        method="POST", url=PATH, headers=(("Authorization", "Bearer tok"),), body=body
    )
    talk = recording(exchange(f"POST {PATH}", {"ok": 1}, request=recorded))
    with Replay(talk) as replay, httpx.Client(transport=replay.transport(), base_url=BASE) as http:
        sent = {"Authorization": "Bearer mine"}
        return http.post(PATH, headers=sent, **files)


def test_the_same_file_is_the_same_upload() -> None:
    """Whatever the boundary, the content type and the session of today."""
    answer = _upload(data={"kind": "clip"}, files={"files": ("a.mp4", b"film", "video/x")})

    assert answer.json() == {"ok": 1}


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"data": {"kind": "clip"}, "files": {"files": ("a.mp4", b"other")}}, "body[1].sha256"),
        ({"data": {"kind": "clip"}, "files": {"files": ("b.mp4", b"film")}}, "body[1].filename"),
        ({"data": {"kind": "clip"}, "files": {"file": ("a.mp4", b"film")}}, "body[1].field"),
        ({"data": {"kind": "film"}, "files": {"files": ("a.mp4", b"film")}}, "body[0].sha256"),
        ({"files": {"files": ("a.mp4", b"film")}}, "body[1]"),
    ],
)
def test_another_upload_is_a_miss_that_tells_the_part(sent: dict[str, Any], place: str) -> None:
    """And what of it differs."""
    answer = _upload(**sent)

    assert answer.status_code == 503
    assert place in [each["place"] for each in answer.json()["miss"]["differences"]]


def test_a_body_that_cannot_be_taken_apart_is_a_miss_that_says_why() -> None:
    """It is none that was recorded."""
    with Replay(recording(exchange(f"POST {PATH}", body={}))) as replay:
        http = httpx.Client(transport=replay.transport(), base_url=BASE)
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Authorization": "Bearer m"}
        answer = http.post(PATH, headers=headers, content=b"--x")

    difference = answer.json()["miss"]["differences"][0]
    assert difference["place"] == "body.unreadable"
    assert "closing boundary" in difference["asked"]


@pytest.mark.parametrize("name", ["海滩 视频.png", "C:\\films\\beach.png", 'a "b".png'])
def test_an_upload_with_any_name_is_replayed(name: str) -> None:
    """What is recorded of a name, and what the player's door makes of it, are the same."""
    request = httpx.Request("POST", f"{BASE}{PATH}", files={"files": (name, b"film")})
    said = request.read().split(b"\r\n")[1].decode("latin-1").removeprefix("Content-Disposition: ")
    part = Part(headers=(("Content-Disposition", said),), body=b"film")
    recorded = Request(method="POST", url=PATH, body=Multipart(boundary="b", parts=(part,)))
    talk = recording(exchange(f"POST {PATH}", {"ok": 1}, request=recorded))
    with Replay(talk) as replay, httpx.Client(transport=replay.transport(), base_url=BASE) as http:
        assert http.send(request).json() == {"ok": 1}
