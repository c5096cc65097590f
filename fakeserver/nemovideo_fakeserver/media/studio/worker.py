"""What a worker does: makes one file after the other, as `studio` asks for them.

It lives in a child process, and is asked with a line: what to do, where the file shall be, and of what.
It answers with a line: `done` (what there is to say of the file), `refused` (a sentence for clients), or
`failed` (a trace for those who run this).
"""

from __future__ import annotations

import errno
import json
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nemovideo_fakeserver.core.ports import RenderError
from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.children import serving
from nemovideo_fakeserver.media.studio import orders

GIB = 1024**3
LIMITS = serving.Limits(memory=3 * GIB, file=GIB, patience=5)
"""Measured: a film of 1080p takes 0.5 GiB of address space at most, a canvas of 4096 x 4096 pixels
0.8, a photo of 8192 x 8192 pixels 1.0. The rest is for clips that remember many large frames."""


def serve() -> None:
    """Answer lines as `answer` does; what makes files is loaded before the first."""
    serving.limit(LIMITS)
    from nemovideo_fakeserver.media.film import making, synthetic, thumbnail  # noqa: F401 - takes a second

    serving.serve(answer)


def answer(line: str) -> str:
    """Do what a line asks for, and say what came of it; nothing is raised."""
    return json.dumps(_said(line))


def _said(line: str) -> dict[str, Any]:
    try:
        do, path, of = json.loads(line)
        return {"done": _WORK[do](of, Path(path))}
    except Exception as problem:
        refused = _refusal(problem)
        return {"failed": traceback.format_exc()} if refused is None else {"refused": str(refused)}


def _refusal(problem: Exception) -> RenderError | None:
    """Return what is said of a problem that is the order's; None for a defect."""
    if isinstance(problem, RenderError):
        return problem
    if isinstance(problem, RecursionError):
        return refusals.too_deep()
    if isinstance(problem, MemoryError):
        return refusals.too_much("it needs more memory than there is")
    if isinstance(problem, OSError) and problem.errno == errno.EFBIG:
        return refusals.too_much(f"its file would be larger than {LIMITS.file // GIB} GiB")
    return None


def _render(order: Mapping[str, Any], path: Path) -> dict[str, Any]:
    from nemovideo_fakeserver.media.film import making

    film = making.render(orders.order_from_dict(order), path)
    return {"seconds": film.seconds, "size": film.size}


def _make(clip: Mapping[str, Any], path: Path) -> dict[str, Any]:
    from nemovideo_fakeserver.media.film import synthetic

    synthetic.make(orders.clip_from_dict(clip), path)
    return {}


def _thumbnail(asset: Mapping[str, Any], path: Path) -> dict[str, Any]:
    from nemovideo_fakeserver.media.film import thumbnail

    thumbnail.make(orders.asset_from_dict(asset), path)
    return {}


_WORK: Mapping[str, Callable[[Mapping[str, Any], Path], dict[str, Any]]] = {
    "render": _render,
    "make": _make,
    "thumbnail": _thumbnail,
}
