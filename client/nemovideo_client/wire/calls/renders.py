"""Exports: ordering, watching, stopping and fetching them.

Two bodies are documented for a render: fields at the top with `output.url` (51965008902, 51912643291,
vendor skill 1.9), and `outputUrl` inside `data` (52127510908, vendor skill 4.4). What reads them takes
either, and both at once. A reply without an id is about the id that was asked for.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NoReturn

from nemovideo_client.models import Json, Render
from nemovideo_client.wire.calls import fields
from nemovideo_client.wire.calls.paths import path
from nemovideo_client.wire.messages import Call, Request

_RENDERS = "/api/render/proxy/lambda"
_RENDER = f"{_RENDERS}/{{render}}"
_CANCEL = f"{_RENDER}/cancel"
_DOWNLOAD = "/api/render/proxy/{render}/download"


def submit_render(
    render_id: str, session_id: str, draft: Json, output: Json | None = None
) -> Call[Render]:
    """Order a film of the draft under an id of ours; `output` defaults to mp4 in high quality."""
    # `sessionId`: the render service alone spells it so (52127510908).
    body = {"id": render_id, "sessionId": session_id, "draft": draft}
    return Call(
        endpoint=f"POST {_RENDERS}",
        request=Request(
            method="POST", url=_RENDERS, json=body | ({"output": output} if output else {})
        ),
        read=partial(_render, render_id, "pending"),
    )


def render_status(id_: str) -> Call[Render]:
    """Ask how a render stands."""
    return Call(
        endpoint=f"GET {_RENDER}",
        request=Request(method="GET", url=path(_RENDER, render=id_)),
        read=partial(_render, id_, None),
        repeat="safe",
    )


def cancel_render(id_: str) -> Call[Render]:
    """Stop a render. No document shows the reply: one without a status is taken for a yes."""
    return Call(
        endpoint=f"POST {_CANCEL}",
        request=Request(method="POST", url=path(_CANCEL, render=id_)),
        read=partial(_render, id_, "cancelled"),
        repeat="safe",
    )


def download_render(id_: str) -> Call[NoReturn]:
    """Fetch the film from the service itself. The yes is the film, so any whole answer is an error."""
    return Call(
        endpoint=f"GET {_DOWNLOAD}",
        request=Request(method="GET", url=path(_DOWNLOAD, render=id_)),
        read=_no_film,
        repeat="safe",
    )


def _render(id_: str, usual: str | None, data: Any) -> Render:
    status = fields.text(data, "status") or usual
    if status is None:
        raise KeyError("status")
    output = fields.mapping(data, "output") or {}
    return Render(
        id=fields.identifier(data, "taskId", "id") or id_,
        status=status,
        progress=_percent(data),
        url=fields.text(output, "url") or fields.text(data, "outputUrl"),
        duration=fields.number(output, "duration"),
        size=fields.whole(output, "size"),
        error=fields.text(data, "error"),
    )


def _percent(data: Any) -> int | None:
    progress = fields.whole(data, "progress")
    return None if progress is None else min(max(progress, 0), 100)


def _no_film(_: Any) -> NoReturn:
    raise KeyError("film")
