"""What processes take of the machine, as Linux counts it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def family(pid: int) -> list[int]:
    """Return a process and all that it has started and that is still there."""
    children: list[int] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # threads come and go
            children += map(int, (thread / "children").read_text().split())
    return [pid, *(descendant for child in children for descendant in family(child))]


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process and all that it has started."""
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])  # its own, and of children that ended
    return ticks / os.sysconf("SC_CLK_TCK")


def most_mebibytes(pid: int) -> float:
    """Return the most memory that a process has held at once."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
