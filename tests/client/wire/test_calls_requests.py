"""What each call sends: method, path, headers and body, as documented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import UnsupportedFile
from nemovideo_client.models import Session
from nemovideo_client.wire import calls
from nemovideo_client.wire.media_types import CONTENT_TYPES, content_type
from nemovideo_client.wire.messages import Call, FilePart, Request

DRAFT = {"t": [{"tt": 0, "sg": [{"d": 8000}]}]}
UPLOAD = "POST /api/upload-video/nemo_agent/me/{session}"

SENT: dict[str, tuple[Call[Any], str, str, Any]] = {
    "anonymous_token": (
        calls.anonymous_token("a-client"),
        "POST /api/auth/anonymous-token",
        "/api/auth/anonymous-token",
        None,
    ),
    "claim_token": (
        calls.claim_token(Session(session_id="7", task_id="t")),
        "POST /api/auth/claim-token",
        "/api/auth/claim-token",
        {"task_id": "t", "session_id": "7"},
    ),
    "create_session": (
        calls.create_session(language="zh-CN"),
        "POST /api/tasks/me/with-session/nemo_agent",
        "/api/tasks/me/with-session/nemo_agent",
        {"task_name": "project", "language": "zh-CN"},
    ),
    "create_session without language (the setup of three skills)": (
        calls.create_session(task_name="generate"),
        "POST /api/tasks/me/with-session/nemo_agent",
        "/api/tasks/me/with-session/nemo_agent",
        {"task_name": "generate"},
    ),
    "run_sse": (
        calls.run_sse("7", "Hello, 你好"),
        "POST /run_sse",
        "/run_sse",
        {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": "7",
            "new_message": {"parts": [{"text": "Hello, 你好"}]},
        },
    ),
    "upload_files": (
        calls.upload_files("7", [Path("a.mp4")]),
        UPLOAD,
        "/api/upload-video/nemo_agent/me/7",
        None,
    ),
    "upload_urls": (
        calls.upload_urls("7", ("https://example.com/a.mp4",)),
        UPLOAD,
        "/api/upload-video/nemo_agent/me/7",
        {"urls": ["https://example.com/a.mp4"], "source_type": "url"},
    ),
    "credits": (
        calls.credits(),
        "GET /api/credits/balance/simple",
        "/api/credits/balance/simple",
        None,
    ),
    "state": (
        calls.state("7"),
        "GET /api/state/nemo_agent/me/{session}/latest",
        "/api/state/nemo_agent/me/7/latest",
        None,
    ),
    "submit_render": (
        calls.submit_render("render_1", "7", DRAFT, {"format": "mp4", "quality": "high"}),
        "POST /api/render/proxy/lambda",
        "/api/render/proxy/lambda",
        {
            "id": "render_1",
            "sessionId": "7",
            "draft": DRAFT,
            "output": {"format": "mp4", "quality": "high"},
        },
    ),
    "submit_render with the service's own output": (
        calls.submit_render("render_1", "7", DRAFT),
        "POST /api/render/proxy/lambda",
        "/api/render/proxy/lambda",
        {"id": "render_1", "sessionId": "7", "draft": DRAFT},
    ),
    "render_status": (
        calls.render_status("render_1"),
        "GET /api/render/proxy/lambda/{render}",
        "/api/render/proxy/lambda/render_1",
        None,
    ),
    "cancel_render": (
        calls.cancel_render("render_1"),
        "POST /api/render/proxy/lambda/{render}/cancel",
        "/api/render/proxy/lambda/render_1/cancel",
        None,
    ),
    "download_render": (
        calls.download_render("render_1"),
        "GET /api/render/proxy/{render}/download",
        "/api/render/proxy/render_1/download",
        None,
    ),
    "create_api_token": (
        calls.create_api_token("My API Token", ("*",), 90),
        "POST /api/tokens",
        "/api/tokens",
        {"name": "My API Token", "scopes": ["*"], "expires_in_days": 90},
    ),
    "list_api_tokens": (calls.list_api_tokens(), "GET /api/tokens", "/api/tokens", None),
    "revoke_api_token": (
        calls.revoke_api_token("tok_1"),
        "POST /api/tokens/{token}/revoke",
        "/api/tokens/tok_1/revoke",
        None,
    ),
}
"""Each call, and its endpoint, path and JSON."""

HARMLESS = {"claim_token", "cancel_render", "revoke_api_token"}
"""The POSTs that may be repeated: they change nothing a second time, and cost nothing."""


@pytest.mark.parametrize(("call", "endpoint", "url", "body"), SENT.values(), ids=SENT)
def test_a_call_sends_what_is_documented(
    call: Call[Any], endpoint: str, url: str, body: Any
) -> None:
    """Method, path and JSON are those of the documents; the endpoint names the call without ids."""
    sent = (call.endpoint, call.request.method, call.request.url, call.request.json)

    assert sent == (endpoint, endpoint.partition(" ")[0], url, body)


def test_every_call_is_in_the_table() -> None:
    """No endpoint goes untested."""
    assert {name.partition(" ")[0] for name in SENT} == set(calls.__all__)


@pytest.mark.parametrize("name", SENT)
def test_only_what_is_harmless_is_repeated(name: str) -> None:
    """GETs and three POSTs are safe to repeat, nothing else."""
    call = SENT[name][0]

    assert (call.repeat == "safe") == (call.request.method == "GET" or name in HARMLESS)


@pytest.mark.parametrize("name", SENT)
def test_only_the_first_call_goes_without_a_token(name: str) -> None:
    """Everything but the anonymous token is asked for with authorization and attribution."""
    assert SENT[name][0].authorized == (name != "anonymous_token")


@pytest.mark.parametrize(
    ("call", "headers"),
    [
        (calls.anonymous_token("a-client"), (("X-Client-Id", "a-client"),)),
        (calls.run_sse("7", "hi"), (("Accept", "text/event-stream"),)),
        (calls.credits(), ()),
    ],
    ids=lambda value: value.endpoint if isinstance(value, Call) else "",
)
def test_headers_of_their_own(call: Call[Any], headers: tuple[tuple[str, str], ...]) -> None:
    """The client id stands for a token, the stream is asked for as one; the others need no header."""
    assert call.request.headers == headers


@pytest.mark.parametrize("secret", ["a-client", "Bearer"])
def test_a_call_prints_no_headers(secret: str) -> None:
    """What is in a header may be a secret and stays out of the repr."""
    assert secret not in repr(calls.anonymous_token("a-client"))


def test_files_go_under_their_own_names() -> None:
    """Several files are one request: each by its path, its name without folders, and its type."""
    told: list[tuple[int, int | None]] = []
    paths = [Path("/home/me/Beach.MP4"), Path("song.m4a"), Path("notes")]

    request = calls.upload_files("7", paths, lambda done, of: told.append((done, of))).request

    assert request.files == (
        FilePart(paths[0], "Beach.MP4", "video/mp4"),
        FilePart(paths[1], "song.m4a", "audio/mp4"),
        FilePart(paths[2], "notes", "application/octet-stream"),
    )
    assert request.json is None
    assert request.progress is not None


def test_every_documented_format_has_a_content_type() -> None:
    """The thirteen formats of all four skills, and `jpeg`."""
    assert set(CONTENT_TYPES) == {*UnsupportedFile.formats, "jpeg"}


@pytest.mark.parametrize("extension", CONTENT_TYPES)
def test_the_content_type_goes_by_the_extension(extension: str) -> None:
    """Whatever the case of the letters, and however many dots the name has."""
    kind = CONTENT_TYPES[extension]

    assert content_type(f"my.film.{extension.upper()}") == kind
    assert kind.partition("/")[0] in ("video", "image", "audio")


@given(id_=st.text(min_size=1))
def test_no_id_leads_to_another_path(id_: str) -> None:
    """An id is one segment of the path, whatever is in it."""
    requests: list[Request] = [
        calls.state(id_).request,
        calls.upload_urls(id_, []).request,
        calls.render_status(id_).request,
        calls.cancel_render(id_).request,
        calls.download_render(id_).request,
        calls.revoke_api_token(id_).request,
    ]

    assert [request.url.count("/") for request in requests] == [6, 5, 5, 6, 5, 4]
    assert all(request.url.isascii() for request in requests)
    assert not any(mark in request.url for request in requests for mark in "?#{} ")
