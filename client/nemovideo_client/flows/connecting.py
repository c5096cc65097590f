"""Getting ready to talk, silently but for a few words (all four skills, "connect first")."""

from __future__ import annotations

from nemovideo_client.display import Link, Status
from nemovideo_client.errors import NotFound
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.endpoints import claim_link, create_session
from nemovideo_client.models import Session
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import OPEN_PROJECT


def connect(ctx: Context, *, language: str | None = None) -> Flow[Session]:
    """Get a token where there is none, and a new session; the client talks in it from now on.

    Shows a status while it does, and where the skill says so a link to the project, if there can be one.
    """
    yield Show(Status(ctx.say(ctx.options.connecting)))
    session = yield from create_session(ctx, language=language)
    if ctx.options.claim_link and session.task_id is not None:
        yield from _show_link(ctx, session)
    yield Show(Status(ctx.say(ctx.options.ready)))
    return session


def _show_link(ctx: Context, session: Session) -> Flow[None]:
    """Show a link to the project; a service without claim tokens (before 1.9) is no reason to stop."""
    try:
        url = yield from claim_link(ctx, session)
    except NotFound:
        return
    yield Show(Link(ctx.say(OPEN_PROJECT), url))
