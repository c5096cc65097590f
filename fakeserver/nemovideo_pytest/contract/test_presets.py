"""What the versions of the vendor's skill say, each as a whole."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.replies import data, refused
from nemovideo_pytest.contract.visitor import Visitor

VERSIONS: dict[str, dict[str, Any]] = {
    "1.9": {
        "named": True, "twice": 429, "user_id": False, "forever": False, "scopes": 3,
        "bare export": 402, "bare balance": 1001, "claim": 200, "legacy": 404, "shape": "top",
    },
    "1.8": {
        "named": True, "twice": 429, "user_id": False, "forever": False, "scopes": 3,
        "bare export": 402, "bare balance": 0, "claim": 404, "legacy": 404, "shape": "top",
    },
    "1.5": {
        "named": True, "twice": 429, "user_id": False, "forever": True, "scopes": 1,
        "bare export": 200, "bare balance": 0, "claim": 404, "legacy": 404, "shape": "top",
    },
    "4.4": {
        "named": False, "twice": 200, "user_id": True, "forever": False, "scopes": 1,
        "bare export": 200, "bare balance": 0, "claim": 404, "legacy": 404, "shape": "data",
    },
    "2026-03-13": {
        "named": False, "twice": 200, "user_id": True, "forever": False, "scopes": 1,
        "bare export": 200, "bare balance": 0, "claim": 404, "legacy": 200, "shape": "top",
    },
}  # fmt: skip
"""What can be seen of each version from outside."""


def bare(visitor: Visitor) -> dict[str, Any]:
    """Return the headers of a request without attribution."""
    return {"headers": {"Authorization": f"Bearer {visitor.token}"}}


@pytest.mark.parametrize(
    "version",
    [pytest.param(v, marks=reading(preset=v)) for v in VERSIONS],
    ids=list(VERSIONS),
)
@rests_on("preset=1.9", "preset=1.8", "preset=1.5", "preset=4.4", "preset=2026-03-13")
def test_a_version_is_followed_as_a_whole(stranger: Visitor, version: str) -> None:
    """Tokens, sessions, exports, links and paths, as that version has them."""
    http = stranger.http
    told = data(stranger.ask_token())
    stranger.take(told["token"])
    opened = data(stranger.ask_session())
    stranger.task, stranger.session = opened["task_id"], opened["session_id"]
    order = http.post(
        "/api/render/proxy/lambda", json=stranger.order_body(draft={}), **bare(stranger)
    )
    balance = http.get("/api/credits/balance/simple", **bare(stranger))
    claim = {"task_id": stranger.task, "session_id": stranger.session}
    seen = {
        "named": http.post("/api/auth/anonymous-token").status_code == 400,
        "twice": stranger.ask_token().status_code,
        "user_id": "user_id" in opened,
        "forever": told["expires_at"] is None,
        "scopes": len(data(stranger.get("/api/tokens"))["tokens"][0]["scopes"]),
        "bare export": order.status_code,
        "bare balance": balance.json()["code"],
        "claim": stranger.post("/api/auth/claim-token", claim).status_code,
        "legacy": _legacy(stranger).status_code,
        "shape": "data" if "success" in stranger.order(draft={}).json() else "top",
    }

    assert seen == VERSIONS[version]


def _legacy(visitor: Visitor) -> httpx.Response:
    return visitor.post("/api/render/proxy/draft", visitor.order_body(draft={}))


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(v, marks=reading(preset=v))
        for v in ("4.4", "2026-03-13")
    ],
)  # fmt: skip
@rests_on("preset=4.4", "preset=2026-03-13", "Retry-After", "tokens per address")
def test_the_first_versions_give_an_address_five_tokens_an_hour(
    stranger: Visitor, version: str
) -> None:
    """Then it is 429, for an hour."""
    served = [stranger.ask_token(f"{stranger.client_id}-{n}").status_code for n in range(5)]
    reply = stranger.ask_token(f"{stranger.client_id}-5")

    assert served == [200] * 5, version
    refused(reply, 429)
    assert 3500 < int(reply.headers["Retry-After"]) <= 3600
