"""The uploaded files of worlds: which there are, and taking them along with a snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from nemovideo_fakeserver.scenario.broken import Path as Place
from nemovideo_fakeserver.store import records


def uploads(world: records.World) -> Iterator[tuple[Place, records.Asset]]:
    """Yield every asset of a world that is an uploaded file, with its place in the record."""
    for a, account in enumerate(world.accounts):
        for s, session in enumerate(account.sessions):
            for number, asset in enumerate(session.uploads):
                if asset.made is None:
                    yield ("accounts", a, "sessions", s, "uploads", number), asset


def copy(sha256: str, source: Path, target: Path) -> None:
    """Copy the file of that content from one folder to another; nobody ever sees half of it.

    Raises OSError, and ValueError when the file is not what its name says.
    """
    part = target / f".{uuid4().hex}.part"
    seen = hashlib.sha256()
    try:
        with (source / sha256).open("rb") as file, part.open("wb") as copied:
            while piece := file.read(2**20):
                seen.update(piece)
                copied.write(piece)
        if seen.hexdigest() != sha256:
            raise ValueError(f"the content of {source / sha256} is not what its name says")
        part.replace(target / sha256)
    finally:
        with suppress(OSError):
            part.unlink()
