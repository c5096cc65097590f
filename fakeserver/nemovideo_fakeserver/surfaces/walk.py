"""A stream's steps are walked once, and let go of however the walk ends, or where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_fakeserver.wire.messages import Delayed, Reply, Stream
from nemovideo_fakeserver.wire.steps import Step, Steps


@contextmanager
def walking(steps: Steps) -> Iterator[Iterator[Step]]:
    """Give an iterator over `steps` and close it afterwards, where it can be closed."""
    iterator = iter(steps)
    try:
        yield iterator
    finally:
        _close(iterator)


@contextmanager
def waiting_for(reply: Reply) -> Iterator[None]:
    """Wait inside for a reply that is held back, and let go of it if the wait is given up."""
    try:
        yield
    except BaseException:
        let_go(reply)
        raise


def let_go(reply: Reply) -> None:
    """Close the steps of a reply, also of one that is held back, where they can be closed.

    A reader may leave before the first step is asked for, and then nobody has walked.
    """
    body = reply.body
    while isinstance(body, Delayed):
        body = body.reply.body
    if isinstance(body, Stream):
        _close(body.steps)


def _close(steps: Steps) -> None:
    close = getattr(steps, "close", None)
    if close is not None:
        close()
