"""A question to the journal: which requests, or which other facts, are meant.

Law: what a query leaves out is open (`ANY`), and None means that there is none: `token=None` asks for
requests without a token, `code=None` for replies without an envelope. A query is valid at birth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

from nemovideo_fakeserver.verify import written
from nemovideo_fakeserver.verify.kinds import KINDS
from nemovideo_fakeserver.verify.malformed import QueryMalformed, no_such
from nemovideo_fakeserver.verify.patterns import ANY, Equal, Mark, Text, check
from nemovideo_fakeserver.verify.plain import shown
from nemovideo_fakeserver.verify.written import Nth

_TEXT = (str, re.Pattern, Equal, Mark, type(None))
_PLACE = (int, float, Nth)
_TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "kind": ((str,), "a word"),
    "line": ((str,), "a method and a path"),
    "account": (_TEXT, "a text"),
    "session": (_TEXT, "a text"),
    "token": (_TEXT, "a text"),
    "status": ((int,), "a number"),
    "code": ((int, type(None)), "a number"),
    "headers": ((Mapping,), "names with values"),
    "query": ((*_TEXT, Mapping), "a text, or names with values"),
    "what": ((Mapping,), "an object"),
    "after": (_PLACE, "virtual seconds since the Unix epoch, or the number of a fact"),
    "before": (_PLACE, "virtual seconds since the Unix epoch, or the number of a fact"),
}
_OF_REQUESTS = ("line", "status", "code", "query", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Requests, or facts of another `kind`, that have all of this.

    `line` is `"POST /run_sse"`: `*` is any method, `{}` or `{name}` any segment of the path.
    `headers` and a mapping as `query` (of the URL) go by name; None: it is not there. `body` and
    `what` (the details of a fact) ask for a part of the JSON. `after` and `before` are virtual seconds
    since the Unix epoch, the first included and the second not, or `Nth(number)` of a fact, neither
    included.
    """

    kind: str = "request"
    line: str | Mark = ANY
    account: Text = ANY
    session: Text = ANY
    token: Text = ANY
    status: int | Mark = ANY
    code: int | Mark | None = ANY
    headers: Mapping[str, Text] = field(default_factory=dict)
    query: Text | Mapping[str, Text] = ANY
    body: Any = ANY
    what: Mapping[str, Any] = field(default_factory=dict)
    after: float | Nth | Mark = ANY
    before: float | Nth | Mark = ANY

    def __post_init__(self) -> None:
        for name, (types, words) in _TYPES.items():
            _check_type(name, getattr(self, name), types, words)
        _check_kind(self)
        _check_line(self.line)
        for pattern in (self.account, self.session, self.token, self.query, self.body, self.what):
            check(pattern)
        check(self.headers)
        lowered = {name.lower(): value for name, value in self.headers.items()}
        object.__setattr__(self, "headers", lowered)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Query:
        """Return the query that plain JSON data tells; raises `QueryMalformed`."""
        if not isinstance(data, Mapping):
            raise QueryMalformed(
                f'a query is an object such as {{"line": "POST /run_sse"}}, not {shown(data)}.'
            )
        legal = [each.name for each in fields(cls)]
        for key in data:
            if key not in legal:
                raise no_such("a query has no", key, legal)
        return cls(**{key: _read(key, value) for key, value in data.items()})


Asked: TypeAlias = Query | Mapping[str, Any] | str
"""A query, the plain data of one, or the line of a request."""


def as_query(asked: Asked) -> Query:
    """Return what is asked as a query; raises `QueryMalformed`."""
    match asked:
        case Query():
            return asked
        case str():
            return Query(line=asked)
    return Query.of(asked)


def _read(key: str, value: Any) -> Any:
    return written.place(key, value) if key in {"after", "before"} else written.pattern(value)


def _check_type(name: str, value: Any, types: tuple[type, ...], words: str) -> None:
    if value is not ANY and (isinstance(value, bool) or not isinstance(value, types)):
        raise QueryMalformed(f"{name} is {words}, not {shown(value)}.")
    if name in {"headers", "query"} and isinstance(value, Mapping):
        for key, inner in value.items():
            _check_type(f"{name}.{key}", inner, _TEXT, "a text")


def _check_kind(query: Query) -> None:
    if query.kind not in KINDS:
        raise no_such("no fact is of the kind", query.kind, KINDS)
    given = (name for name in _OF_REQUESTS if getattr(query, name) is not ANY)
    name = "headers" if query.headers else next(given, None)
    if query.kind != "request" and name:
        raise QueryMalformed(
            f"a fact of the kind {query.kind} has no {name}: say what it must have in `what`."
        )


def _check_line(line: str | Mark) -> None:
    if isinstance(line, Mark):
        return
    method, _, path = line.partition(" ")
    if not method or "/" in method or not path.startswith("/") or "?" in path:
        raise QueryMalformed(
            f"line is a method and a path such as 'POST /run_sse' or '* /run_sse', not {shown(line)}."
        )
