"""Malformed requests: 422, and a message that names the field."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import rests_on, unrecorded
from nemovideo_pytest.contract.replies import names, refused, seen
from nemovideo_pytest.contract.visitor import Visitor

JSON_ROUTES = (
    "/api/tasks/me/with-session/nemo_agent",
    "/run_sse",
    "/api/upload-video/nemo_agent/me/{session}",
    "/api/render/proxy/lambda",
    "/api/tokens",
)

NO_OBJECTS = {
    "nothing": b"",
    "blank": b" \r\n ",
    "broken": b'{"a":',
    "trailing": b"{} {}",
    "single quotes": b"{'task_name': 'project'}",
    "array": b"[]",
    "text": b'"project"',
    "null": b"null",
    "NaN": b'{"task_name":NaN}',
    "half a pair": b'{"task_name":"\\ud83d"}',
    "not UTF-8": b'{"task_name":"\xff"}',
    "a form": b"task_name=project&name=mine",
    "deep": b'{"draft":' * 70 + b"1" + b"}" * 70,
}


@pytest.mark.parametrize("raw", NO_OBJECTS.values(), ids=NO_OBJECTS)
@rests_on("code 422", "length limits")
def test_a_body_that_is_no_json_object_is_refused(visitor: Visitor, raw: bytes) -> None:
    """On every route that takes JSON."""
    before = visitor.credits()
    for path in JSON_ROUTES:
        reply = visitor.ask("POST", path.format(session=visitor.session), content=raw)

        assert reply.status_code == 422
        assert "body" in refused(reply, 422)
    assert visitor.credits() == before


@unrecorded("the bodies have 16 MB")
@rests_on("code 422", "length limits")
def test_a_body_of_more_than_8_megabytes_is_refused(visitor: Visitor) -> None:
    """One byte more than 8 MiB is too much."""
    path = "/api/tasks/me/with-session/nemo_agent"
    frame = b'{"task_name":"project","x":""}'

    def body(size: int) -> bytes:
        return frame.replace(b'""', b'"' + b"x" * (size - len(frame)) + b'"')

    assert visitor.ask("POST", path, content=body(8 << 20)).json()["code"] == 0
    assert visitor.ask("POST", path, content=body((8 << 20) + 1)).status_code == 422


@pytest.mark.parametrize(("levels", "taken"), [(63, True), (64, False)])
@rests_on("code 422", "length limits", "POST /api/render/proxy/lambda")
def test_a_body_has_64_levels_at_most(visitor: Visitor, levels: int, *, taken: bool) -> None:
    """The body is one, a draft in it the others."""
    draft: dict[str, Any] = {}
    for _ in range(levels - 1):
        draft = {"a": draft}
    reply = visitor.order(draft=draft)

    if taken:
        assert seen(reply).status == "pending"
    else:
        assert "64" in refused(reply, 422)


MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "no message": ({"new_message": None}, "new_message"),
    "a bare text": ({"new_message": "hello"}, "new_message"),
    "no parts": ({"new_message": {}}, "parts"),
    "empty parts": ({"new_message": {"parts": []}}, "parts"),
    "parts of text": ({"new_message": {"parts": ["hello"]}}, "parts"),
    "no text": ({"new_message": {"parts": [{}]}}, "parts"),
    "a blank text": ({"new_message": {"parts": [{"text": "  "}]}}, "parts"),
    "a number": ({"new_message": {"parts": [{"text": 5}]}}, "text"),
    "another app": ({"app_name": "other_agent"}, "app_name"),
    "a number as app": ({"app_name": 5}, "app_name"),
    "a number as user": ({"user_id": 5}, "user_id"),
    "a number as session": ({"session_id": 5}, "session_id"),
    "no session": ({"session_id": None}, "session_id"),
    "a blank session": ({"session_id": " "}, "session_id"),
}


@pytest.mark.parametrize(("more", "field"), MESSAGES.values(), ids=MESSAGES)
@rests_on("POST /run_sse", "code 422")
def test_a_message_that_says_nothing_is_refused(
    visitor: Visitor, more: dict[str, Any], field: str
) -> None:
    """As JSON, before any stream; the field is named and nothing is paid."""
    before = visitor.credits()
    names(visitor.try_saying("hello", **more), field)

    assert visitor.credits() == before


@pytest.mark.parametrize("field", ["session_id", "new_message"])
@rests_on("POST /run_sse", "code 422")
def test_a_message_without_a_field_is_refused(visitor: Visitor, field: str) -> None:
    """The field that is missing is named."""
    body = visitor.message("hello")
    del body[field]

    names(visitor.post("/run_sse", body), field)


ORDERS: dict[str, tuple[dict[str, Any], str]] = {
    "a blank id": ({"id": " "}, "id"),
    "an id with a slash": ({"id": "a/b"}, "id"),
    "a Chinese id": ({"id": "渲染"}, "id"),
    "a long id": ({"id": "r" * 129}, "id"),
    "a number as id": ({"id": 5}, "id"),
    "no session": ({"sessionId": None}, "sessionId"),
    "no draft": ({"draft": None}, "draft"),
    "a draft in quotes": ({"draft": "{}"}, "draft"),
    "a draft of tracks": ({"draft": []}, "draft"),
    "output in quotes": ({"output": "mp4"}, "output"),
    "another format": ({"output": {"format": "avi"}}, "format"),
    "a number as format": ({"output": {"format": 4}}, "format"),
    "a number as quality": ({"output": {"quality": 5}}, "quality"),
    "another resolution": ({"output": {"resolution": "900p"}}, "resolution"),
    "a larger resolution": ({"output": {"resolution": "4k"}}, "resolution"),
    "no frames": ({"output": {"fps": 0}}, "fps"),
    "too many frames": ({"output": {"fps": 61}}, "fps"),
    "half a frame": ({"output": {"fps": 29.97}}, "fps"),
}


@pytest.mark.parametrize(("more", "field"), ORDERS.values(), ids=ORDERS)
@rests_on("POST /api/render/proxy/lambda", "render ids", "code 422")
def test_an_order_that_makes_no_sense_is_refused(
    visitor: Visitor, more: dict[str, Any], field: str
) -> None:
    """The field is named, and no render comes of it."""
    body = visitor.order_body(**{"draft": {}, **more})
    names(visitor.post("/api/render/proxy/lambda", body), field)

    if isinstance(body["id"], str) and "/" not in body["id"]:
        refused(visitor.poll(body["id"]), 404)


@pytest.mark.parametrize("field", ["id", "sessionId", "draft"])
@rests_on("POST /api/render/proxy/lambda", "code 422")
def test_an_order_without_a_field_is_refused(visitor: Visitor, field: str) -> None:
    """The field that is missing is named."""
    body = visitor.order_body(draft={})
    del body[field]

    names(visitor.post("/api/render/proxy/lambda", body), field)


@rests_on("POST /api/render/proxy/lambda", "code 422")
def test_a_render_spells_session_its_own_way(visitor: Visitor) -> None:
    """All fields are snake_case but this one: sessionId."""
    body = visitor.order_body(draft={})
    body["session_id"] = body.pop("sessionId")

    names(visitor.post("/api/render/proxy/lambda", body), "sessionId")
