"""How each reply reads: every shape that a document shows, by page number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import APIResponseError
from nemovideo_client.models import (
    ApiToken,
    ClaimToken,
    Credits,
    Render,
    Session,
    State,
    Token,
    Upload,
    UploadedFile,
)
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import unwrap
from nemovideo_client.wire.messages import Answer, Call

SESSION = Session(session_id="7", task_id="t")
CDN = "https://cdn.example.com/videos/xxx/video.mp4"
FILM = "https://cdn.example.com/renders/xxx/output.mp4"
STATIC = "https://static1.nemovideo.ai/render-result/render_xxx.mp4"

Case = tuple[Call[Any], Any, Any]


def ok(data: Any) -> Any:
    """Return data in the documented envelope."""
    return {"code": 0, "data": data}


def answer(body: Any, **headers: str) -> Answer:
    """Return a yes with a JSON body."""
    return Answer(status=200, headers=tuple(headers.items()), body=json.dumps(body).encode())


TOKENS: dict[str, Case] = {
    "52127510908": (
        calls.anonymous_token("c"),
        ok(
            {
                "token": "nmv_usr_xxxxxx",
                "user_id": "anon_abc123",
                "expires_at": "2026-03-18T00:00:00Z",
                "credits": 100,
            }
        ),
        Token(
            value="nmv_usr_xxxxxx",
            user_id="anon_abc123",
            expires_at="2026-03-18T00:00:00Z",
            credits=100,
        ),
    ),
    "vendor skill 1.9, short form": (
        calls.anonymous_token("c"),
        ok({"token": "nmv_usr_xxx", "credits": 100}),
        Token(value="nmv_usr_xxx", credits=100),
    ),
    "claim, vendor skill 1.9": (
        calls.claim_token(SESSION),
        ok({"claim_token": "clm_xxx", "expires_in": 604800}),
        ClaimToken(value="clm_xxx", expires_in=604800),
    ),
    "made, assumed": (
        calls.create_api_token("n", ["read"], 90),
        ok({"id": "tok_1", "name": "n", "scopes": ["read"], "token": "nmv_usr_1"}),
        ApiToken(id="tok_1", name="n", scopes=("read",), value="nmv_usr_1"),
    ),
    "listed in an object, assumed": (
        calls.list_api_tokens(),
        ok({"tokens": [{"id": 1, "revoked": False}, {"token_id": "b"}]}),
        (ApiToken(id="1", revoked=False), ApiToken(id="b")),
    ),
    "listed bare, assumed": (calls.list_api_tokens(), ok([{"id": "a"}]), (ApiToken(id="a"),)),
    "revoked, assumed": (
        calls.revoke_api_token("a"),
        ok({"id": "a", "name": "n", "revoked": True}),
        ApiToken(id="a", name="n", revoked=True),
    ),
    "revoked without a word, assumed": (
        calls.revoke_api_token("a"),
        ok(None),
        ApiToken(id="a", revoked=True),
    ),
}

SESSIONS: dict[str, Case] = {
    "52127510908": (
        calls.create_session(),
        ok(
            {
                "task_id": "task_xxx",
                "session_id": "5529798706024415232",
                "user_id": "anon_abc123",
            }
        ),
        Session(session_id="5529798706024415232", task_id="task_xxx", user_id="anon_abc123"),
    ),
    "vendor skill 1.9, without user": (
        calls.create_session(),
        ok({"task_id": "task_xxx", "session_id": "5529798706024415232"}),
        Session(session_id="5529798706024415232", task_id="task_xxx"),
    ),
    "54183061932, bind_id": (
        calls.create_session(),
        ok({"session_id": "5529798706024415232", "bind_id": "anon_abc123"}),
        Session(session_id="5529798706024415232", user_id="anon_abc123"),
    ),
    "a number for an id": (
        calls.create_session(),
        ok({"session_id": 5529798706024415232}),
        Session(session_id="5529798706024415232"),
    ),
}

INNER = {
    "video_infos": [{"filename": "a.mp4"}],
    "draft": {"t": []},
    "canvas_config": {"width": 1080},
    "video_analyses": {"a": 1},
}
FULL = State(
    session_id="session_xxx",
    task_id="task_yyy",
    task_name="My Video Project",
    draft={"t": []},
    video_infos=({"filename": "a.mp4"},),
    canvas={"width": 1080},
    analyses={"a": 1},
)
NAMES = {"session_id": "session_xxx", "task_id": "task_yyy", "task_name": "My Video Project"}
STATES: dict[str, Case] = {
    "51912643291": (calls.state("7"), ok(NAMES | {"state": INNER}), FULL),
    "flat": (calls.state("7"), ok(NAMES | INNER), FULL),
    "flat and bare": (calls.state("7"), NAMES | INNER, FULL),
    "52127510908, generated media": (
        calls.state("7"),
        ok({"state": {"generated_media": [1]}}),
        State(generated_media=[1]),
    ),
    "a new session": (
        calls.state("7"),
        ok({"session_id": "7", "state": {}}),
        State(session_id="7"),
    ),
    "no draft yet": (calls.state("7"), ok({"state": {"draft": None}}), State()),
}

UPLOADED = {
    "filename": "video.mp4",
    "file_type": "video",
    "cdn_url": CDN,
    "duration": 30.5,
    "width": 1920,
    "height": 1080,
}
STORED = UploadedFile(
    filename="video.mp4", kind="video", url=CDN, duration=30.5, width=1920, height=1080
)
UPLOADS: dict[str, Case] = {
    "52127510908": (
        calls.upload_files("7", []),
        ok({"files": [UPLOADED | {"fps": 30, "hash": "abc123"}], "session_state_applied": True}),
        Upload(
            files=(
                UploadedFile(
                    filename="video.mp4",
                    kind="video",
                    url=CDN,
                    duration=30.5,
                    width=1920,
                    height=1080,
                    fps=30,
                    hash="abc123",
                ),
            ),
            applied=True,
        ),
    ),
    "51912643291, fewer fields": (
        calls.upload_urls("7", []),
        ok({"files": [UPLOADED, UPLOADED]}),
        Upload(files=(STORED, STORED)),
    ),
    "54183061932, uploaded_files": (
        calls.upload_urls("7", []),
        ok({"uploaded_files": [{"url": CDN}]}),
        Upload(files=(UploadedFile(filename="video.mp4", url=CDN),)),
    ),
    "55942617650, url": (
        calls.upload_urls("7", []),
        ok({"url": f"{CDN}?sign=a/b"}),
        Upload(files=(UploadedFile(filename="video.mp4", url=f"{CDN}?sign=a/b"),)),
    ),
}

CREDITS: dict[str, Case] = {
    "52127510908": (
        calls.credits(),
        ok({"available": 25000, "frozen": 40, "total": 25040}),
        Credits(available=25000, frozen=40, total=25040),
    ),
    "55942617650, no wrapper": (
        calls.credits(),
        {"available": 60, "frozen": 40, "total": 100},
        Credits(available=60, frozen=40, total=100),
    ),
    "no total": (
        calls.credits(),
        ok({"available": 60, "frozen": 40}),
        Credits(available=60, frozen=40, total=100),
    ),
    "available alone": (calls.credits(), ok({"available": 7}), Credits(available=7, total=7)),
    "54183061932, negative is zero": (
        calls.credits(),
        ok({"available": -5, "frozen": None}),
        Credits(available=0, total=0),
    ),
}

COMPLETED = {
    "taskId": "render_xxx",
    "status": "completed",
    "progress": 100,
    "output": {"url": FILM, "duration": 30.5, "size": 15728640},
}
INSIDE = {
    "id": "render_xxx",
    "status": "completed",
    "progress": 100,
    "outputUrl": STATIC,
    "createdAt": 1773423613616,
    "completedAt": 1773423641222,
}
READY = Render(
    id="render_xxx",
    status="completed",
    progress=100,
    url=FILM,
    duration=30.5,
    size=15728640,
)
SUBMIT, POLL = calls.submit_render("r", "7", {}), calls.render_status("r")
PENDING = Render(id="r", status="pending")
RENDERS: dict[str, Case] = {
    "51965008902, at the top": (POLL, COMPLETED, READY),
    "52127510908, inside data": (
        POLL,
        {"success": True, "data": INSIDE},
        Render(id="render_xxx", status="completed", progress=100, url=STATIC),
    ),
    "both at once": (POLL, COMPLETED | {"success": True, "data": INSIDE}, READY),
    "in the usual envelope": (POLL, ok(COMPLETED), READY),
    "no id, in progress": (
        POLL,
        {"status": "processing", "progress": 41.7},
        Render(id="r", status="processing", progress=41),
    ),
    "61881227493, failed": (
        POLL,
        {"taskId": "r", "status": "failed", "error": "invalid draft"},
        Render(id="r", status="failed", error="invalid draft"),
    ),
    "failed inside data": (
        POLL,
        {"success": True, "data": {"status": "failed", "error": "invalid draft"}},
        Render(id="r", status="failed", error="invalid draft"),
    ),
    "a status that no document names": (
        POLL,
        {"status": "queued"},
        Render(id="r", status="queued"),
    ),
    "too much progress": (
        POLL,
        {"status": "processing", "progress": 140},
        Render(id="r", status="processing", progress=100),
    ),
    "submit, 52127510908": (
        SUBMIT,
        {"success": True, "data": {"id": "r", "status": "pending", "progress": 5}},
        Render(id="r", status="pending", progress=5),
    ),
    "submit, 54183061932": (SUBMIT, ok({"id": "r"}), PENDING),
    "submit, at the top": (SUBMIT, {"taskId": "r", "status": "pending"}, PENDING),
    "submit, code and id": (SUBMIT, {"code": 0, "id": "r"}, PENDING),
    "submit, a yes alone": (SUBMIT, {"success": True}, PENDING),
    "cancel, a yes alone": (
        calls.cancel_render("r"),
        {"success": True},
        Render(id="r", status="cancelled"),
    ),
    "cancel, too late": (calls.cancel_render("render_xxx"), COMPLETED, READY),
}

ALL: Mapping[str, Case] = {
    f"{group}: {name}": case
    for group, cases in {
        "tokens": TOKENS,
        "sessions": SESSIONS,
        "state": STATES,
        "uploads": UPLOADS,
        "credits": CREDITS,
        "renders": RENDERS,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("call", "reply", "expected"), ALL.values(), ids=ALL)
def test_a_documented_reply_is_read(call: Call[Any], reply: Any, expected: Any) -> None:
    """Each shape gives the same plain result."""
    assert unwrap(answer(reply), call) == expected


@pytest.mark.parametrize(
    ("call", "reply", "missing"),
    [
        (calls.anonymous_token("c"), ok({"user_id": "anon_1"}), "token"),
        (calls.anonymous_token("c"), ok({"token": ""}), "token"),
        (calls.claim_token(SESSION), ok({}), "claim token"),
        (calls.create_session(), ok({"task_id": "t"}), "session id"),
        (calls.create_session(), ok({"session_id": True}), "session id"),
        (calls.state("7"), ok({"session_id": "7"}), "state"),
        (calls.upload_urls("7", []), ok({}), "files"),
        (calls.upload_urls("7", []), ok({"files": [{}]}), "filename"),
        (calls.credits(), ok({"frozen": 1, "total": 2}), "available"),
        (calls.credits(), ok({"available": float("nan")}), "available"),
        (calls.credits(), ok({"available": 10**400}), "available"),
        (calls.render_status("r"), {"taskId": "r"}, "status"),
        (calls.list_api_tokens(), ok({}), "tokens"),
        (calls.list_api_tokens(), ok([{}]), "id"),
        (calls.run_sse("7", "hi"), ok({}), "event stream"),
        (calls.download_render("r"), ok({}), "film"),
    ],
)
def test_what_is_missing_is_named(call: Call[Any], reply: Any, missing: str) -> None:
    """A reply without its essential field is an error that names it in words, and the call."""
    with pytest.raises(APIResponseError) as caught:
        unwrap(answer(reply), call)

    assert caught.value.message == f"The answer has no usable {missing}"
    assert caught.value.endpoint == call.endpoint


def test_what_is_secret_is_not_printed() -> None:
    """Tokens, user ids, links and the project's JSON stay out of the repr of results."""
    results = [unwrap(answer(reply), call) for call, reply, _ in ALL.values()]

    printed = " ".join(map(repr, results))
    assert not any(
        secret in printed for secret in ("nmv_usr", "clm_", "anon_", "https:", "a.mp4", "abc123")
    )


def test_a_result_knows_its_request() -> None:
    """The service's id for the request is on the result."""
    result = unwrap(answer(ok({"available": 1}), **{"x-request-id": "req-1"}), calls.credits())

    assert result.request_id == "req-1"
    assert unwrap(answer(ok({"available": 1})), calls.credits()).request_id is None


@given(available=st.integers(0, 10**9), frozen=st.integers(0, 10**9), wrapped=st.booleans())
def test_a_balance_comes_back_as_sent(available: int, frozen: int, wrapped: bool) -> None:
    """Whatever the amounts, with and without wrapper, and the total is their sum."""
    amounts = {"available": available, "frozen": frozen}

    result = unwrap(answer(ok(amounts) if wrapped else amounts), calls.credits())

    assert result == Credits(available=available, frozen=frozen, total=available + frozen)
