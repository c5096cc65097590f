"""The line that moves while somebody waits: a spinner with a clock, or a bar."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal, TypeAlias

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)
from rich.theme import Theme

from nemovideo_client.cli.clean import clean
from nemovideo_client.display import Stage

Wait: TypeAlias = Literal["status"] | Stage

THEME = Theme(
    {
        "progress.spinner": "cyan",
        "progress.elapsed": "dim",
        "progress.download": "dim",
        "progress.data.speed": "dim",
        "bar.complete": "cyan",
        "bar.finished": "cyan",
        "bar.pulse": "cyan",
    }
)


class Line:
    """One wait; what it is for decides how it looks."""

    def __init__(self, wait: Wait, console: Console) -> None:
        self.wait = wait
        self._progress = Progress(*_COLUMNS[wait](), console=console, transient=True)
        self._task: TaskID = self._progress.add_task("", total=None)

    def update(self, text: str, done: int, total: int | None) -> None:
        """Tell what goes on, and how far it has come."""
        one_line = " ".join(clean(text).split())
        self._progress.update(self._task, description=one_line, completed=done, total=total)

    @property
    def is_over(self) -> bool:
        """Say whether all of it has come."""
        return self._progress.finished

    def start(self) -> None:
        """Show the line."""
        self._progress.start()

    def stop(self) -> None:
        """Take the line away; its clock goes on."""
        self._progress.stop()


def _words() -> ProgressColumn:
    return TextColumn("{task.description}", markup=False)


def _spinning() -> tuple[ProgressColumn, ...]:
    return SpinnerColumn(), _words(), TimeElapsedColumn()


def _travelling() -> tuple[ProgressColumn, ...]:
    return _words(), BarColumn(), DownloadColumn(), TransferSpeedColumn()


def _growing() -> tuple[ProgressColumn, ...]:
    return SpinnerColumn(), _words(), BarColumn(), TimeElapsedColumn()


_COLUMNS = MappingProxyType(
    {
        "status": _spinning,
        "upload": _travelling,
        "download": _travelling,
        "render": _growing,
    }
)
