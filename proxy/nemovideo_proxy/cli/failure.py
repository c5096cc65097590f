"""What ends a command with one sentence instead of a traceback."""

from __future__ import annotations


class Failure(Exception):
    """One sentence for people: what was wrong, and what to do; exit code 1 for failure, 2 for usage."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
