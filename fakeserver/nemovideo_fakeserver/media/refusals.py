"""Refusals: what is said of a draft that cannot be made, and what to do instead. No sentence names a path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_fakeserver.core.ports import RenderError


def too_much(what: str) -> RenderError:
    """Refuse a draft of which `what` says in which way it is too much."""
    return RenderError(
        f"invalid draft: {what}; shorten it, render it in parts, or ask for fewer lines or frames"
    )


def too_deep() -> RenderError:
    """Refuse a draft that holds things in things beyond what can be followed."""
    return RenderError("invalid draft: nested too deep; send it as it was received")


@contextmanager
def reopening() -> Iterator[None]:
    """Refuse what needs a file that was accepted before, and that has gone or changed meanwhile."""
    try:
        yield
    except (OSError, ValueError, EOFError, KeyError) as problem:
        raise RenderError(
            "render failed: an uploaded file of it can no longer be opened; upload that again"
        ) from problem
