"""How a request body is to be taken in, chosen from the plan and the head; both doors share it.

Nothing here reads or waits: a door feeds the pieces as they arrive. Once a body is refused a door
stops reading, for the rest of it does not matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nemovideo_fakeserver.surfaces.plain import Intake, Plain, Refused
from nemovideo_fakeserver.wire.messages import (
    Body,
    BodyPlan,
    Head,
    Malformed,
    Part,
    Probe,
    Spooled,
    TooLarge,
    Unreadable,
)

PLAIN_LIMIT = 8 * 2**20
"""Bytes a plain body may have where files were expected: it is held in memory."""


def open_intake(plan: BodyPlan, head: Head, spool: Path) -> Intake:
    """Choose how to take in the body that `head` announces; files go below `spool`."""
    content_type = (head.header("content-type") or "").lstrip()
    if plan.file_limit is None:
        limit, parts = plan.limit, False
    elif parts := content_type.lower().startswith("multipart/form-data"):
        limit = plan.limit
    else:
        limit = min(plan.limit, PLAIN_LIMIT)
    announced = head.header("content-length") or ""
    if announced.isdecimal() and int(announced) > limit:
        return Refused(TooLarge(limit, 0))
    return _open_multipart(content_type, plan, spool) if parts else Plain(limit)


def _open_multipart(content_type: str, plan: BodyPlan, spool: Path) -> Intake:
    # A replay takes no files and runs without the parser.
    from nemovideo_fakeserver.surfaces.multipart import Multipart, boundary_of

    boundary = boundary_of(content_type)
    if boundary is None:
        return Refused(Malformed("The multipart content type names no usable boundary."))
    assert plan.file_limit is not None
    return Multipart(boundary, limit=plan.limit, file_limit=plan.file_limit, spool=spool)


def has_files(body: Body) -> bool:
    """Say whether `body` brings files to look into."""
    return isinstance(body, Spooled) and any(part.filename is not None for part in body.parts)


def inspected(body: Body, inspect: Callable[[Path], Probe | Unreadable]) -> Body:
    """Return `body` with each file looked into. Takes real time."""

    def look(part: Part) -> Part:
        return part if part.filename is None else replace(part, probe=inspect(part.path))

    return Spooled(tuple(map(look, body.parts))) if isinstance(body, Spooled) else body
