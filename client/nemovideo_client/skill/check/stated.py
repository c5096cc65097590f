"""The values that a skill states itself; what it leaves open becomes a mark."""

from __future__ import annotations

from nemovideo_client.skill.check.marks import marked
from nemovideo_client.skill.shell.commands import Assignment
from nemovideo_client.skill.shell.expansion import expand, part_of, text
from nemovideo_client.skill.shell.words import Literal, Output, Sum

LONGEST = 100_000
"""Characters that a value may grow to by being put into itself."""


class Stated:
    """Variables as they are assigned, one assignment after the other."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, ...]] = {}

    def assign(self, assignment: Assignment) -> None:
        """Remember a value."""
        if assignment.value is None:
            found = tuple(piece for item in assignment.items for piece in expand(item, self))
        else:
            found = (text(assignment.value, self),)
        if sum(map(len, found)) < LONGEST:
            self._values[assignment.name] = found

    def variable(self, name: str, rest: str, before: str) -> tuple[str, ...]:  # noqa: ARG002  # the protocol's
        """Return what was assigned, or a mark."""
        found = self._values.get(name)
        taken = part_of(found, rest) if found is not None else None
        if taken is None:
            return (marked(f"${{{name}{rest}}}" if rest else f"${name}"),)
        return taken

    def is_set(self, name: str) -> bool:
        """Say whether something was assigned."""
        return bool(self._values.get(name))

    def output(self, output: Output, before: str) -> str:  # noqa: ARG002  # the protocol's
        """Return a mark: nothing is run."""
        return marked(f"$({output.script.strip()})")

    def sum(self, asked: Sum) -> str:
        """Return a mark: nothing is reckoned."""
        return marked(f"$(({asked.text}))")

    def text(self, literal: Literal, before: str) -> str:  # noqa: ARG002  # the protocol's
        """Return the text."""
        return literal.text
