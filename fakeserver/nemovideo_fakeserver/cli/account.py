"""What a command did to a fake, for people and for machines."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self, TextIO

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.fake import Fake
from nemovideo_fakeserver.judge import Report
from nemovideo_fakeserver.timeline import draw, elapsed, signs_for, summary, wants_colour

WIDTH = 100
"""Columns of a report that goes to no terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The facts and verdicts of the default world, the exit code, and what of the fake stayed unused."""

    code: int
    facts: tuple[Fact, ...]
    verdicts: Report
    unfired: tuple[str, ...]
    unplayed: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, fake: Fake, code: int) -> Self:
        """Take stock of a fake."""
        playing = fake.playing() or {}
        return cls(
            code=code,
            facts=fake.journal.facts(),
            verdicts=fake.verdicts(),
            unfired=tuple(f"{a.fault.side} {a.fault.at}" for a in fake.faults.unfired()),
            unplayed=tuple(playing.get("unplayed", ())),
            others=tuple(name for name in fake.names() if name),
        )

    @property
    def broken(self) -> bool:
        """Whether a rule was broken; hints are no rules."""
        return bool(self.verdicts.of("error", "warning"))

    def when(self, at: float) -> str:
        """Return a time as the timeline has it: since the first fact."""
        return f"at {elapsed(at - self.facts[0].at)}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "event": "report",
            "exit_code": self.code,
            "summary": summary(self.facts).as_json(),
            "unfired_faults": list(self.unfired),
            "unplayed_turns": list(self.unplayed),
            "other_worlds": list(self.others),
            **self.verdicts.as_dict(),
        }


def report(account: Account, stream: TextIO, *, as_json: bool) -> str:
    """Return the report for a stream: a line of JSON, or timeline, credits and verdicts."""
    if as_json:
        return json.dumps(account.as_dict(), ensure_ascii=False)
    terminal = stream.isatty()
    signs = signs_for(stream.encoding)
    width = shutil.get_terminal_size().columns if terminal else WIDTH
    colour = wants_colour(os.environ, terminal=terminal)
    parts = [
        draw(account.facts, width=width, colour=colour, signs=signs),
        summary(account.facts).drawn(width=width, signs=signs),
        "\n".join(account.verdicts.as_lines(when=account.when)),
        "\n".join(_unused(account)),
    ]
    return "\n\n".join(["", *filter(None, parts)])


def _unused(account: Account) -> Iterator[str]:
    if account.unfired:
        yield f"faults that never fired: {', '.join(account.unfired)}"
    if account.unplayed:
        yield f"scripted turns that no message played: {', '.join(account.unplayed)}"
    if account.others:
        yield f"other worlds were used and are not in this report: {', '.join(account.others)}"
