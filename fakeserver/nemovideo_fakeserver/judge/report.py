"""What the judge reports: verdicts, how each rule fared, and totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.judge.rule import Severity
from nemovideo_fakeserver.judge.terminal import drawn
from nemovideo_fakeserver.judge.verdict import Tally, Verdict
from nemovideo_fakeserver.judge.wording import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`facts` is how many were judged, `dropped` how many older ones the journal had let go."""

    verdicts: tuple[Verdict, ...]
    rules: tuple[Tally, ...]
    facts: int
    dropped: int

    def of(self, *severities: Severity) -> tuple[Verdict, ...]:
        """Return the verdicts of these severities."""
        return tuple(verdict for verdict in self.verdicts if verdict.severity in severities)

    @property
    def cost(self) -> int:
        """The credits that the breaches cost together; what two rules found is counted once."""
        frozen: dict[object, int] = {}
        for number, verdict in enumerate(self.verdicts):
            key = verdict.turn or number
            frozen[key] = max(frozen.get(key, 0), verdict.cost or 0)
        return sum(frozen.values())

    @property
    def totals(self) -> dict[str, int]:
        """Numbers of errors, warnings and hints, of rules broken, kept and not seen, and the cost."""
        return {
            "errors": len(self.of("error")),
            "warnings": len(self.of("warning")),
            "hints": len(self.of("hint")),
            "cost": self.cost,
            "rules_broken": sum(bool(tally.broken) for tally in self.rules),
            "rules_kept": sum(bool(tally.kept and not tally.broken) for tally in self.rules),
            "rules_not_seen": sum(not tally.seen for tally in self.rules),
            "facts": self.facts,
            "dropped": self.dropped,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return {
            "verdicts": [verdict.as_dict() for verdict in self.verdicts],
            "rules": [tally.as_dict() for tally in self.rules],
            "totals": self.totals,
        }

    def as_lines(
        self, *, each: int = 3, hints: bool = True, when: Callable[[float], str] = instant
    ) -> list[str]:
        """Return the report as plain lines for a terminal; at most `each` verdicts of a rule in full.

        `when` puts a virtual time, in seconds since the Unix epoch, in words.
        """
        shown = self.verdicts if hints else self.of("error", "warning")
        return list(drawn(shown, self.rules, self.totals, each, when))
