"""How a command fails: one sentence, no traceback, and an exit code."""

from __future__ import annotations

from nemovideo_client.errors import NemoError, SkillUnreadable, UsageError

FAILED = 1


class Misused(UsageError):
    """The command line, or the environment, asks for what makes no sense."""


class Interrupted(NemoError):
    """Somebody pressed Ctrl-C; `next_step` says what goes on all the same."""


EXIT_CODES: tuple[tuple[type[NemoError], int], ...] = (
    (Misused, 2),
    (SkillUnreadable, 2),
    (Interrupted, 130),
)
"""What is none of these is a failure."""


def exit_code(error: NemoError) -> int:
    """Return the exit code for an error."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), FAILED)
