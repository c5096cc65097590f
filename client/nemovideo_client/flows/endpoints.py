"""One flow for each thing the API can do, and for the two that take several calls: upload and export."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from nemovideo_client.errors import UsageError
from nemovideo_client.flows.comparing import read_state
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.downloading import downloaded
from nemovideo_client.flows.exchange import exchange, in_session, new_token, own_session
from nemovideo_client.flows.relay import relay
from nemovideo_client.flows.rendering import awaited, ordered, rendered
from nemovideo_client.models import (
    ApiToken,
    ClaimToken,
    Credits,
    Export,
    Json,
    Render,
    Session,
    State,
    Token,
    Upload,
)
from nemovideo_client.wire import calls
from nemovideo_client.wire.messages import Progress
from nemovideo_client.wire.steps import Alone, Check, Flow

OnRender: TypeAlias = Callable[[Render], None]
"""Told how a render stands, each time that is known."""


def create_anonymous_token(ctx: Context) -> Flow[Token]:
    """Ask for a new anonymous token, 100 credits and 7 days, and use it from now on.

    A client id gets one in 7 days: raises RateLimited before. Any other method gets a token by itself
    when there is none.
    """
    token: Token = yield Alone(new_token(ctx))
    return token


def create_session(
    ctx: Context, *, task_name: str = "project", language: str | None = None
) -> Flow[Session]:
    """Make a new session and talk in it from now on.

    `language` is what the service is told; None: what `Options.session_language` says.
    """
    language = ctx.session_language() if language is None else language
    session = yield from exchange(ctx, calls.create_session(task_name=task_name, language=language))
    ctx.account.enter(session)
    return session


def create_claim_token(ctx: Context, session: Session | None = None) -> Flow[ClaimToken]:
    """Make a token that opens a session's project in a browser, and no API (7 days)."""
    session = session or (yield from own_session(ctx))
    if session.task_id is None:  # known by its id only: the state knows the rest
        known = yield from read_state(ctx, session.session_id)
        session = replace(session, task_id=known.task_id)
    if session.task_id is None:
        raise UsageError("This session has no task id, so there is no project to open")
    return (yield from exchange(ctx, calls.claim_token(session)))


def claim_link(ctx: Context, session: Session | None = None) -> Flow[str]:
    """Return a link that opens a session's project in a browser. It holds a claim token, never the token."""
    claim = yield from create_claim_token(ctx, session)
    return f"{ctx.options.web_url}/workspace/claim?ct={claim.value}"


def credits(ctx: Context) -> Flow[Credits]:  # noqa: A001 it is what the service calls them
    """Return the credits of the account."""
    return (yield from exchange(ctx, calls.credits()))


def state(ctx: Context, *, session_id: str | None = None) -> Flow[State]:
    """Return a session as it stands: its draft, and the media in it."""

    def attempt(session: str) -> Flow[State]:
        return (yield from read_state(ctx, session))

    return (yield from in_session(ctx, session_id, attempt))


def upload(
    ctx: Context,
    *sources: str | os.PathLike[str],
    session_id: str | None = None,
    on_progress: Progress | None = None,
) -> Flow[Upload]:
    """Upload files and URLs into a session; what begins with http:// or https:// is a URL.

    `on_progress` is told bytes sent and bytes in all. Raises UnsupportedFile and FileTooLarge.
    """
    if not sources:
        raise UsageError("There is nothing to upload", next_step="Name a file or a URL.")
    urls = [source for source in sources if _is_url(source)]
    paths = [Path(source) for source in sources if not _is_url(source)]

    def attempt(session: str) -> Flow[Upload]:
        return (yield from _upload(ctx, session, paths, urls, on_progress))

    return (yield from in_session(ctx, session_id, attempt))


def _is_url(source: str | os.PathLike[str]) -> bool:
    return isinstance(source, str) and source.startswith(("http://", "https://"))


