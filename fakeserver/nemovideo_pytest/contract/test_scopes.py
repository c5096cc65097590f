"""What a token may do: every route asks for one scope."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.replies import data, refused
from nemovideo_pytest.contract.visitor import Visitor

ROUTES: dict[str, tuple[str, Any]] = {
    "GET /api/credits/balance/simple": ("read", None),
    "GET /api/state/nemo_agent/me/{session}/latest": ("read", None),
    "GET /api/render/proxy/lambda/render_1": ("read", None),
    "GET /api/render/proxy/render_1/download": ("read", None),
    "HEAD /api/render/proxy/render_1/download": ("read", None),
    "GET /api/tokens": ("read", None),
    "POST /api/tasks/me/with-session/nemo_agent": ("write", {}),
    "POST /run_sse": ("write", {}),
    "POST /api/tokens": ("write", {}),
    "POST /api/tokens/tok_1/revoke": ("write", None),
    "POST /api/upload-video/nemo_agent/me/{session}": ("upload", {}),
    "POST /api/render/proxy/lambda": ("render", {}),
    "POST /api/render/proxy/lambda/render_1/cancel": ("render", None),
}
"""Each route that asks for a token, the scope it needs, and a body."""

ENOUGH = {"read": {"read"}, "write": {"write"}, "upload": {"upload"}, "render": {"render", "write"}}
"""The scopes of an anonymous account's token that open a route; one with `write` renders, too."""

ALL = ("read", "write", "upload", "render")


def ask(visitor: Visitor, line: str) -> httpx.Response:
    """Ask a route of the table."""
    method, path = line.format(session=visitor.session).split()
    body = ROUTES[line][1]
    return visitor.ask(method, path, **({} if body is None else {"json": body}))


@pytest.mark.parametrize("line", ROUTES)
@rests_on("code 403", "managed tokens", "rendering without the scope")
def test_a_token_without_the_scope_is_refused(visitor: Visitor, line: str) -> None:
    """All other scopes together do not open the route; the one that is missing is named."""
    needed = ROUTES[line][0]
    others = [scope for scope in ALL if scope not in ENOUGH[needed]]
    reply = ask(visitor.with_token(visitor.new_token(*others)["token"]), line)

    assert reply.status_code == 403
    if not line.startswith("HEAD"):
        assert needed in refused(reply, 403)


@pytest.mark.parametrize("line", ROUTES)
@rests_on("code 403", "managed tokens", "rendering without the scope")
def test_a_token_with_the_scope_is_let_in(visitor: Visitor, line: str) -> None:
    """That scope alone opens the route."""
    for scope in sorted(ENOUGH[ROUTES[line][0]]):
        reply = ask(visitor.with_token(visitor.new_token(scope)["token"]), line)

        assert reply.status_code != 403, reply.text


@reading(anon_scopes="read,write,upload")
@rests_on("anonymous scopes", "anon_scopes=read,write,upload", "GET /api/tokens")
def test_an_anonymous_token_reads_writes_and_uploads(visitor: Visitor) -> None:
    """From version 1.8 on."""
    (token,) = data(visitor.get("/api/tokens"))["tokens"]

    assert token["scopes"] == ["read", "write", "upload"]


@reading(anon_scopes="*")
@rests_on("anonymous scopes", "anon_scopes=read,write,upload", "GET /api/tokens", "code 403")
def test_an_anonymous_token_may_have_been_good_for_all(visitor: Visitor) -> None:
    """Before version 1.8: then it makes tokens for all, which open every route."""
    (token,) = data(visitor.get("/api/tokens"))["tokens"]
    all_of_it = visitor.with_token(visitor.new_token("*")["token"])

    assert token["scopes"] == ["*"]
    assert [line for line in ROUTES if ask(all_of_it, line).status_code == 403] == []


@reading(anon_scopes="read")
@rests_on("code 403", "anonymous scopes")
def test_who_may_only_read_opens_no_session(stranger: Visitor) -> None:
    """A service may give even less."""
    stranger.identify()

    refused(stranger.ask_session(), 403)
    assert stranger.credits()["total"] == 100
