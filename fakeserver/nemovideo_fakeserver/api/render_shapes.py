"""The shapes in which documents print how a render stands.

    top    {"taskId", "status", "progress", "output": {"url", ...}}          51965008902, 51912643291, 1.9
    data   {"success": true, "data": {"id", "status", "progress", "outputUrl", ...}}   52127510908, 4.4
    both   the two in one, with `code` 0, which 54183061932 expects                                  assumed

The replies to a submission and to a cancellation have the same shape (assumed).
"""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.core.variants import RenderShape


def shown(render: Render, seen: View, shape: RenderShape) -> dict[str, Any]:
    """Return what a client is shown of a render."""
    if shape == "top":
        return _top(render, seen)
    if shape == "data":
        return _data(render, seen)
    return {"code": 0, **_top(render, seen), **_data(render, seen)}


def _top(render: Render, seen: View) -> dict[str, Any]:
    told: dict[str, Any] = {"taskId": render.id, **_common(seen)}
    if film := seen.film:
        told["output"] = {"url": render.url, "duration": round(film.seconds, 3), "size": film.size}
    return told | _error(seen)


def _data(render: Render, seen: View) -> dict[str, Any]:
    told: dict[str, Any] = {"id": render.id, **_common(seen)}
    if seen.film:
        told["outputUrl"] = render.url
        told["createdAt"] = _milliseconds(render.submitted_at)
        told["completedAt"] = _milliseconds(render.ends_at)
    return {"success": True, "data": told | _error(seen)}


def _common(seen: View) -> dict[str, Any]:
    return {"status": seen.status, "progress": seen.progress}


def _error(seen: View) -> dict[str, Any]:
    return {"error": seen.error} if seen.error else {}


def _milliseconds(at: float) -> int:
    return round(at * 1000)
