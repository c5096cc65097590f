"""How a command fails: one sentence, no traceback, and an exit code."""

from __future__ import annotations

from nemovideo_client.errors import NemoError, SkillUnreadable, UsageError

FAILED = 1
MISUSED = 2
INTERRUPTED = 130
TERMINATED = 143


class Misused(UsageError):
    """The command line, its input or the environment asks for what makes no sense."""


class Interrupted(NemoError):
    """Somebody pressed Ctrl-C; `next_step` says what goes on all the same, `render_id` which render."""

    def __init__(self, message: str, *, next_step: str = "", render_id: str | None = None) -> None:
        super().__init__(message, next_step=next_step)
        self.render_id = render_id


class Terminated(Interrupted):
    """The process was told to end (SIGTERM)."""


EXIT_CODES: tuple[tuple[type[NemoError], int], ...] = (
    (Misused, MISUSED),
    (SkillUnreadable, MISUSED),
    (Terminated, TERMINATED),
    (Interrupted, INTERRUPTED),
)
"""The first that fits; what is none of these is a failure."""


def exit_code(error: NemoError) -> int:
    """Return the exit code for an error."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), FAILED)
