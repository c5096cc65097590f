"""Prints the tables of `docs/faults.md`: `python -m nemovideo_fakeserver.core.faults`."""

from __future__ import annotations

from nemovideo_fakeserver.core.faults.tables import as_markdown

print(as_markdown(), end="")
