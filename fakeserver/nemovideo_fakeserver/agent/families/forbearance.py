"""What is to stay as it is: `don't touch the music`, `不要加音乐`.

Law: a clause that is negated edits nothing, whatever it names. It is worth a word only where nothing else
is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.reading.negation import negated
from nemovideo_fakeserver.agent.reading.openings import after_lead
from nemovideo_fakeserver.agent.stage.bench import Bench


@dataclass(frozen=True, slots=True)
class Forbearance:
    """A wish that something is left alone."""


def recognise(clause: Clause, bench: Bench) -> Forbearance | None:  # noqa: ARG001  # a family's signature
    """Take what is negated."""
    return Forbearance() if negated(after_lead(clause.lowered)) else None


def perform(request: Forbearance, bench: Bench) -> Deeds:  # noqa: ARG001  # a family's signature
    """Promise to leave it alone."""
    return (bench.answer("All right, I leave that as it is.", "好的，这部分保持不变。", idle=True),)


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
