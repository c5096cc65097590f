"""Routes that not every version of the vendor's documents has: where a world has not, they are unmatched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nemovideo_fakeserver import Variants
from nemovideo_fakeserver.api.routes import ROUTES
from support.caller import Caller
from support.wire import refusal

LEGACY = ("POST /api/render/proxy/draft", "GET /api/render/proxy/{render}")
CLAIM = "POST /api/auth/claim-token"
PAGE = "GET /workspace/claim"


def missing(variants: Variants) -> set[str]:
    """Return the routes that a world lacks."""
    return {r.name for r in ROUTES if r.offered is not None and not r.offered(variants)}


@pytest.mark.parametrize(
    ("key", "value", "lacks"),
    [
        ("legacy_render", "accept", ()),
        ("legacy_render", "refuse", LEGACY),
        ("claim_link", "ct", ()),
        ("claim_link", "token", (CLAIM,)),
        ("claim_link", "bare", (CLAIM,)),
        ("claim_link", "none", (CLAIM, PAGE)),
    ],
)
def test_what_a_world_lacks(key: str, value: str, lacks: tuple[str, ...]) -> None:
    """The old render paths, claim tokens, and the page that links to a project lead to."""
    assert missing(Variants().changed(key, value)) == set(lacks)


@pytest.mark.parametrize(
    ("method", "path", "chosen"),
    [
        ("POST", "/api/render/proxy/draft", {"legacy_render": "refuse"}),
        ("GET", "/api/render/proxy/r1", {"legacy_render": "refuse"}),
        ("DELETE", "/api/render/proxy/r1", {"legacy_render": "refuse"}),
        ("POST", "/api/auth/claim-token", {"claim_link": "token"}),
        ("GET", "/workspace/claim", {"claim_link": "none"}),
    ],
)
def test_a_route_that_is_not_offered_is_unmatched(
    variant: Callable[..., Caller], method: str, path: str, chosen: dict[str, str]
) -> None:
    """As any unknown path, for whoever asks; the nearest route that is named is one there is."""
    caller = variant(**chosen)
    for headers in (caller.headers, {}):
        response = caller.http.request(method, path, headers=headers)

        assert response.status_code == 404
        assert response.headers["x-nemo-fake"] == "unmatched"
        assert "x-request-id" not in response.headers
        assert response.json()["unmatched"] == f"{method} {path}"
        assert response.json()["nearest"] not in (*LEGACY, CLAIM, PAGE)


def test_the_old_render_paths_do_what_the_new_ones_do(variant: Callable[..., Caller]) -> None:
    """Where they are accepted, and without harm to the others where they are not."""
    for reading, status in (("accept", 200), ("refuse", 404)):
        caller = variant(legacy_render=reading)
        caller.say("edit 20")
        order = {"sessionId": caller.session, "draft": caller.state()["draft"]}
        old = caller.post("/api/render/proxy/draft", {"id": "r1", **order})
        new = caller.post("/api/render/proxy/lambda", {"id": "r2", **order})

        assert (old.status_code, new.status_code) == (status, 200)
        assert caller.get("/api/render/proxy/r2").status_code == status
        assert caller.get("/api/render/proxy/lambda/r2").status_code == 200
        assert refusal(caller.get("/api/render/proxy/r2/download"))[0] == 409
