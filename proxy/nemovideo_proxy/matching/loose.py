"""Recorded requests in whose free text something stands for a secret, found by what a live client says there.

The law:

* All else is equal: method, path, query and body, but for what is not compared.
* The interactions of one route are read when something is first asked for there that is not recorded as it
  is; each once, and those without a body not at all.
* What is read is found by how it begins and ends, so that a search does not grow with the recording.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote

from nemovideo_proxy.matching.asked import Asked, said_in
from nemovideo_proxy.matching.lanes import Lane, Record, by_recording
from nemovideo_proxy.matching.rules import Criterion
from nemovideo_proxy.matching.standins import MARK, as_said, each_marked, fits, marked, pieces
from nemovideo_proxy.signature import NOTHING, Signature

Route = tuple[str, ...]
"""Method and path, as far as they are compared."""

_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
_IN_STRING = re.compile(r'(?:[^"\\]|\\.)++', re.DOTALL)


class Loose:
    """The recorded requests with stand-ins, of all recordings."""

    def __init__(self, records: Iterable[Record], match_on: tuple[Criterion, ...]) -> None:
        self._match_on = match_on
        self._unread: dict[Route, list[Record]] = {}
        self._forms: dict[Route, _Forms] = {}
        self._lanes: dict[tuple[tuple[str, ...], ...], dict[int, Lane]] = {}
        for record in records:
            signature = record.entry.signature
            if not signature.shape.startswith("http"):
                path = _path(signature)
                route = self._route(signature, MARK if MARK in marked(path) else path)
                self._unread.setdefault(route, []).append(record)

    def lanes(self, asked: Asked) -> dict[int, Lane]:
        """Return the lanes of what a request may be, by recording; none if it was not recorded."""
        routes = {self._route(asked.signature, path) for path in (_path(asked.signature), MARK)}
        every = [forms for route in routes if (forms := self._read(route))]
        if not every:
            return {}
        text = self._text(asked.signature, asked.says, as_said)
        found = {around: records for forms in every for around, records in forms.of(text)}
        key = tuple(found)
        if key not in self._lanes:
            together = (record for records in found.values() for record in records)
            self._lanes[key] = by_recording(sorted(together, key=lambda record: record.index))
        return self._lanes[key]

    def _read(self, route: Route) -> _Forms | None:
        if route not in self._forms and route in self._unread:
            self._forms[route] = self._read_all(self._unread[route])
            del self._unread[route]
        return self._forms.get(route)

    def _read_all(self, records: Iterable[Record]) -> _Forms:
        forms = _Forms()
        for record in records:
            signature = record.entry.signature
            says = None if signature.key == NOTHING else said_in(record.read().request)
            around = pieces(self._text(signature, says, each_marked))
            if len(around) > 1:
                forms.add(around, record)
        return forms

    def _route(self, signature: Signature, path: str) -> Route:
        """Return where a request goes; all paths with stand-ins are one, a `MARK`."""
        compared = {"method": signature.method, "path": path}
        return tuple(compared[name] for name in self._match_on if name in compared)

    def _text(self, signature: Signature, says: Any, form: Callable[[Any], Any]) -> str:
        query = signature.shape.partition("?")[2]
        compared = {
            "method": signature.method,
            "path": _path(signature),
            "query": [list(pair) for pair in parse_qsl(query, keep_blank_values=True)],
            "body": says,
        }
        return _JSON.encode([form(compared[name]) for name in self._match_on if name in compared])


def _path(signature: Signature) -> str:
    return unquote(signature.shape.partition("?")[0])


class _Forms:
    """Recorded requests by what stands around their stand-ins."""

    def __init__(self) -> None:
        self._lengths: set[tuple[int, int]] = set()
        self._by_ends: dict[tuple[str, str], dict[tuple[str, ...], list[Record]]] = {}

    def __bool__(self) -> bool:
        return bool(self._by_ends)

    def add(self, around: tuple[str, ...], record: Record) -> None:
        ends = around[0], around[-1]
        self._lengths.add((len(ends[0]), len(ends[1])))
        self._by_ends.setdefault(ends, {}).setdefault(around, []).append(record)

    def of(self, text: str) -> Iterator[tuple[tuple[str, ...], list[Record]]]:
        """Yield the forms that a text fits."""
        for begin, end in self._lengths:
            for around, records in self._by_ends.get((text[:begin], text[-end:]), {}).items():
                if fits(around, text, _IN_STRING.fullmatch):
                    yield around, records
