"""Bodies of requests: in commands, and in sentences and tables that show them."""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nemovideo_client.skill.check import api, marks
from nemovideo_client.skill.check.subject import Subject

SHAPES = (
    ("message", re.compile(r"new_?message|\bparts\b", re.IGNORECASE)),
    ("render", re.compile(r"\bdraft\b")),
    ("session", re.compile(r"task[_-]?name", re.IGNORECASE)),
    ("upload", re.compile(r"source[_-]?type", re.IGNORECASE)),
)
"""What tells whose body it is, where no command says so."""

LINES = {
    one.name: one.line
    for one in api.ENDPOINTS
    if one.method == "POST" and not one.old and one.name != "cancel"
}

_OBJECT = re.compile(r"\{\s*\\?[\"']?[A-Za-z_-]{1,40}\\?[\"']?\s*:[^`|\n]{0,2000}")
_PIECE = re.compile(
    rf"(?P<text>\"(?:\\.|[^\"\\])*\")|(?P<open>{marks.MARK.pattern}|<[^<>\"]*>|\$\{{?\w+\}}?)"
    r"|(?P<rest>,?\s*(?:\.\.\.|…))"
)


class Unreadable(enum.Enum):
    """What a body that does not parse is read as."""

    UNREADABLE = "unreadable"


UNREADABLE = Unreadable.UNREADABLE


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a body, and the endpoint it is for; `of` is how the endpoint is called."""

    line: int
    endpoint: str
    text: str

    @property
    def of(self) -> str:
        """Method and path of the endpoint."""
        return LINES[self.endpoint]


def bodies(subject: Subject) -> Iterator[Body]:
    """Give all bodies whose endpoint is known."""
    for call in subject.calls:
        if call.endpoint and call.endpoint.name in LINES and call.request.body:
            yield Body(call.line, call.endpoint.name, marks.hidden(call.request.body))
    for number, line in enumerate(subject.prose.split("\n"), 1):
        for found in _OBJECT.finditer(line):
            shape = next((name for name, pattern in SHAPES if pattern.search(found[0])), None)
            # An answer that is shown has its fields in an envelope, or is the state's.
            answer = re.search(r"\"(?:code|success|state|status)\"", found[0])
            if shape and not answer and not subject.sentences.deny(number, found[0]):
                yield Body(number, shape, found[0])


def parsed(text: str | None) -> Any:
    """Return the value of a body; where something is to be filled in, there is null. UNREADABLE if it is not JSON."""
    if text is None:
        return None
    try:
        return json.loads(_PIECE.sub(_filled, marks.hidden(text)))
    except (ValueError, RecursionError):
        return UNREADABLE


def _filled(found: re.Match[str]) -> str:
    if found["text"] is not None:
        return found["text"]
    if found["open"] is not None:
        return "null"
    before = found.string[: found.start()].rstrip()[-1:]
    return "null" if before == ":" else ""
