"""A skill's curl commands, one after the other, against the fake."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nemovideo_client.skill import wording
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.deviations import ATTRIBUTION
from nemovideo_client.skill.run import curl
from nemovideo_client.skill.run.answers import NOTHING, at, parsed, texts, written
from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.outcomes import Outcome, Ran, Skipped, Took
from nemovideo_client.skill.run.outgoing import Outgoing, Refused, outgoing
from nemovideo_client.skill.run.values import MESSAGE, Missing, Values
from nemovideo_client.skill.shell import request
from nemovideo_client.skill.shell.commands import Assignment, Command
from nemovideo_client.skill.shell.expansion import expand, text
from nemovideo_client.skill.shell.words import Literal, Output, Variable, Word

BUDGET_SECONDS = 60.0
"""Real seconds that a whole skill has."""

ONE_SECONDS = 30.0
"""Real seconds that one request has."""

MOST = 100
"""Commands of a skill that are run."""


class Running:
    """Runs the commands of one skill; `base` is the fake, `folder` a temporary one, `now` a clock in seconds."""

    def __init__(self, subject: Subject, base: str, folder: Path, now: Callable[[], float]) -> None:
        self._subject = subject
        self._base = base
        self._folder = folder
        self._now = now
        self._end = now() + BUDGET_SECONDS
        self._values = Values(base, folder, _given(subject), self._fetch, self._output)
        self._outcomes: list[Outcome] = []
        self._sent = 0
        self._line = 1
        self._fetching = False
        self._who = _who(subject)
        self._draft: str | None = None

    def outcomes(self) -> Iterator[Outcome]:
        """Run the commands, and give what becomes of each as soon as it is known."""
        for script in self._subject.scripts:
            if script.broken:
                yield Skipped(script.broken.line, script.block.text.split("\n", 1)[0], f"no shell can read it: {script.broken.what}")  # fmt: skip
            for number, command in enumerate(script.commands):
                self._line = command.line
                piped = _pipes(script.commands[number + 1 :])
                if command.joined != "|":
                    self._command(command, piped)
                yield from self._taken()

    def _taken(self) -> Iterator[Outcome]:
        taken, self._outcomes = self._outcomes, []
        yield from taken

    def _command(self, command: Command, piped: str) -> None:
        for assignment in command.assignments:
            self._assign(assignment)
        if command.name == "curl":
            self._curl(command, _note(command, piped))
        elif command.words and command.name not in (
            "export",
            "local",
            "declare",
            "readonly",
            "typeset",
        ):
            why = "only curl and assignments are run"
            self._outcomes.append(Skipped(command.line, shown(command), why))

    def _assign(self, assignment: Assignment) -> None:
        try:
            value = self._values.assign(assignment)
        except Missing as missing:
            why = f"{missing}; ${assignment.name} is taken for what its name says"
            self._outcomes.append(Skipped(assignment.line, f"{assignment.name}=…", why))
            return
        if assignment.value and any(isinstance(part, Output) for part in assignment.value.parts):
            self._outcomes.append(Took(assignment.line, assignment.name, masked(value)))

    def _output(self, command: Command) -> str | None:
        """Run a command whose output is wanted."""
        answer = self._curl(command, "")
        return answer.body if answer and not answer.failed else None

    def _curl(self, command: Command, note: str) -> curl.Answer | None:
        try:
            arguments = [
                piece for word in command.words[1:] for piece in expand(word, self._values)
            ]
            given = text(command.given, self._values) if command.given else None
            asked = request.read(arguments, command.line, given)
            leaving = outgoing(asked, self._base, self._folder)
        except (Missing, Refused) as problem:
            self._outcomes.append(Skipped(command.line, shown(command), str(problem)))
            return None
        if self._has_token(leaving):
            why = "there is a token already, and a client gets one in 7 days"
            self._outcomes.append(Skipped(command.line, shown(command), why))
            return None
        answer = self._send(leaving, command.line, note)
        if answer and self._silent(leaving, answer):
            self._look(command.line)
        return answer

    def _send(self, leaving: Outgoing, line: int, note: str) -> curl.Answer | None:
        left = min(ONE_SECONDS, self._end - self._now())
        command = displayed(leaving, self._base)
        if left <= 0 or self._sent >= MOST:
            why = f"{MOST} commands were run" if left > 0 else f"the {BUDGET_SECONDS:g} s are over"
            self._outcomes.append(Skipped(line, command, why))
            return None
        self._sent += 1
        who = tuple(header for header in leaving.headers if header[0].title() in ATTRIBUTION)
        self._who = who or self._who
        answer = curl.send(leaving, self._folder, left)
        where = f"{leaving.method} {leaving.url.removeprefix(self._base)}"
        self._outcomes.append(Ran(line, masked(where), command, answer, note))
        self._learn(leaving, answer)
        return answer

    def _learn(self, leaving: Outgoing, answer: curl.Answer) -> None:
        ordered = parsed(leaving.body or "")
        is_render = leaving.url.endswith(("/render/proxy/lambda", "/render/proxy/draft"))
        if is_render and isinstance(ordered, dict) and isinstance(ordered.get("id"), str):
            self._values.answers.learn({"render_id": ordered["id"]})
        value = parsed(answer.body)
        if leaving.url.endswith("/latest"):
            draft = at(value, ".data.state.draft")
            self._draft = None if draft is NOTHING else written(draft)
        elif leaving.method != "GET":
            self._draft = None
        if value is not NOTHING:
            self._values.answers.learn(value)

    def _has_token(self, leaving: Outgoing) -> bool:
        asks = leaving.url.endswith("/api/auth/anonymous-token")
        return asks and self._values.answers.get("token") is not None

    def _silent(self, leaving: Outgoing, answer: curl.Answer) -> bool:
        """Say whether an edit ended without text, in a skill that says to look at the state then."""
        if not leaving.url.endswith("/run_sse") or answer.failed or "data:" not in answer.body:
            return False
        told = any(said.strip() for said in texts(answer.body))
        return not told and next(self._subject.names("state"), None) is not None

    def _look(self, line: int) -> None:
        del line
        self._fetch("draft", "it ended without text, and the skill names the state")

    def _fetch(self, what: str, why: str = "") -> str | None:
        """Ask for what the skill takes for granted, with the request that gives it; None where none does."""
        if self._fetching or what not in _FETCHED:
            return None
        self._fetching = True
        try:
            return self._ask(what, why or _FETCHED[what])
        finally:
            self._fetching = False

    def _ask(self, what: str, why: str) -> str | None:
        answers = self._values.answers
        if what == "token":
            self._request("POST", "/api/auth/anonymous-token", None, why)
        elif answers.get("token") is None:
            self._request("POST", "/api/auth/anonymous-token", None, _FETCHED["token"])
        if what in ("session_id", "task_id"):
            path = "/api/tasks/me/with-session/nemo_agent"
            self._request("POST", path, '{"task_name":"project"}', why)
        if what == "draft":
            session = answers.get("session_id")
            if session is not None and self._draft is None:
                self._request("GET", f"/api/state/nemo_agent/me/{session}/latest", None, why)
            return self._draft
        return answers.get(what)

    def _request(self, method: str, path: str, body: str | None, why: str) -> curl.Answer | None:
        headers = [("X-Client-Id", self._values.named("client_id") or "")]
        token = self._values.answers.get("token")
        if token:
            typed = [("Content-Type", "application/json")] if body else []
            headers = [("Authorization", f"Bearer {token}"), *self._who, *typed]
        leaving = Outgoing(method, self._base + path, tuple(headers), body)
        return self._send(leaving, self._line, f"sent by the check itself: {why}")


_FETCHED = {
    "token": "nothing of the skill has brought a token so far",
    "session_id": "nothing of the skill has made a session so far",
    "task_id": "nothing of the skill has made a session so far",
    "draft": "the draft is the state's",
}
"""What may be asked for on the way, and why."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the fake's judge said: its verdicts and totals, as it has them."""

    verdicts: tuple[dict[str, Any], ...]
    totals: dict[str, Any]


