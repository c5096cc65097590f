"""What became of each command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from nemovideo_client.skill.run.answers import NOTHING, parsed
from nemovideo_client.skill.run.curl import Answer


@dataclass(frozen=True, slots=True)
class Ran:
    """A request that was sent, masked, and its answer; `note` says what was not done, or why it was sent.

    `own`: the check has sent it, and not the skill. `because` says what else was not run, so that a refusal
    is not the skill's fault.
    """

    line: int
    request: str
    command: str
    answer: Answer
    note: str = ""
    own: bool = False
    because: str = ""

    @property
    def code(self) -> int | None:
        """The business code of the answer, where it has one."""
        value: Any = parsed(self.answer.body)
        code = value.get("code") if value is not NOTHING and isinstance(value, dict) else None
        return code if isinstance(code, int) and not isinstance(code, bool) else None

    @property
    def refused(self) -> bool:
        """Whether the fake said no, or nothing."""
        return bool(self.answer.failed) or self.answer.status >= 400 or self.code not in (None, 0)

    @property
    def blamed(self) -> bool:
        """Whether it was refused, and that is for the skill to mend."""
        return self.refused and not self.own and not self.because


@dataclass(frozen=True, slots=True)
class Skipped:
    """A command that was not run, and why."""

    line: int
    command: str
    why: str


@dataclass(frozen=True, slots=True)
class Took:
    """A variable that was set from an answer, or to a value of ours; the value is masked."""

    line: int
    name: str
    value: str


Outcome: TypeAlias = Ran | Skipped | Took
