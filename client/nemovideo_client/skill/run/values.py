"""What to put in for the variables, outputs and placeholders of a skill: from earlier answers, else of our own making."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from nemovideo_client.skill.meanings import meaning
from nemovideo_client.skill.run import media
from nemovideo_client.skill.run.answers import NOTHING, Answers, at, parsed, written
from nemovideo_client.skill.shell.commands import Assignment, Command, parse
from nemovideo_client.skill.shell.expansion import expand, text
from nemovideo_client.skill.shell.quoting import Broken
from nemovideo_client.skill.shell.words import Literal, Output

FIRST_TIME = 1_988_000_000
"""Seconds since 1970: what `date +%s` is said to print first; one more each time."""

MESSAGE = "Make a 30-second lo-fi loop at 80 BPM"
ADDRESSES = {"png": "https://example.com/photo.png", "wav": "https://example.com/song.mp3", "avi": "https://example.com/clip.mp4"}  # fmt: skip

_PLACE = re.compile(
    r"<(?P<angled>[A-Za-z][\w .'-]*)>|(?<!\$)\{(?P<braced>[A-Za-z_]\w*)\}"
    r"|(?<![\w$])(?P<yours>YOUR_[A-Z_]+)\b|(?<=[/\"' =])(?P<capitals>[A-Z][A-Z0-9_]{2,})(?=[\"'/&?]|$)"
)
_KEY = re.compile(r"[\"'\\]*([A-Za-z_-]+)\\?[\"']?\s*[:=]\s*\\?[\"']?(?:Bearer )?$")
_UUID = re.compile(r"uuid|client[_-]?id|/dev/urandom|openssl rand", re.IGNORECASE)
_TRIMMED = re.compile(r"(?:%%?|##?)(.*)")
_LONGEST = 1_000_000


class Missing(Exception):
    """Nobody knows what to put in; the sentence names it."""


class Values:
    """Knows what a skill has set, what was answered, and what each name means.

    `fetch` is asked for what only another request can tell (a token, a session, a draft); `run` performs a
    command whose output is wanted.
    """

    def __init__(
        self,
        base: str,
        folder: Path,
        given: Mapping[str, str],
        fetch: Callable[[str], str | None],
        run: Callable[[Command], str | None],
    ) -> None:
        self.answers = Answers()
        self._set: dict[str, tuple[str, ...]] = {}
        self._base = base
        self._folder = folder
        self._given = given
        self._fetch = fetch
        self._run = run
        self._times = 0
        self._wanted = ""
        self._client_id = str(uuid.uuid5(uuid.NAMESPACE_URL, "nemo-client skill check"))

    def assign(self, assignment: Assignment) -> str:
        """Set a variable, and return what it is now. Raises Missing."""
        self._wanted = assignment.name
        try:
            if assignment.value is None:
                found = tuple(piece for item in assignment.items for piece in expand(item, self))
            else:
                found = (text(assignment.value, self),)
        finally:
            self._wanted = ""
        if sum(map(len, found)) > _LONGEST:
            raise Missing(f"${assignment.name} would grow too long")
        self._set[assignment.name] = found
        return " ".join(found)

    def is_set(self, name: str) -> bool:
        """Say whether a variable has a value that is worth more than a default."""
        if name in self._set:
            return bool("".join(self._set[name]))
        if name == "NEMO_TOKEN":
            return self.answers.get("token") is not None
        return name in ("NEMO_API_URL", "NEMO_WEB_URL", "HOME")

    def variable(self, name: str, rest: str, before: str) -> tuple[str, ...]:
        """Return a variable's value. Raises Missing."""
        if name in self._set:
            return self._part(name, self._set[name], rest)
        if name == "HOME":
            return (str(self._folder),)
        if not name[0].isalpha() and name[0] != "_":
            raise Missing(f"nothing says what ${name} is")
        found = self.named(name, before)
        if found is None:
            raise Missing(f"nothing says what ${name} is")
        return (found,)

    @staticmethod
    def _part(name: str, found: tuple[str, ...], rest: str) -> tuple[str, ...]:
        if rest in ("[@]", "[*]"):
            return found
        first = found[0] if found else ""
        trimmed = _TRIMMED.fullmatch(rest)
        if not rest:
            return (first,)
        if trimmed and not set(trimmed[1]) & set("*?[$"):
            return (first.removesuffix(trimmed[1]) if rest[0] == "%" else first.removeprefix(trimmed[1]),)  # fmt: skip
        raise Missing(f"${{{name}{rest[:20]}}} is more shell than is read here")

    def named(self, name: str, before: str = "") -> str | None:
        """Return the value that a name means, where it stands; None if nobody knows."""
        what = meaning(name)
        key = _key(before)
        if what in ("", "any_id", "url") and key:
            what = _in_place(key) or what
        if what == "draft" and key and key != "draft" and meaning(name) != "draft":
            what = ""
        return (
            self._meant(what, name)
            if what
            else self.answers.get(name) or self.answers.get(name.lower())
        )

    def _meant(self, what: str, name: str) -> str | None:
        made: Mapping[str, Callable[[], str]] = {
            "base": lambda: self._base,
            "web": lambda: self._base,
            "client_id": lambda: self._client_id,
            "time": self.time,
            "file": lambda: str(media.make(self._folder, name)),
            "url": lambda: self.answers.get(name.lower()) or ADDRESSES[media.kind(name)],
            "language": lambda: "en",
            "platform": lambda: "unknown",
            "user_id": lambda: self.answers.get("user_id") or "me",
        }
        if what in made:
            return made[what]()
        return self._given.get(what) or self._told(what)

    def _told(self, what: str) -> str | None:
        return (None if what == "draft" else self.answers.get(what)) or self._fetch(what)

    def time(self) -> str:
        """Return another time each time."""
        self._times += 1
        return str(FIRST_TIME + self._times)

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

        return _PLACE.sub(filled, whole)

    def output(self, output: Output, before: str) -> str:
        """Return what a command would print: a request's answer, a time, an id. Raises Missing."""
        try:
            commands = parse(output.script, output.line)
        except Broken as broken:
            raise Missing(f"$({output.script[:40]}) cannot be read: {broken.what}") from None
        wanted = self._wanted or _in_place(_key(before))
        first = commands[0] if commands else Command(output.line)
        if first.name == "curl":
            answer = self._run(first)
            if answer is None:
                raise Missing("the command in it was not run")
            return self._filtered(answer, commands[1:], wanted)
        if first.name in ("echo", "printf", "jq") and (first.given or len(first.words) > 1):
            return self._filtered(self._printed(first), commands[first.name != "jq" :], wanted)
        if first.name == "date":
            return self.time()
        if _UUID.search(output.script) or meaning(wanted) == "client_id":
            return self._client_id
        if first.name in ("uname", "hostname", "whoami"):
            return "skill-check"
        found = self.named(wanted) if wanted else None
        if found is None:
            raise Missing(
                f"`{first.name or output.script[:20]}` is not run, and its output is wanted"
            )
        return found

    def _printed(self, command: Command) -> str:
        if command.given is not None:
            return text(command.given, self)
        words = [word for word in command.words[1:] if not word.start.startswith("-")]
        return " ".join(expand(words[-1], self)) if words else ""

    def _filtered(self, printed: str, filters: tuple[Command, ...], wanted: str) -> str:
        """Return what a filter would leave: a path of jq is followed; for others the name says what is wanted."""
        if not filters:
            return printed.rstrip("\n")
        value = parsed(printed)
        for command in filters:
            for word in command.words[1:] if command.name == "jq" else ():
                found = at(value, word.plain) if word.plain and word.plain[:1] == "." else NOTHING
                if found is not NOTHING and found is not None:
                    return written(found)
        answers = Answers()
        answers.learn(value)
        what = meaning(wanted)
        found_by_name = answers.get(what) or answers.get(wanted.lower())
        if what == "render_id":
            found_by_name = answers.get("id") or answers.get("taskId")
        if found_by_name is None:
            raise Missing(
                f"`{filters[0].name}` is not run, and the answer has no {what or wanted or 'value'} to take"
            )
        return found_by_name


def _key(before: str) -> str:
    """Return the key, header or part of a path that a value stands behind."""
    found = _KEY.search(before[-80:])
    if found:
        return found[1]
    if re.search(r"/(?:lambda|proxy)/$", before):
        return "render_id"
    return "session_id" if re.search(r"nemo_agent/[^/]+/$", before) else ""


def _in_place(key: str) -> str:
    named = {"id": "render_id", "X-Client-Id": "client_id", "urls": "url", "text": "message", "bind": "user_id", "Authorization": "token"}  # fmt: skip
    return named.get(key) or meaning(key)
