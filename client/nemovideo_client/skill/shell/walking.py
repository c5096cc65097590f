"""All words of commands, those inside of other words too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nemovideo_client.skill.shell.commands import Command, parse
from nemovideo_client.skill.shell.quoting import Broken
from nemovideo_client.skill.shell.words import Output, Variable, Word

_DEEPEST = 8
_NAMED = re.compile(r"\$\{?([A-Za-z_]\w*)")


def inner(command: Command, depth: int = 0) -> Iterator[Command]:
    """Give the commands whose output a command uses, and those whose output these use."""
    for word in own(command):
        for part in word.parts:
            if isinstance(part, Output) and depth < _DEEPEST:
                for found in _parsed(part):
                    yield found
                    yield from inner(found, depth + 1)


def _parsed(output: Output) -> tuple[Command, ...]:
    try:
        return parse(output.script, output.line)
    except Broken:
        return ()


def own(command: Command) -> Iterator[Word]:
    """Give the words of a command, of its assignments and of what it is given."""
    yield from command.words
    for assignment in command.assignments:
        yield from assignment.items
        if assignment.value is not None:
            yield assignment.value
    if command.given is not None:
        yield command.given


def words(commands: Iterable[Command]) -> Iterator[Word]:
    """Give all words of commands."""
    for command in commands:
        yield from own(command)
        for one in inner(command):
            yield from own(one)


def uses(commands: Iterable[Command]) -> Iterator[tuple[str, int]]:
    """Give each use of a variable that has to be set, and its line."""
    for word in words(commands):
        for part in word.parts:
            if isinstance(part, Variable):
                if part.rest[:2] not in (":-", ":=", ":?", ":+") and part.rest[:1] not in tuple(
                    "-=?+"
                ):
                    yield part.name, word.line
                for name in _NAMED.findall(part.rest):
                    yield name, word.line
