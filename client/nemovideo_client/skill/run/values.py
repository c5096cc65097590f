"""What to put in for the variables, outputs and placeholders of a skill: from earlier answers, else of our own making."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from nemovideo_client.skill.meanings import meaning
from nemovideo_client.skill.run import context
from nemovideo_client.skill.run.answers import Answers
from nemovideo_client.skill.run.filters import filtered
from nemovideo_client.skill.run.making import Maker
from nemovideo_client.skill.shell.commands import Assignment, Command, parse
from nemovideo_client.skill.shell.expansion import expand, part_of, text
from nemovideo_client.skill.shell.quoting import Broken
from nemovideo_client.skill.shell.words import Literal, Output

LONGEST = 1_000_000
"""Characters that a value may grow to by being put into itself."""

DEEPEST = 8
"""Commands whose outputs are wanted by each other."""

_IDS = re.compile(r"uuid|client[_-]?id|/dev/urandom|openssl rand", re.IGNORECASE)


class Missing(Exception):
    """Nobody knows what to put in; the sentence names it."""


class Values:
    """Knows what a skill has set, what was answered, and what each name means.

    `fetch` is asked for what only another request can tell (a token, a session, a draft); `run` performs a
    command whose output is wanted.
    """

    def __init__(
        self,
        answers: Answers,
        maker: Maker,
        folder: Path,
        fetch: Callable[[str], str | None],
        run: Callable[[Command], str | None],
    ) -> None:
        self._answers = answers
        self._maker = maker
        self._folder = folder
        self._fetch = fetch
        self._run = run
        self._set: dict[str, tuple[str, ...]] = {}
        self._assigning = ""
        self._depth = 0

    def assign(self, assignment: Assignment) -> str:
        """Set a variable, and return what it is now. Raises Missing."""
        self._assigning = assignment.name
        try:
            if assignment.value is None:
                found = tuple(piece for item in assignment.items for piece in expand(item, self))
            else:
                found = (text(assignment.value, self),)
        finally:
            self._assigning = ""
        if sum(map(len, found)) > LONGEST:
            raise Missing(f"${assignment.name} would grow too long")
        self._set[assignment.name] = found
        return " ".join(found)

    def is_set(self, name: str) -> bool:
        """Say whether a variable has a value that is worth more than a default."""
        if name in self._set:
            return bool("".join(self._set[name]))
        if name == "NEMO_TOKEN":
            return self._answers.get("token") is not None
        return name in ("NEMO_API_URL", "NEMO_WEB_URL", "HOME")

    def variable(self, name: str, rest: str, before: str) -> tuple[str, ...]:
        """Return a variable's value. Raises Missing."""
        if name in self._set:
            taken = part_of(self._set[name], rest)
            if taken is None:
                raise Missing(f"${{{name}{rest[:20]}}} is more shell than is read here")
            return taken
        found = str(self._folder) if name == "HOME" else self.named(name, before)
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
            value = self.named(name, before + whole[: found.start()])
            if value is None and found["angled"]:
                raise Missing(f"nothing says what {found[0]} is")
            return found[0] if value is None else value

        return context.PLACE.sub(filled, whole)

    def named(self, name: str, before: str = "") -> str | None:
        """Return the value that a name means where it stands; None if nobody knows."""
        what = context.means(name, before)
        if what == "user_id":
            return self._answers.get(what) or "me"
        made = self._answers.get(name.lower()) if what in ("", "url") else None
        made = made or self._maker.make(what, name)
        if made is not None or not what:
            return made
        # The draft that counts is the state's, now.
        return (self._answers.get(what) if what != "draft" else None) or self._fetch(what)

    def output(self, output: Output, before: str) -> str:
        """Return what a command would print: a request's answer, a time, an id. Raises Missing."""
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                raise Missing(f"more than {DEEPEST} commands stand in each other")
            return self._output(output, before)
        finally:
            self._depth -= 1

    def _output(self, output: Output, before: str) -> str:
        try:
            commands = parse(output.script, output.line)
        except Broken as broken:
            raise Missing(f"$({output.script[:40]}) cannot be read: {broken.what}") from None
        wanted = self._assigning or context.wanted(before)
        first = commands[0] if commands else Command(output.line)
        filters = commands[first.name != "jq" :]
        printed = self._printed(first)
        if printed is None:
            found = self._said(first, output.script, wanted)
            filters = commands[:1]
        else:
            found = filtered(printed, filters, wanted)
        if found is None:
            name = filters[0].name if filters else output.script[:20]
            raise Missing(f"`{name}` is not run, and its output is wanted")
        return found

    def _printed(self, command: Command) -> str | None:
        """Return what curl answers, or what echo prints; None for other commands. Raises Missing."""
        if command.name == "curl":
            answer = self._run(command)
            if answer is None:
                raise Missing("the command in it was not run")
            return answer
        if command.name not in ("echo", "printf", "jq"):
            return None
        if command.given is not None:
            return text(command.given, self)
        words = [word for word in command.words[1:] if not word.start.startswith("-")]
        return " ".join(expand(words[-1], self)) if words and command.name != "jq" else None

    def _said(self, command: Command, script: str, wanted: str) -> str | None:
        """Return what a command says of this machine or this moment."""
        if command.name == "date":
            return self._maker.make("time", "")
        if _IDS.search(script) or "client_id" in (wanted, meaning(wanted)):
            return self._maker.make("client_id", "")
        if command.name in ("uname", "hostname", "whoami"):
            return "skill-check"
        return self.named(wanted) if wanted else None
