"""Messages and streams."""

from __future__ import annotations

import httpx

from support.bad_client import BadClient
from support.misdeeds.deed import EDIT, FILM, OTHER, RICH, error, hint, warning

# Messages


@error("resent-while-working", costs=100, scenario=RICH)
def _(bad: BadClient) -> httpx.Response:
    """Send the message again after a minute, and read both streams."""
    bad.connect()
    with bad.sending(FILM) as first:
        bad.wait(60)
        again = bad.chat(FILM)
        first.read()
    return again


@warning("sent-while-working", costs=50)
def _(bad: BadClient) -> httpx.Response:
    """Send the second edit before the first one is paid for."""
    bad.connect()
    with bad.sending(EDIT) as first:
        other = bad.chat(OTHER)
        first.read()
    return other


@error(
    "resent-after-break",
    costs=100,
    also=("break-not-looked-into",),
    scenario={
        **RICH,
        "faults": [{"at": "turn.first_event", "side": "after", "do": {"break": "reset"}}],
    },
)
def _(bad: BadClient) -> httpx.Response:
    """Take a broken stream for work that was not done."""
    bad.connect().chat(FILM)
    bad.wait(900)
    return bad.chat(FILM)


@warning("resent-without-credits", costs=0, scenario={"newcomers": {"credits": 0}})
def _(bad: BadClient) -> httpx.Response:
    """Hope that the credits come by themselves."""
    bad.connect().chat(EDIT)
    bad.wait(60)
    return bad.chat(EDIT)


@warning("export-in-chat", costs=0)
def _(bad: BadClient) -> httpx.Response:
    """Ask the agent for what is the render service's."""
    return bad.connect().chat("export the video")


@hint("event-stream-not-accepted")
def _(bad: BadClient) -> httpx.Response:
    """Accept JSON, and get a stream."""
    return bad.connect().chat("What can you do?", accept="application/json")


# Streams


@warning("stream-closed-early")
def _(bad: BadClient) -> httpx.Response:
    """Go with the first event."""
    return bad.connect().leave(EDIT)


@error("silence-not-looked-into", scenario={"silence": "always"})
def _(bad: BadClient) -> httpx.Response:
    """Send the next message after an edit that said nothing."""
    bad.connect().chat(EDIT)
    return bad.chat("What can you do?")


@error(
    "break-not-looked-into",
    scenario={
        **RICH,
        "faults": [{"at": "turn.heartbeat[1]", "side": "after", "do": {"break": "reset"}}],
    },
)
def _(bad: BadClient) -> httpx.Response:
    """Go on as if nothing were when a stream has broken."""
    bad.connect().chat(FILM)
    bad.wait(900)
    return bad.chat(EDIT)


@hint(
    "looked-too-soon",
    scenario={"faults": [{"at": "turn.first_event", "side": "after", "do": {"break": "reset"}}]},
)
def _(bad: BadClient) -> httpx.Response:
    """Look while there is nothing to be seen yet."""
    bad.connect().chat(FILM)
    return bad.look()
