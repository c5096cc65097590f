"""What to put in for the variables, outputs, sums and placeholders of a skill."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nemovideo_client.skill.meanings import meaning
from nemovideo_client.skill.run import context
from nemovideo_client.skill.run.meant import Meant
from nemovideo_client.skill.run.missing import Missing
from nemovideo_client.skill.run.outputs import Outputs, wanted
from nemovideo_client.skill.run.variables import Variables
from nemovideo_client.skill.shell import expansion
from nemovideo_client.skill.shell.commands import Assignment
from nemovideo_client.skill.shell.expansion import expand
from nemovideo_client.skill.shell.words import Literal, Output, Sum

DEEPEST = 8
"""Commands whose outputs are wanted by each other."""


@dataclass(frozen=True, slots=True)
class Values:
    """What was set, what names mean, and what commands print.

    `assigned` is the variable whose value is being put together, `depth` how many commands that is within.
    """

    variables: Variables
    meant: Meant
    outputs: Outputs
    assigned: str = ""
    depth: int = 0

    def assign(self, assignment: Assignment) -> str:
        """Set a variable, and return what it is now. Raises Missing."""
        inside = replace(self, assigned=assignment.name)
        if assignment.value is None:
            found = tuple(piece for item in assignment.items for piece in expand(item, inside))
        else:
            found = (expansion.text(assignment.value, inside),)
        self.variables.set(assignment.name, found)
        return " ".join(found)

    def is_set(self, name: str) -> bool:
        """Say whether a variable has a value that is worth more than a default."""
        own = self.variables.has(name)
        return self.meant.is_set(name) if own is None else own

    def variable(self, name: str, rest: str, before: str) -> tuple[str, ...]:
        """Return a variable's value. Raises Missing."""
        own = self.variables.get(name, rest)
        if own is not None:
            return own
        found = self.meant.named(name, before)
        if found is None:
            raise Missing(f"nothing says what ${name} is")
        return (found,)

    def text(self, literal: Literal, before: str) -> str:
        """Fill in the placeholders of a text. Raises Missing."""
        whole = literal.text

        def filled(found: re.Match[str]) -> str:
            name = found["angled"] or found["braced"] or found["yours"] or found["capitals"]
            if found["capitals"] and not meaning(name):
                return found[0]
            value = self.meant.named(name, before + whole[: found.start()])
            if value is None and found["angled"]:
                raise Missing(f"nothing says what {found[0]} is")
            return found[0] if value is None else value

        return context.PLACE.sub(filled, whole)

    def sum(self, asked: Sum) -> str:
        """Raise Missing: nothing is reckoned."""
        raise Missing(f"$(({asked.text[:40]})) is more shell than is read here")

    def output(self, output: Output, before: str) -> str:
        """Return what a command would print: a request's answer, a time, an id. Raises Missing."""
        if self.depth >= DEEPEST:
            raise Missing(f"more than {DEEPEST} commands stand in each other")
        return self.outputs.of(
            output, wanted(self.assigned, before), replace(self, depth=self.depth + 1)
        )
