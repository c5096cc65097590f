"""Which harness writes."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("nemovideo-harness")
    except PackageNotFoundError:
        return "unknown"


HARNESS = _installed()
"""The version of this distribution, as the header of a cassette names it."""
