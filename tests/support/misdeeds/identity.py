"""Who asks, badly told: attribution, tokens, client ids."""

from __future__ import annotations

import httpx

from support.bad_client import CREDITS, BadClient
from support.misdeeds.deed import error, warning

# Attribution


@error("attribution-missing")
def _(bad: BadClient) -> httpx.Response:
    """Leave the version out."""
    bad.connect()
    return bad.ask(x_skill_version=None)


@warning("attribution-says-nothing")
def _(bad: BadClient) -> httpx.Response:
    """Send the template as it stands in the document."""
    bad.connect()
    return bad.ask(x_skill_source="<skill_name>")


@warning("attribution-changes")
def _(bad: BadClient) -> httpx.Response:
    """Say another skill's name in the middle of a session."""
    bad.connect().look()
    bad.headers["X-Skill-Source"] = "another-skill"
    return bad.look()


# Tokens


@error("bearer-missing")
def _(bad: BadClient) -> httpx.Response:
    """Ask for the credits of nobody."""
    bad.connect()
    return bad.ask(authorization=None)


@error("token-in-url")
def _(bad: BadClient) -> httpx.Response:
    """Put the token into the query, beside the header."""
    bad.connect()
    return bad.get(f"{CREDITS}?token={bad.token}")


@warning("claim-link-with-token")
def _(bad: BadClient) -> httpx.Response:
    """Open the link that older documents print."""
    bad.connect()
    query = {"token": bad.token, "task": bad.task, "session": bad.session}
    return bad.http.get("/workspace/claim", params=query)


@error("claim-token-as-bearer")
def _(bad: BadClient) -> httpx.Response:
    """Take what is made for a link to the API."""
    bad.connect()
    project = {"task_id": bad.task, "session_id": bad.session}
    claim = bad.post("/api/auth/claim-token", project).json()["data"]["claim_token"]
    return bad.ask(authorization=f"Bearer {claim}")


# Client ids


@error("client-id-missing-again")
def _(bad: BadClient) -> httpx.Response:
    """Take no notice of a 400."""
    bad.arrive(None)
    return bad.arrive(None)


@warning("token-not-kept")
def _(bad: BadClient) -> httpx.Response:
    """Forget the token, and ask for another the same day."""
    bad.connect()
    bad.wait(3600)
    return bad.arrive()
