"""How a request body is to be taken in: as the brain planned from its head; both doors share it.

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


def open_intake(plan: BodyPlan, head: Head, spool: Path) -> Intake:
    """Take in the body that `head` announces as `plan` says; files go below `spool`."""
    announced = head.header("content-length") or ""
    if announced.isdecimal() and int(announced) > plan.limit:
        return Refused(TooLarge(plan.limit, 0))
    if plan.file_limit is None:
        return Plain(plan.limit)
    return _open_multipart(head, plan.limit, plan.file_limit, spool)


def _open_multipart(head: Head, limit: int, file_limit: int, spool: Path) -> Intake:
    # A replay takes no files and runs without the parser.
    from nemovideo_fakeserver.surfaces.multipart import Multipart, boundary_of

    boundary = boundary_of(head.header("content-type") or "")
    if boundary is None:
        return Refused(Malformed("The multipart content type names no usable boundary."))
    return Multipart(boundary, limit=limit, file_limit=file_limit, spool=spool)


def has_files(body: Body) -> bool:
    """Say whether `body` brings files to look into."""
    return isinstance(body, Spooled) and any(part.filename is not None for part in body.parts)


def inspected(body: Body, inspect: Callable[[Path], Probe | Unreadable]) -> Body:
    """Return `body` with each file looked into. Takes real time."""

    def look(part: Part) -> Part:
        return part if part.filename is None else replace(part, probe=inspect(part.path))

    return Spooled(tuple(map(look, body.parts))) if isinstance(body, Spooled) else body
