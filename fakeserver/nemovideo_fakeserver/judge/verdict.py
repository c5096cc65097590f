"""One verdict, and the tally of one rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.judge.rule import Rule, Severity
from nemovideo_fakeserver.judge.wording import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One breach of a rule.

    `did` is a sentence on what the client did, `at` the virtual time in seconds since the Unix epoch;
    `requests` are the numbers of the facts that show it, `request_id` the `X-Request-Id` of the last.
    `cost` is in credits: 0 where it might have cost some and did not, None where credits do not come
    into it. `turn` is what they were frozen for. `open`: a later act may still keep the rule.
    """

    rule: str
    severity: Severity
    source: str
    did: str
    at: float
    requests: tuple[int, ...]
    request_id: str | None
    account: str | None
    session: str | None
    turn: str | None
    cost: int | None
    open: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON has it, with the time in words, too."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "requests": list(self.requests), "time": instant(self.at)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a rule could be checked, and what came of it. Never seen is not kept."""

    rule: Rule
    kept: int
    broken: int

    @property
    def seen(self) -> int:
        """How often there was an occasion to check it."""
        return self.kept + self.broken

    def as_dict(self) -> dict[str, Any]:
        """Return the tally as JSON has it."""
        rule = self.rule
        return {
            "name": rule.name,
            "severity": rule.severity,
            "source": rule.source,
            "says": rule.says,
            "seen": self.seen,
            "kept": self.kept,
            "broken": self.broken,
        }
