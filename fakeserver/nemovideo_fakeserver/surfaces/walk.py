"""A stream's steps are walked once, and let go of however the walk ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_fakeserver.wire.steps import Step, Steps


@contextmanager
def walking(steps: Steps) -> Iterator[Iterator[Step]]:
    """Give an iterator over `steps` and close it afterwards, where it can be closed (a generator)."""
    iterator = iter(steps)
    try:
        yield iterator
    finally:
        close = getattr(iterator, "close", None)
        if close is not None:
            close()
