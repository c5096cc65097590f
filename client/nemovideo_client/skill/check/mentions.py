"""Endpoints that a document names outside of its commands: in prose, tables, and code of other kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from nemovideo_client.skill.check import api
from nemovideo_client.skill.check.sentences import Sentences
from nemovideo_client.skill.document.parts import Document

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")

_METHOD = rf"\b(?P<method>{'|'.join(METHODS)})\b[\s`*:]{{1,4}}"
_HOST = r"(?P<host>https?://[^\s/\"'`<>()|]{1,200}|\$\{?\w{1,40}\}?|[<{]\w{1,40}[>}])"
_PATH = r"(?P<path>/(?:[\w%~.*+-]|\$\{?\w+\}?|<[^<>\n|/]{1,40}>|\{[^{}\n|/]{1,40}\}|\[[^\[\]\n|/]{1,40}\]|:\w|/)*)"
_NAMED = re.compile(rf"(?:{_METHOD})?(?<![\w.~/@-]){_HOST}?{_PATH}")
_API = re.compile(r"/(?:api|run_?sse|v\d)(?:/|$)", re.IGNORECASE)
_PARTS = frozenset(part for one in api.ENDPOINTS for part in api.segments(one.path) if part != "*")
_ONLY = re.compile(rf"[`*\s]*(?:{'|'.join(METHODS)})(?:\s*[/,]\s*(?:{'|'.join(METHODS)}))*[`*\s]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A path that is named, with the methods that stand with it; `endpoints` are those it can be.

    `denied`: the sentence says that there is no such thing, or not to ask it.
    """

    line: int
    methods: tuple[str, ...]
    host: str
    path: str
    endpoints: tuple[api.Endpoint, ...]
    denied: bool = False


def mentions(
    document: Document, taken: AbstractSet[int], sentences: Sentences
) -> Iterator[Mention]:
    """Give the endpoints named on lines that are not `taken` by commands."""
    columns = {
        row.line: tuple(
            word for cell in row.cells if _ONLY.fullmatch(cell) for word in _words(cell)
        )
        for row in document.rows
    }
    for number, line in enumerate(document.lines, 1):
        if number in taken or "/" not in line:
            continue
        for found in _NAMED.finditer(line):
            mention = _mention(number, found, columns.get(number, ()))
            if mention is not None:
                yield replace(mention, denied=sentences.deny(number, found[0]))


def _alike(path: str) -> bool:
    """Say whether a path has a part that some documented one has: others have servers, too."""
    return not _PARTS.isdisjoint(api.segments(path))


def _words(cell: str) -> list[str]:
    return re.findall("|".join(METHODS), cell)


def _mention(line: int, found: re.Match[str], column: tuple[str, ...]) -> Mention | None:
    host = (found["host"] or "").partition("//")[2] if "//" in (found["host"] or "") else ""
    path = found["path"].rstrip(".:*")
    speaks_of_it = (
        _API.match(path)
        or (found["method"] and not host and _alike(path))
        or (host and api.is_nemo(host) and host.lower() not in api.WEB_HOSTS and path != "/")
    )
    if not speaks_of_it or (host and not api.is_nemo(host)):
        return None
    methods = (found["method"],) if found["method"] else column
    named = tuple(one for one in api.at(path) if not methods or one.method in methods)
    return Mention(line, methods, host, path, named)
