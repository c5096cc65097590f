"""`export`: from the timeline to a file, or what became of a render ordered earlier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nemovideo_client.cli.errands import connected
from nemovideo_client.cli.failures import Interrupted
from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import CANCELLED, MAY_GO_ON, RENDER_GOES_ON
from nemovideo_client.display import Delivered, Say, Status, Working
from nemovideo_client.errors import DownloadFailed, RenderTimeout
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.relay import relay
from nemovideo_client.models import Json, Render
from nemovideo_client.wire.steps import Flow, Show
from nemovideo_client.words import DOWNLOADING, RENDERING, VIDEO_READY


@dataclass(slots=True, kw_only=True)
class Order:
    """What film is wanted, and where; `render_id` is known when it is resumed, or once it is ordered."""

    place: Path
    resolution: str | None = None
    render_id: str | None = None


def export(runner: Runner, order: Order) -> Json:
    """Get a film, and show where it is; whoever interrupts that is told how to resume it."""
    flow = partial(_export, order=order, tell=runner.front.show)
    try:
        return runner.run(runner.client.drive(flow))
    except (Interrupted, RenderTimeout, DownloadFailed) as error:
        error.next_step = (
            RENDER_GOES_ON.format(render_id=order.render_id) if order.render_id else MAY_GO_ON
        )
        raise


def _export(ctx: Context, order: Order, tell: Callable[[Working], None]) -> Flow[Json]:
    if order.render_id is None:
        yield from connected(ctx)
    yield Show(Status(ctx.say(RENDERING)))
    output = {"format": "mp4", "quality": "high"}
    if order.resolution:
        output["resolution"] = order.resolution
    render = yield from _render(ctx, order, output)
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


def _render(ctx: Context, order: Order, output: Json) -> Flow[Render]:
    """Return the film's render, once it is completed."""
    flow = endpoints.export(ctx, render_id=order.render_id, output=output)
    done = yield from relay(flow, partial(_noted, order))
    return done.render


def _noted(order: Order, thing: Any) -> Iterator[Any]:
    """Note which render it is, and let what is shown pass."""
    if isinstance(thing, Render):
        order.render_id = thing.id
    yield thing


def cancel(ctx: Context, render_id: str) -> Flow[Json]:
    """Stop a render, and say how it stands."""
    render = yield from endpoints.cancel_render(ctx, render_id)
    yield Show(Say(ctx.say(CANCELLED).format(status=render.status)))
    return {"render_id": render.id, "status": render.status}
