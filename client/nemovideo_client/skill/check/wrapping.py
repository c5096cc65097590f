"""Functions of a skill's own that call curl with what they are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nemovideo_client.skill.document.scripts import Script
from nemovideo_client.skill.shell.commands import Command
from nemovideo_client.skill.shell.walking import inner, uses


def wrapped(scripts: Iterable[Script]) -> Mapping[str, list[Command]]:
    """Return the functions through which requests go, and the commands that call each from outside of it."""
    commands = [command for script in scripts for command in script.commands]
    names = {one.function for one in commands if _asks(one)}
    names &= {one.function for one in commands if _is_given(one)}
    found: dict[str, list[Command]] = {}
    for command in _all(commands):
        if command.name in names and command.name != command.function:
            found.setdefault(command.name, []).append(command)
    return found


def _all(commands: Iterable[Command]) -> Iterator[Command]:
    for command in commands:
        yield command
        yield from inner(command)


def _asks(command: Command) -> bool:
    return command.function != "" and any(one.name == "curl" for one in _all((command,)))


def _is_given(command: Command) -> bool:
    """Say whether a command has what its function is called with: `$1`, `$@`."""
    return any(name.isdigit() or name in ("@", "*") for name, _ in uses((command,)))
