"""What is said while a recording runs: the lines of a moment leave together, for each write wakes its reader."""

from __future__ import annotations

import asyncio
from contextlib import suppress

MOMENT = 0.05
"""Real seconds that a line waits for others."""


class Lines:
    """Lines on their way to the standard output."""

    def __init__(self) -> None:
        self._waiting: list[str] = []

    def say(self, line: str) -> None:
        """Say it in a moment; at once where no loop runs."""
        self._waiting.append(line)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.flush()
            return
        if len(self._waiting) == 1:
            loop.call_later(MOMENT, self.flush)

    def flush(self) -> None:
        """Say what waits; that nobody reads it is no reason to stop recording."""
        lines, self._waiting = self._waiting, []
        if lines:
            with suppress(BrokenPipeError):
                print("\n".join(lines) + "\n", end="", flush=True)
