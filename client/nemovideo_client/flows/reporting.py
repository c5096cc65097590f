"""A call, and what a person wants to know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from nemovideo_client.display import Delivered, Say, Stage, Status, Timeline, Working
from nemovideo_client.draft.summary import lines
from nemovideo_client.errors import Malformed
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.relay import relay
from nemovideo_client.models import Credits, Export, Render, State, Upload, UploadedFile
from nemovideo_client.wire.messages import Progress
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import (
    BALANCE,
    DOWNLOADING,
    NOT_THAT_SIZE,
    RENDERING,
    RESERVED,
    UPLOADED,
    UPLOADING,
    VIDEO_READY,
)

Tell: TypeAlias = Callable[[Working], None]
"""Told how far something has come while it is under way."""


def report_credits(ctx: Context) -> Flow[Credits]:
    """Show what can be spent, and what is reserved."""
    balance = yield from endpoints.credits(ctx)
    yield Show(Say(ctx.say(BALANCE).format(available=balance.available)))
    if balance.frozen:
        yield Show(Say(ctx.say(RESERVED).format(frozen=balance.frozen)))
    return balance


def report_state(ctx: Context) -> Flow[State]:
    """Show the timeline."""
    state = yield from endpoints.state(ctx)
    yield Show(Timeline(lines(state.draft, ctx.language)))
    return state


def report_upload(ctx: Context, sources: Sequence[str], tell: Tell | None) -> Flow[Upload]:
    """Upload files and URLs, and say what arrived."""
    text = ctx.say(UPLOADING)
    yield Show(Status(text))
    done = yield from endpoints.upload(ctx, *sources, on_progress=heard("upload", text, tell))
    for file in done.files:
        yield Show(Say(ctx.say(UPLOADED).format(file=_described(file))))
    return done


def report_film(
    ctx: Context,
    where: Callable[[str], Path],
    wanted: Mapping[str, str],
    tell: Tell | None,
    render_id: str | None = None,
) -> Flow[Export]:
    """Get a film, save it where `where` says for its render id, and say so; `render_id` resumes a render.

    `wanted` are fields of the order's `output`: without them it is MP4 in high quality, as it is.
    """
    output = {"format": "mp4", "quality": "high", **wanted}
    yield Show(Status(ctx.say(RENDERING)))
    ordered = endpoints.export(ctx, render_id=render_id, output=output)
    try:
        render = (yield from relay(ordered, _how_far)).render
    except Malformed as error:
        raise _about_size(ctx, error, wanted.get("resolution")) from None
    path, progress = where(render.id), heard("download", ctx.say(DOWNLOADING), tell)
    film = yield from endpoints.download_render(ctx, render, path, on_progress=progress)
    yield Show(Delivered(path, film.size or 0, ctx.say(VIDEO_READY)))
    return film


def _about_size(ctx: Context, error: Malformed, size: str | None) -> Malformed:
    """Say for people what the service says of `output.resolution`, if that is what it is about."""
    if size is None or "resolution" not in error.message:
        return error
    return Malformed(
        ctx.say(NOT_THAT_SIZE).format(size=size),
        next_step="",
        code=error.code,
        status=error.status,
        endpoint=error.endpoint,
        request_id=error.request_id,
    )


def _how_far(thing: Any) -> tuple[Any]:
    if isinstance(thing, Render):
        return (Working("render", thing.progress or 0, 100, f"⏳ {thing.progress or 0}%"),)
    return (thing,)


def heard(stage: Stage, text: str, tell: Tell | None) -> Progress | None:
    """Return what an upload or a download is to tell its bytes; None where nobody listens."""
    if tell is None:
        return None
    return lambda done, total: tell(Working(stage, done, total, text))


def _described(file: UploadedFile) -> str:
    """Return a file's name, and its length and size where it has them: `beach.mp4 (8 s, 640x360)`."""
    length = (f"{file.duration:g} s",) if file.duration else ()
    pixels = (f"{file.width}x{file.height}",) if file.width and file.height else ()
    facts = ", ".join(length + pixels)
    return f"{file.filename} ({facts})" if facts else file.filename
