"""What is printed of a life that broke a law: where it is kept, what was done, and how it looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nemovideo_pytest.strategies.editing.effect import read
from nemovideo_pytest.strategies.playing.acts import Act

EFFECT = "effect"
"""The note of an act that says what its message is to bring about."""

WIDTH = 100
"""Columns of the timeline."""

MOST = 40
"""Lines of the timeline; what is left out of a longer one stood in its middle, for the end is the point."""


def told(file: Path, machine: str, acts: Iterable[Act], timeline: str) -> str:
    """Return all of it as text."""
    kept = (
        f"The life is in {file}. Live it again in a test: replay({str(file)!r}, {machine});"
        f" or play its scenario to another client: nemo-fakeserver serve --scenario {file}"
    )
    return "\n".join((kept, *map(_short, acts), "", *_bounded(timeline.rstrip().splitlines())))


def _short(act: Act) -> str:
    """An act as a line of YAML, with a few words for the effect that its message is to have."""
    line = f"- {replace(act, notes={}).line()}"
    noted: Mapping[str, Any] | None = act.notes.get(EFFECT)
    return f"{line}  # {read(noted)}" if noted else line


def _bounded(lines: list[str]) -> Iterator[str]:
    left_out = len(lines) - MOST
    if left_out <= 0:
        yield from lines
        return
    yield from lines[: MOST // 4]
    yield f"... {left_out} more lines ..."
    yield from lines[MOST // 4 + left_out :]
