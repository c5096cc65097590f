"""Where things are shown: the manners that all front ends share, and which one it is to be."""

from __future__ import annotations

import os
import sys
from typing import Protocol

from nemovideo_client.display import Delivered, Shown
from nemovideo_client.errors import UsageError
from nemovideo_client.models import Json


class Front(Protocol):
    """Shows a conversation to somebody, or to a program."""

    def show(self, thing: Shown) -> None:
        """Show a thing."""

    def result(self, value: Json | None) -> None:
        """Tell a program what it came to; None: nothing."""

    def close(self) -> None:
        """Leave the place in order; showing may go on afterwards."""


def is_terminal() -> bool:
    """Say whether standard output is a terminal that can do more than print."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def chosen(*, as_json: bool) -> Front:
    """Return the front end for this standard output. Raises UsageError where its library is missing."""
    if as_json:
        from nemovideo_client.cli.show_json import JsonFront

        return JsonFront()
    if is_terminal():
        return _on_terminal()
    from nemovideo_client.cli.show_plain import PlainFront

    return PlainFront()


def _on_terminal() -> Front:
    try:
        from nemovideo_client.cli.show_rich import RichFront
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("nemovideo_client"):
            raise
        raise UsageError(
            f"Showing this on a terminal needs {missing.name}, which is not installed",
            next_step="Run pip install 'nemovideo-harness[cli]', or use --json or a pipe.",
        ) from None
    return RichFront()


def size(delivered: Delivered) -> str:
    """Return a size for people: `812 B`, `3.4 MB`."""
    number = float(delivered.size)
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.{unit != 'B':d}f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
