"""What a skill asks for, in commands and in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.identifiers import ANYWHERE
from nemovideo_client.skill.check.subject import Subject

APIS = re.compile(r"^(?:mega-|api)", re.IGNORECASE)
"""How hosts begin that are for programs."""

_SCREEN = re.compile(r"/(?:workspace|register|claim)\b")
_DAMAGED = re.compile(rf"{ANYWHERE.pattern}|[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A method and a path, from a command or a sentence; no method: the sentence names none."""

    line: int
    method: str
    host: str
    path: str
    exactly: bool


def asked(subject: Subject) -> Iterator[Asked]:
    """Give all of it, commands first."""
    commanded = {call.line for call in subject.calls}
    for call in subject.calls:
        if not call.place.over_http:
            continue
        host = "" if call.place.open else call.place.host
        yield Asked(call.line, call.request.method, host, call.place.path, exactly=True)
    for one in subject.mentions:
        if one.line not in commanded and not one.denied:
            for method in one.methods or ("",):
                yield Asked(one.line, method, one.host, one.path, exactly=False)


def judged(subject: Subject) -> Iterator[Asked]:
    """Give what is to be judged by its path: not web pages, files elsewhere, or what nobody can read."""
    for one in asked(subject):
        literal = re.sub(r"[/*]", "", "/".join(api.segments(one.path)))
        elsewhere = one.host and not (api.is_nemo(one.host) and APIS.match(one.host))
        unread = _SCREEN.match(one.path) or _DAMAGED.search(one.path)
        if literal and not elsewhere and not unread:
            yield one
