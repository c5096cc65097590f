"""What commands would print whose output is wanted. curl alone is run; of some others it is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nemovideo_client.skill.meanings import meaning
from nemovideo_client.skill.run import context, objects
from nemovideo_client.skill.run.filters import filtered
from nemovideo_client.skill.run.making import Maker
from nemovideo_client.skill.run.missing import Missing
from nemovideo_client.skill.shell.commands import Command, parse
from nemovideo_client.skill.shell.expansion import Values, expand, text
from nemovideo_client.skill.shell.quoting import Broken
from nemovideo_client.skill.shell.words import Output

_IDS = re.compile(r"uuid|client[_-]?id|/dev/urandom|openssl rand", re.IGNORECASE)
_MACHINE = ("uname", "hostname", "whoami")
_NULL_INPUT = re.compile(r"-[a-zA-Z]*n[a-zA-Z]*|--null-input")

Run = Callable[[Command, Values], str | None]
Named = Callable[[str], str | None]


class Outputs:
    """Knows what commands print: `run` sends a request and gives the answer, `named` knows what names mean."""

    def __init__(self, run: Run, named: Named, maker: Maker, files: Mapping[str, str]) -> None:
        self._run = run
        self._named = named
        self._maker = maker
        self._files = files

    def of(self, output: Output, wanted: str, values: Values) -> str:
        """Return what `$(…)` stands for; `wanted` is the name of what it is for. Raises Missing."""
        try:
            commands = parse(output.script, output.line)
        except Broken as broken:
            raise Missing(f"$({output.script[:40]}) cannot be read: {broken.what}") from None
        first = commands[0] if commands else Command(output.line)
        text = self.printed(first, values)
        if text is None:
            found, last = self._guessed(first, output.script, wanted), first.name
        else:
            filters = commands[1:] if self._is_done(first) else commands
            found = filtered(text, filters, wanted)
            last = filters[0].name if filters else first.name
        if found is None:
            raise Missing(f"`{last or output.script[:20]}` is not run, and its output is wanted")
        return found

    def printed(self, command: Command, values: Values) -> str | None:
        """Return what a command prints, or the text that a jq filters; None where that is not known. Raises Missing."""
        if command.name == "curl":
            answer = self._run(command, values)
            if answer is None:
                raise Missing("the command in it was not run")
            return answer
        if command.name in ("echo", "printf"):
            return _echoed(command, values)
        if command.name == "jq" and self._is_done(command):
            return _built(command, values)
        if command.name in ("cat", "jq"):
            return self._read(command, values)
        return None

    def _is_done(self, command: Command) -> bool:
        """Say whether a command is no filter: jq is one, but for `jq -n`."""
        return command.name != "jq" or any(
            _NULL_INPUT.fullmatch(word.plain or "") for word in command.words[1:]
        )

    def _read(self, command: Command, values: Values) -> str | None:
        """Return the text of a here-document, or of a file that the skill has written."""
        if command.given is not None:
            return text(command.given, values)
        names = [word.plain or "" for word in command.words[1:]]
        return next((self._files[name] for name in names if name in self._files), None)

    def _guessed(self, command: Command, script: str, wanted: str) -> str | None:
        """Return what a command says of this machine or this moment, or what its name is for."""
        if command.name == "date":
            return self._maker.make("time", "")
        if _IDS.search(script) or "client_id" in (wanted, meaning(wanted)):
            return self._maker.make("client_id", "")
        if command.name in _MACHINE:
            return "skill-check"
        return self._named(wanted) if wanted else None


def wanted(name: str, before: str) -> str:
    """Return what an output is for: the variable that it is assigned to, or its place."""
    return name or context.wanted(before)


def _echoed(command: Command, values: Values) -> str | None:
    if command.given is not None:
        return text(command.given, values)
    words = [word for word in command.words[1:] if not word.start.startswith("-")]
    return " ".join(expand(words[-1], values)) if words else None


def _built(command: Command, values: Values) -> str:
    """Return what `jq -n` builds. Programs are taken as they are: a brace in them is no placeholder."""
    words = [
        one
        for word in command.words[1:]
        for one in ((word.plain,) if word.plain is not None else expand(word, values))
    ]
    try:
        return objects.printed(words)
    except objects.Unbuilt as unbuilt:
        raise Missing(f"`jq` is not run, and {unbuilt}") from None
