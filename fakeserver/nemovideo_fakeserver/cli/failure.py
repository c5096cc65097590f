"""How a command fails: one sentence, no traceback."""

from __future__ import annotations


class Failure(Exception):
    """What went wrong and what to do; `exit_code` is 1 for a failure, 2 for wrong usage."""

    def __init__(self, sentence: str, *, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
