"""Refusals that are not taken for an answer, and requests that had to be refused."""

from __future__ import annotations

import httpx

from support.bad_client import BadClient
from support.misdeeds.deed import error, hint, warning

# Refusals


@error(
    "dead-token-used",
    scenario={"accounts": [{"name": "mia", "tokens": [{"name": "old", "age": "8d"}]}]},
)
def _(bad: BadClient) -> httpx.Response:
    """Go on with an expired token (the second request may be somebody's who had not heard)."""
    bad.return_()
    bad.ask()
    bad.ask()
    return bad.ask()


@error("lost-session-used")
def _(bad: BadClient) -> httpx.Response:
    """Go on in a session that is not there."""
    bad.connect()
    bad.session = "9" * 19
    bad.look()
    return bad.look()


@warning("blocked-export-repeated", scenario={"variants": {"free_plan_export": "block"}})
def _(bad: BadClient) -> httpx.Response:
    """Take no notice of a 402."""
    bad.connect().film()
    bad.wait(60)
    return bad.film("render_2")


@warning("refused-upload-repeated")
def _(bad: BadClient) -> httpx.Response:
    """Send what is no film a second time."""
    bad.connect().upload("notes.txt", b"no film")
    return bad.upload("notes.txt", b"no film")


# Rate limits


@warning(
    "retried-too-soon",
    scenario={"faults": [{"at": "token.issued", "do": {"status": 429, "retry_after": 30}}]},
)
def _(bad: BadClient) -> httpx.Response:
    """Wait five seconds where thirty were asked for."""
    bad.arrive()
    bad.wait(5)
    return bad.arrive()


@warning(
    "retried-again",
    scenario={"faults": [{"at": "token.issued", "do": {"status": 429}, "times": 2}]},
)
def _(bad: BadClient) -> httpx.Response:
    """Take no second refusal for an answer."""
    for _ in range(2):
        bad.arrive()
        bad.wait(30)
    return bad.arrive()


# Sessions and routes


@hint("session-for-every-message")
def _(bad: BadClient) -> httpx.Response:
    """Open a session for each of three questions."""
    bad.identify()
    return [bad.open().chat("What can you do?") for _ in range(3)][-1]


@error("unknown-route")
def _(bad: BadClient) -> httpx.Response:
    """Believe a page that makes the API up."""
    bad.connect()
    return bad.post("/api/v1/generate", {"prompt": "a beach"})
