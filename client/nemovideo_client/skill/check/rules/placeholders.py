"""Placeholders: whether a document says where their values come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, SHELL
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.meanings import GIVEN, meaning
from nemovideo_client.skill.shell.words import Literal, Word

SPOKEN: Mapping[str, str] = MappingProxyType(
    {
        "token": r"token",
        "claim_token": r"claim",
        "session_id": r"session[_ ]?id",
        "task_id": r"task[_ ]?id",
        "user_id": r"user[_ ]?id|\banon_",
        "render_id": r"\brender",
        "draft": r"\bdraft",
        "client_id": r"\buuid|client[_ -]?id",
        "base": r"https?://|api_url",
        "web": r"https?://|web_url",
        "name": r"front ?matter|\bname\b",
        "version": r"front ?matter|\bversion\b",
        "any_id": r"",
    }
)
"""How a document speaks of a value that the API gives."""

_PLACEHOLDER = re.compile(r"<([A-Za-z][\w.'-]*)>")
_WORD = re.compile(r"[\w'-]+(?:\.[\w'-]+)*")
_YOURS = re.compile(
    r"\bYOUR_[A-Z_]+|<[A-Za-z][\w .'-]*>|(?<=[\s\"'=/:,\[{])(?:\.\.\.|…)(?=[\s\"'}\],/]|$)"
)


def _unexplained(subject: Subject) -> Iterator[Found]:
    text = _PLACEHOLDER.sub("", subject.document.text).lower()
    spoken = {what for what, pattern in SPOKEN.items() if re.search(pattern, text)}
    known = set(_WORD.findall(text))
    for line, name in _placeholders(subject):
        what = meaning(name)
        told = what in spoken if what in SPOKEN else name.lower() in known
        if not told and what not in GIVEN:
            known.add(name.lower())
            yield line, f"{quoted(f'<{name}>')} is nowhere explained"


def _placeholders(subject: Subject) -> Iterator[tuple[int, str]]:
    for call in subject.calls:
        for word in call.command.words:
            for name in _PLACEHOLDER.findall(_literally(word)):
                yield word.line, name
    for mention in subject.mentions:
        for name in _PLACEHOLDER.findall(mention.path):
            yield mention.line, name


def _literally(word: Word) -> str:
    return " ".join(part.text for part in word.parts if isinstance(part, Literal))


def _to_fill_in(subject: Subject) -> Iterator[Found]:
    told = set[str]()
    for call in subject.calls:
        for word in call.command.words:
            for part in word.parts:
                found = _YOURS.search(part.text) if isinstance(part, Literal) else None
                if found and isinstance(part, Literal) and found[0] not in told:
                    told.add(found[0])
                    bare = not part.quote and found[0].startswith("<")
                    how = (
                        "a shell reads it as the name of a file"
                        if bare
                        else "pasted, it is sent as it is"
                    )
                    yield (
                        word.line,
                        f"{quoted(found[0])} in a command: {how}; a variable can be set",
                    )
                    break


RULES = (
    Rule("placeholder-unexplained", "warning", "Say where the value of a placeholder comes from.",
         f"{ALL}: endpoints (session_id, task_id and so on are spoken of)", _unexplained),
    Rule("placeholder-in-command", "hint", "Use variables in commands: placeholders are sent as they are, or are redirections.",
         f"{SHELL}: redirection", _to_fill_in),
)  # fmt: skip
