"""Paths that no document has, and methods that a path does not know."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.replies import refused
from nemovideo_pytest.contract.visitor import Visitor

UNKNOWN = (
    "GET /api/nothing",
    "POST /api/v1/generate",
    "POST /v1/run",
    "GET /v1/jobs/1",
    "GET /api/auth",
    "GET /api/credits/balance",
    "GET /api/credits/balance/simple/",
    "GET /API/credits/balance/simple",
    "GET /api/State/nemo_agent/me/{session}/latest",
    "GET /api/render/proxy/Lambda/render_1",
    "POST /run_sse/",
    "POST /run",
    "GET /api/state/nemo_agent/me/{session}",
    "GET /api/state/other_agent/me/{session}/latest",
    "POST /api/tasks/me/with-session/other_agent",
    "POST /api/upload-video/nemo_agent/me",
    "POST /api/render/proxy/lambda/render_1/stop",
    "GET /api/render/proxy/lambda/render_1/download",
)

METHODS = {
    "/api/auth/anonymous-token": {"POST"},
    "/api/tasks/me/with-session/nemo_agent": {"POST"},
    "/run_sse": {"POST"},
    "/api/upload-video/nemo_agent/me/{session}": {"POST"},
    "/api/credits/balance/simple": {"GET"},
    "/api/state/nemo_agent/me/{session}/latest": {"GET"},
    "/api/render/proxy/lambda": {"POST"},
    "/api/render/proxy/lambda/render_1": {"GET"},
    "/api/render/proxy/lambda/render_1/cancel": {"POST"},
    "/api/render/proxy/render_1/download": {"GET", "HEAD"},
    "/api/tokens": {"GET", "POST"},
    "/api/tokens/tok_1/revoke": {"POST"},
    "/cdn/uploads/key/name.png": {"GET", "HEAD"},
    "/cdn/generated/name.mp4": {"GET", "HEAD"},
    "/cdn/uploads/key/name.png/thumbnail.jpg": {"GET", "HEAD"},
    "/cdn/generated/name.mp4/thumbnail.jpg": {"GET", "HEAD"},
    "/cdn/render-result/key/name.mp4": {"GET", "HEAD"},
    "/register": {"GET"},
}
"""Each path and the methods that it knows."""


@pytest.mark.parametrize("line", UNKNOWN)
@rests_on("POST /run_sse", "code 0", "GET /api/credits/balance/simple")
def test_a_path_that_no_document_has_is_not_found(visitor: Visitor, line: str) -> None:
    """404, and nothing in it that a client could take for a success."""
    method, path = line.format(session=visitor.session).split()
    reply = visitor.ask(method, path, **({"json": {}} if method == "POST" else {}))

    assert reply.status_code == 404, reply.text[:200]
    told = reply.json()
    assert told.get("code") != 0
    assert "data" not in told or told["data"] is None
    assert "success" not in told


@pytest.mark.parametrize("path", METHODS)
@rests_on("code 405")
def test_another_method_is_refused(visitor: Visitor, path: str) -> None:
    """405, with what would have been right in Allow; token or not."""
    known = METHODS[path]
    for method in sorted({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"} - known):
        reply = visitor.ask(method, path.format(session=visitor.session))

        assert reply.status_code == 405, method
        assert {name.strip() for name in reply.headers["allow"].split(",")} == known
        if method != "HEAD":
            message = refused(reply, 405)
            assert all(name in message for name in known)


@rests_on("code 405", "code 1001")
def test_a_wrong_method_needs_no_token(stranger: Visitor) -> None:
    """The path is known, whoever asks."""
    assert stranger.get("/run_sse").status_code == 405
    assert stranger.post("/api/credits/balance/simple").status_code == 405


@reading(claim_link="ct")
@rests_on("code 405", "GET /workspace/claim", "POST /api/auth/claim-token")
def test_the_newest_paths_know_their_methods_too(stranger: Visitor) -> None:
    """Those of version 1.9."""
    assert stranger.get("/api/auth/claim-token").headers["allow"] == "POST"
    assert stranger.post("/workspace/claim").headers["allow"] == "GET"