def _upload(
    ctx: Context,
    session: str,
    paths: Sequence[Path],
    urls: Sequence[str | os.PathLike[str]],
    progress: Progress | None,
) -> Flow[Upload]:
    """Upload files in one request, URLs in another."""
    parts: list[Upload] = []
    if paths:
        parts.append((yield from exchange(ctx, calls.upload_files(session, paths, progress))))
    if urls:
        names = [str(url) for url in urls]
        parts.append((yield from exchange(ctx, calls.upload_urls(session, names))))
    return Upload(
        files=tuple(file for part in parts for file in part.files),
        applied=parts[-1].applied,
        request_id=parts[-1].request_id,
    )


def submit_render(
    ctx: Context, *, session_id: str | None = None, output: Json | None = None
) -> Flow[Render]:
    """Order a film of a session's draft as it is now; `output` is `{"format":"mp4","quality":"high"}`."""
    return (yield from ordered(ctx, session_id, output))


def render_status(ctx: Context, render_id: str) -> Flow[Render]:
    """Return how a render stands."""
    return (yield from exchange(ctx, calls.render_status(render_id)))


def cancel_render(ctx: Context, render_id: str) -> Flow[Render]:
    """Stop a render; what is over stays as it is."""
    return (yield from exchange(ctx, calls.cancel_render(render_id)))


def wait_for_render(
    ctx: Context, render_id: str, *, on_progress: OnRender | None = None
) -> Flow[Render]:
    """Poll a render until it is completed. Raises a RenderError, which carries the id."""
    return (yield from relay(awaited(ctx, render_id, at_once=True), _told(on_progress)))


def _told(on_progress: OnRender | None) -> Callable[[Any], tuple[Any]]:
    """Tell somebody how a render stands, and go on showing it."""

    def hear(thing: Any) -> tuple[Any]:
        if on_progress is not None and isinstance(thing, Render):
            on_progress(thing)
        return (thing,)

    return hear


def download_render(
    ctx: Context,
    render: Render,
    path: str | os.PathLike[str],
    *,
    on_progress: Progress | None = None,
) -> Flow[Export]:
    """Save a completed render at `path`, whole or not at all. Raises DownloadFailed."""
    yield Check(Path(path))
    size = yield from downloaded(ctx, render, Path(path), on_progress)
    return Export(render=render, path=Path(path), size=size)


def export(  # noqa: PLR0913 all but the path are keyword-only
    ctx: Context,
    path: str | os.PathLike[str] | None = None,
    *,
    session_id: str | None = None,
    render_id: str | None = None,
    output: Json | None = None,
    on_progress: OnRender | None = None,
    on_download: Progress | None = None,
) -> Flow[Export]:
    """Turn a session's draft into a film, and save it at `path` where one is given. Costs nothing.

    With `render_id` a render ordered earlier is resumed. `on_progress` is told how the render stands at
    each poll, `on_download` bytes saved and bytes in all. Raises NothingToExport, ExportBlocked, and a
    RenderError with the render id to resume by.
    """
    if path is not None:
        yield Check(Path(path))
    resumed = (
        awaited(ctx, render_id, at_once=True) if render_id else rendered(ctx, session_id, output)
    )
    render = yield from relay(resumed, _told(on_progress))
    if path is None:
        return Export(render=render, size=render.size)
    return (yield from download_render(ctx, render, path, on_progress=on_download))


def create_api_token(
    ctx: Context, name: str, *, scopes: Sequence[str] = ("*",), expires_in_days: int = 90
) -> Flow[ApiToken]:
    """Make a further token of the account; its value is in this answer only."""
    return (yield from exchange(ctx, calls.create_api_token(name, scopes, expires_in_days)))


def list_api_tokens(ctx: Context) -> Flow[tuple[ApiToken, ...]]:
    """Return the account's tokens, without their values."""
    return (yield from exchange(ctx, calls.list_api_tokens()))


def revoke_api_token(ctx: Context, token_id: str) -> Flow[ApiToken]:
    """Revoke one of the account's tokens, for good."""
    return (yield from exchange(ctx, calls.revoke_api_token(token_id)))
