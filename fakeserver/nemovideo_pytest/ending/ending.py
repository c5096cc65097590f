"""How a test left its service: what a test can be told about at its end.

Every `Service` has an `ending`, asked for once, when the body of the test has returned or failed. It is a
value: what becomes of it, a failure, a warning or a section of the report, `failing` decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule of the documents that the client broke: its name, what the client did, and the `source`."""

    rule: str
    did: str
    source: str


def _nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a test left its service.

    `undone` was prepared and did not happen: a fault that never fired, a recorded interaction that nobody
    asked for where that matters. `unexpected` happened unprepared: a request that no cassette has. Either
    fails the test, a paragraph each. `breaches` do what the setting `judge` says. `story` returns the text
    that shows what happened, a page of lines of at most 100 cells; it is asked for only to be shown.
    """

    undone: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    breaches: tuple[Breach, ...] = ()
    story: Callable[[], str] = _nothing
