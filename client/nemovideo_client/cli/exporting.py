"""`export`: from the timeline to a file, or what became of a render ordered earlier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nemovideo_client.cli.runner import Runner
from nemovideo_client.cli.sentences import CANCELLED, GET_FILM, RENDER_GOES_ON
from nemovideo_client.cli.underway import Underway
from nemovideo_client.display import Say, Working
from nemovideo_client.errors import DownloadFailed, RenderTimeout
from nemovideo_client.flows import endpoints
from nemovideo_client.flows.context import Context
from nemovideo_client.flows.reporting import report_film
from nemovideo_client.models import Json
from nemovideo_client.wire.steps import Check, Flow, Show

FORMATS = ("mp4", "mov", "webm", "gif", "mp3", "wav")
"""The extensions that are asked for as an `output.format`; documented is mp4, the service may refuse the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What film is wanted, and where; `render_id`: one ordered earlier."""

    place: Path
    resolution: str | None = None
    render_id: str | None = None

    @property
    def wanted(self) -> dict[str, str]:
        """The fields of the order's `output` that were asked for, the format by the file's name."""
        suffix = self.place.suffix[1:].lower()
        named = {"format": suffix} if suffix in FORMATS and not self.place.is_dir() else {}
        return named | ({"resolution": self.resolution} if self.resolution else {})

    def path(self, render_id: str) -> Path:
        """Return where the film goes: into the folder that `place` is, or to the file that it names."""
        return self.place / f"{render_id}.mp4" if self.place.is_dir() else self.place


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
    film = yield from report_film(ctx, order.path, order.wanted, tell, order.render_id)
    return {
        "render_id": film.render.id,
        "path": str(film.path),
        "size": film.size,
        "duration": film.render.duration,
    }


def cancel(ctx: Context, render_id: str) -> Flow[Json]:
    """Stop a render, and say how it stands."""
    render = yield from endpoints.cancel_render(ctx, render_id)
    yield Show(Say(ctx.say(CANCELLED).format(status=render.status)))
    return {"render_id": render.id, "status": render.status}
