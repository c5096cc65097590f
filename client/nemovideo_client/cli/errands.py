"""The commands that are one or two calls, as flows that show what a person wants to know."""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_client.cli.locales import spoken_here
from nemovideo_client.cli.sentences import CONNECTED, THE_LAST
from nemovideo_client.display import Say, Suggestion
from nemovideo_client.flows.connecting import connect as connecting
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.reporting import (
    Tell,
    report_credits,
    report_state,
    report_upload,
)
from nemovideo_client.models import Json, UploadedFile
from nemovideo_client.talk.language import detect
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import Wording, spoken


def connect(ctx: Context) -> Flow[Json]:
    """Start a new session, in which the commands go on, and name the one before."""
    last = session_id(ctx)
    session = yield from connecting(ctx)
    yield Show(Say(ctx.say(CONNECTED).format(session=session.session_id)))
    if last is not None:
        yield Show(Say(ctx.say(THE_LAST).format(session=last)))
    return {"session_id": session.session_id, "task_id": session.task_id}


def begin(ctx: Context, text: str) -> Flow[None]:
    """Start the first session, for somebody who begins with `text`."""
    if text.strip():
        ctx.account.language = detect(text)
    yield from connecting(ctx)


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
    now = yield from report_state(ctx)
    return {"session_id": session_id(ctx), "draft": now.draft}


def upload(ctx: Context, sources: Sequence[str], tell: Tell) -> Flow[Json]:
    """Put files and URLs into the session; `tell` hears of the bytes."""
    done = yield from report_upload(ctx, sources, tell)
    return {"session_id": session_id(ctx), "files": [_facts(file) for file in done.files]}


def hint(ctx: Context, sentence: Wording[str]) -> Flow[None]:
    """Show how to use a command, in the language asked for, last written in, or of the locale."""
    language = ctx.options.language or ctx.account.language or spoken_here()
    yield Show(Suggestion(sentence[spoken(language)]))


def session_id(ctx: Context) -> str | None:
    """Return the session that the client talks in."""
    return ctx.account.session.session_id if ctx.account.session else None


def _facts(file: UploadedFile) -> Json:
    names = ("filename", "kind", "duration", "width", "height", "fps")
    return {name: getattr(file, name) for name in names}