def verdicts(base: str, folder: Path) -> Verdicts:
    """Ask the fake for its judge's verdicts on what was sent so far."""
    answer = curl.send(Outgoing("GET", f"{base}/__fake__/verdicts"), folder, ONE_SECONDS)
    value = parsed(answer.body)
    if not isinstance(value, dict):
        return Verdicts((), {})
    return Verdicts(tuple(value.get("verdicts", ())), value.get("totals", {}))


def _given(subject: Subject) -> dict[str, str]:
    """Return what is known before anything is sent: the skill's name and version, and what a user says."""
    front = subject.document.front
    said = wording.try_saying(subject.document.text)
    message = next((line for line in (*said.en, *said.zh) if len(line) < 200), MESSAGE)
    return {
        "message": "".join(sign for sign in message if sign not in '"\\`$'),
        "name": front.name if front else "unknown",
        "version": front.version if front else "0",
    }


def _who(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return the attribution of what the check itself sends, as long as the skill has sent none."""
    front = subject.document.front
    said = (front.name, front.version) if front else ("unknown", "0")
    return tuple(zip(ATTRIBUTION, (*said, "unknown"), strict=True))


def _pipes(following: tuple[Command, ...]) -> str:
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


def shown(command: Command) -> str:
    """Return a command as it is written, more or less."""
    words = [*(f"{one.name}=…" for one in command.assignments), *map(_written, command.words)]
    return masked(" ".join(words))


def _written(word: Word) -> str:
    joined = ""
    for part in word.parts:
        if isinstance(part, Literal):
            joined += part.text
        elif isinstance(part, Variable):
            joined += f"${{{part.name}{part.rest}}}" if part.rest else f"${part.name}"
        else:
            joined += f"$({part.script})"
    return joined


def displayed(leaving: Outgoing, base: str) -> str:
    """Return a request as a command that could be pasted, but for its secrets."""
    pieces = ["curl", "-X", leaving.method]
    for name, value in leaving.headers:
        pieces += ["-H", shlex.quote(f"{name}: {value}")]
    for name, value, is_file in leaving.form:
        pieces += [
            "-F",
            shlex.quote(f"{name}={'@' * is_file}{Path(value).name if is_file else value}"),
        ]
    pieces.append(shlex.quote(leaving.url.replace(base, "$NEMO_API_URL", 1)).replace("'", '"'))
    if leaving.body is not None and not leaving.form:
        pieces += ["-d", shlex.quote(leaving.body)]
    return masked(" ".join(pieces))
