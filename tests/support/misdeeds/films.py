"""Drafts, renders and polls."""

from __future__ import annotations

import httpx

from support.bad_client import RENDER, BadClient
from support.misdeeds.deed import EDIT, OTHER, error, hint, warning

# Drafts


@error("render-without-state")
def _(bad: BadClient) -> httpx.Response:
    """Order a film of a draft of one's own."""
    segment = {"id": "clip", "s": 0, "d": 5000}
    return bad.connect().order("render_1", {"d": 5000, "t": [{"tt": 0, "sg": [segment]}]})


@error("render-of-nothing")
def _(bad: BadClient) -> httpx.Response:
    """Order a film of a session in which nothing has been made."""
    bad.connect().look()
    return bad.order("render_1", {"d": 0, "t": []})


@warning("draft-not-verbatim")
def _(bad: BadClient) -> httpx.Response:
    """Leave a track out of what the state shows."""
    bad.connect()
    bad.chat(EDIT)
    bad.chat(OTHER)
    draft = bad.state()["draft"]
    return bad.order("render_1", {**draft, "t": draft["t"][:1]})


# Renders


@error("session-id-misspelt")
def _(bad: BadClient) -> httpx.Response:
    """Write it as everywhere else."""
    bad.connect().chat(EDIT)
    draft = bad.state()["draft"]
    order = {"id": "render_1", "session_id": bad.session, "draft": draft}
    return bad.post(RENDER, order)


@error("render-id-reused")
def _(bad: BadClient) -> httpx.Response:
    """Order a second film under the first one's id."""
    bad.connect().film("render_1")
    bad.wait(60)
    return bad.film("render_1")


@warning("failed-render-repeated", scenario={"renders": {"outcomes": [{"fail": "lost"}] * 2}})
def _(bad: BadClient) -> httpx.Response:
    """Order it a third time, under a new id, when two have failed."""
    bad.connect()
    for id_ in ("render_1", "render_2"):
        bad.film(id_)
        while bad.poll(id_).json()["status"] != "failed":
            pass
    return bad.film("render_3")


@warning("fetched-too-early")
def _(bad: BadClient) -> httpx.Response:
    """Fetch a film that has only just been ordered."""
    bad.connect().film()
    return bad.get("/api/render/proxy/render_1/download")


# Polls


@warning("polled-too-fast")
def _(bad: BadClient) -> httpx.Response:
    """Poll every five seconds."""
    bad.connect().film()
    return [bad.poll(after=5) for _ in range(3)][-1]


@warning("polled-after-the-end", scenario={"renders": {"timing": {"seconds": [20, 25]}}})
def _(bad: BadClient) -> httpx.Response:
    """Poll twice more when the film is there."""
    bad.connect().film()
    return [bad.poll() for _ in range(3)][-1]


@hint("polled-too-long", scenario={"renders": {"timing": {"polls": {"completed": 20}}}})
def _(bad: BadClient) -> httpx.Response:
    """Poll an eleventh time."""
    bad.connect().film()
    return [bad.poll() for _ in range(11)][-1]
