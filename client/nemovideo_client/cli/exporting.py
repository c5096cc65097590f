"""`export`: from the timeline to a file, or what became of a render ordered earlier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import CANCELLED, GET_FILM, RENDER_GOES_ON
from nemovideo_client.cli.underway import Underway
from nemovideo_client.display import Delivered, Say, Status, Working
from nemovideo_client.errors import DownloadFailed, RenderTimeout
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.models import Json
from nemovideo_client.wire.steps import Check, Flow, Show
from nemovideo_client.words import DOWNLOADING, RENDERING, VIDEO_READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What film is wanted, and where; `render_id`: one ordered earlier."""

    place: Path
    resolution: str | None = None
    render_id: str | None = None


def export(runner: Runner, order: Order) -> Json:
    """Get a film, and show where it is; whoever does not get it is told how to resume it."""
    if order.render_id is None:
        runner.begin()
    flow = partial(_export, order=order, tell=runner.front.show)
    try:
        return runner.run(flow, Underway(render_id=order.render_id))
    except RenderTimeout as error:
        error.next_step = RENDER_GOES_ON.format(render_id=error.render_id)
        raise
    except DownloadFailed as error:
        error.next_step = GET_FILM.format(render_id=error.render_id)
        raise


def _export(ctx: Context, order: Order, tell: Callable[[Working], None]) -> Flow[Json]:
    if not order.place.is_dir():
        yield Check(order.place)
    yield Show(Status(ctx.say(RENDERING)))
    output = {"format": "mp4", "quality": "high"}
    if order.resolution:
        output["resolution"] = order.resolution
    done = yield from endpoints.export(ctx, render_id=order.render_id, output=output)
    render = done.render
    path = order.place / f"{render.id}.mp4" if order.place.is_dir() else order.place
    text = ctx.say(DOWNLOADING)
    saved = yield from endpoints.download_render(
        ctx,
        render,
        path,
        on_progress=lambda got, total: tell(Working("download", got, total, text)),
    )
    yield Show(Delivered(path, saved.size or 0, ctx.say(VIDEO_READY)))
    return {
        "render_id": render.id,
        "path": str(path),
        "size": saved.size,
        "duration": render.duration,
    }


def cancel(ctx: Context, render_id: str) -> Flow[Json]:
    """Stop a render, and say how it stands."""
    render = yield from endpoints.cancel_render(ctx, render_id)
    yield Show(Say(ctx.say(CANCELLED).format(status=render.status)))
    return {"render_id": render.id, "status": render.status}
