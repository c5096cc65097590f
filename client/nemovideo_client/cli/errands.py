"""The commands that are one or two calls, as flows that show what a person wants to know."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_client.cli.sentences import CONNECTED
from nemovideo_client.display import Say
from nemovideo_client.flows.connecting import connect as connecting
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.reporting import (
    Tell,
    report_credits,
    report_state,
    report_upload,
)
from nemovideo_client.models import Json, UploadedFile
from nemovideo_client.wire.steps import Flow, Show


def connect(ctx: Context) -> Flow[Json]:
    """Start a new session, in which the commands go on."""
    session = yield from connecting(ctx)
    yield Show(Say(ctx.say(CONNECTED).format(session=session.session_id)))
    return {"session_id": session.session_id, "task_id": session.task_id}


def credits(ctx: Context) -> Flow[Json]:  # noqa: A001 it is what the command is called
    """Show what can be spent."""
    balance = yield from report_credits(ctx)
    return {
        "available": balance.available,
        "frozen": balance.frozen,
        "total": balance.total,
    }


def state(ctx: Context) -> Flow[Json]:
    """Show the timeline."""
    yield from connected(ctx)
    now = yield from report_state(ctx)
    return {"session_id": session_id(ctx), "draft": now.draft}


def upload(ctx: Context, sources: Sequence[str], tell: Tell) -> Flow[Json]:
    """Put files and URLs into the session; `tell` hears of the bytes."""
    yield from connected(ctx)
    done = yield from report_upload(ctx, sources, tell)
    return {"session_id": session_id(ctx), "files": [_facts(file) for file in done.files]}


def connected(ctx: Context) -> Flow[None]:
    """Start a session where there is none."""
    if ctx.account.session is None:
        yield from connecting(ctx)


def session_id(ctx: Context) -> str | None:
    """Return the session that the client talks in."""
    return ctx.account.session.session_id if ctx.account.session else None


def _facts(file: UploadedFile) -> Json:
    names = ("filename", "kind", "duration", "width", "height", "fps")
    return {name: getattr(file, name) for name in names}
