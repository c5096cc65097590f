"""A skill's curl commands, one after the other, against the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.document.scripts import Script
from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.answers import texts
from nemovideo_client.skill.run.fetching import Fetcher
from nemovideo_client.skill.run.following import Following
from nemovideo_client.skill.run.introducing import attribution
from nemovideo_client.skill.run.making import Maker
from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.meant import Meant
from nemovideo_client.skill.run.missing import Missing
from nemovideo_client.skill.run.outcomes import Outcome, Ran, Skipped, Took
from nemovideo_client.skill.run.outgoing import Outgoing, Refused, outgoing
from nemovideo_client.skill.run.outputs import Outputs
from nemovideo_client.skill.run.sending import Sender
from nemovideo_client.skill.run.showing import shown
from nemovideo_client.skill.run.values import Values
from nemovideo_client.skill.run.variables import Variables
from nemovideo_client.skill.shell import expansion, request
from nemovideo_client.skill.shell.commands import DECLARING, Assignment, Command
from nemovideo_client.skill.shell.expansion import expand, text
from nemovideo_client.skill.shell.words import Output, Word

WRITING = ("cat", "echo", "printf", "jq")
"""Commands whose output is known well enough to be a file that a request may read."""


class Running:
    """Runs the commands of one skill; `base` is the fake, `folder` a temporary one, `now` a clock in seconds."""

    def __init__(self, subject: Subject, base: str, folder: Path, now: Callable[[], float]) -> None:
        self._subject = subject
        self._sender = Sender(base, folder, now, attribution(subject))
        self._following = Following()
        maker = Maker(base, folder, subject.document)
        self._fetcher = Fetcher(self._sender, maker)
        variables = Variables(folder)
        meant = Meant(self._sender.answers, maker, self._fetcher.fetch)
        outputs = Outputs(self._output, meant.named, maker, variables.files)
        self._values = Values(variables, meant, outputs)

    def outcomes(self) -> Iterator[Outcome]:
        """Run the commands, and give what becomes of each as soon as it is known."""
        for script in self._subject.scripts:
            if script.broken:
                yield _unread(script)
            for number, command in enumerate(script.commands):
                self._fetcher.line = command.line
                if command.joined != "|":
                    self._command(command, _pipes(script.commands[number + 1 :]))
                yield from self._sender.outcomes
                self._sender.outcomes.clear()

    def _command(self, command: Command, piped: str) -> None:
        for assignment in command.assignments:
            self._assign(assignment)
        if command.name == "curl":
            self._curl(command, _note(command, piped), self._values)
        elif command.written is not None and command.name in WRITING:
            self._write(command, command.written)
        elif command.words and command.name not in DECLARING:
            self._skip(command, "only curl and assignments are run")

    def _skip(self, command: Command, why: str) -> None:
        self._sender.outcomes.append(Skipped(command.line, shown(command), why))
        self._following.skipped(shown(command), command.line)

    def _write(self, command: Command, to: Word) -> None:
        """Keep what a command would write into a file; the file is none of a disk."""
        try:
            printed = self._values.outputs.printed(command, self._values)
            name = text(to, self._values)
            self._values.variables.write(name, printed)
        except Missing as missing:
            self._skip(command, str(missing))
        else:
            self._sender.outcomes.append(Took(command.line, name, masked(printed or "")))

    def _assign(self, assignment: Assignment) -> None:
        try:
            value = self._values.assign(assignment)
        except Missing as missing:
            why = f"{missing}; ${assignment.name} is taken for what its name says"
            self._sender.outcomes.append(Skipped(assignment.line, f"{assignment.name}=…", why))
            self._following.guessed(assignment.name)
            return
        if assignment.value and any(isinstance(part, Output) for part in assignment.value.parts):
            self._sender.outcomes.append(Took(assignment.line, assignment.name, masked(value)))

    def _output(self, command: Command, values: expansion.Values) -> str | None:
        """Run a command whose output is wanted."""
        answer = self._curl(command, "", values)
        return answer.body if answer and not answer.failed else None

    def _curl(self, command: Command, note: str, values: expansion.Values) -> curl.Answer | None:
        try:
            leaving = self._leaving(command, values)
        except (Missing, Refused) as problem:
            self._skip(command, str(problem))
            return None
        if self._has_token(leaving):
            self._skip(command, "there is a token already, and a client gets one in 7 days")
            return None
        answer = self._sender.send(leaving, command.line, note)
        if answer:
            self._follow(leaving, command)
        if answer and self._silent(leaving, answer):
            self._fetcher.fetch("draft", "it ended without text, and the skill names the state")
        return answer

    def _follow(self, leaving: Outgoing, command: Command) -> None:
        """Say of the request that was sent last whether its refusal follows from what was not run."""
        last = self._sender.outcomes[-1]
        if isinstance(last, Ran):
            self._sender.outcomes[-1] = self._following.judged(
                last, leaving.method, leaving.url, command
            )

    def _leaving(self, command: Command, values: expansion.Values) -> Outgoing:
        """Return what may leave of a command. Raises Missing and Refused."""
        arguments = [piece for word in command.words[1:] for piece in expand(word, values)]
        given = dict(self._values.variables.files)
        if command.given is not None:
            given[request.STANDARD_INPUT] = text(command.given, values)
        asked = request.read(arguments, command.line, given)
        return outgoing(asked, self._sender.base, self._sender.folder)

    def _has_token(self, leaving: Outgoing) -> bool:
        asks = leaving.url.endswith("/api/auth/anonymous-token")
        return asks and self._sender.answers.get("token") is not None

    def _silent(self, leaving: Outgoing, answer: curl.Answer) -> bool:
        """Say whether an edit ended without text, in a skill that names the state to look at then."""
        if not leaving.url.endswith("/run_sse") or answer.failed or "data:" not in answer.body:
            return False
        told = any(said.strip() for said in texts(answer.body))
        return not told and next(self._subject.names("state"), None) is not None


def _unread(script: Script) -> Skipped:
    assert script.broken is not None
    first = script.block.text.split("\n", 1)[0]
    return Skipped(script.broken.line, masked(first), f"no shell can read it: {script.broken.what}")


def _pipes(following: Sequence[Command]) -> str:
    """Return the names of the commands that the output goes to."""
    names = list[str]()
    for command in following:
        if command.joined != "|":
            break
        names.append(command.name or "…")
    return ", ".join(names)


def _note(command: Command, piped: str) -> str:
    notes = []
    if piped:
        notes.append(f"its output does not go to {piped}")
    if command.within:
        notes.append(f"run once, whatever the {command.within} around it says")
    return "; ".join(notes)
