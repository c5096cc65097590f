"""A query and what was found, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.comparing import inside
from nemovideo_fakeserver.verify.exchanges import Exchange, text
from nemovideo_fakeserver.verify.finding import Found
from nemovideo_fakeserver.verify.patterns import ANY, Mark, told
from nemovideo_fakeserver.verify.plain import plain, shown
from nemovideo_fakeserver.verify.query import Query
from nemovideo_fakeserver.verify.written import Nth

MOST = 6
"""How many conditions of a query a sentence names."""

LONGEST_FACT = 200
"""How many characters of a fact's details a line shows."""


def in_words(query: Query) -> str:
    """Return what a query asks for: `POST /run_sse with status 200, body.session_id 's1'`."""
    what = "request" if isinstance(query.line, Mark) else plain(query.line)
    subject = what if query.kind == "request" else f"{query.kind} fact"
    conditions = list(_conditions(query))
    if len(conditions) > MOST:
        conditions[MOST:] = [f"{len(conditions) - MOST} conditions more"]
    return f"{subject} with {', '.join(conditions)}" if conditions else subject


def place(found: Found, start: float) -> str:
    """Return where something stands in the journal: its number, when it was, and the request's id."""
    when = f"fact {found.number} at +{found.at - start:.1f}s"
    id_ = text(found.request.what, "id") if isinstance(found, Exchange) else None
    return f"{when}, request {plain(id_)}" if id_ else when


def told_of(found: Found, start: float) -> str:
    """Return where something stands in the journal, and what it is: on one line."""
    if isinstance(found, Fact):
        what = shown(dict(found.what), longest=LONGEST_FACT)
        return f"{place(found, start)}: {plain(found.kind)} {what}"
    return f"{place(found, start)}: {plain(found.line)} -> {_reply(found)}"


def _reply(exchange: Exchange) -> str:
    if exchange.reply is None:
        return "no reply"
    code = f", code {shown(exchange.code)}" if exchange.code else ""
    return f"{shown(exchange.status)}{code}"


def _conditions(query: Query) -> Iterator[str]:
    for name in ("account", "session", "token", "status", "code", "query", "body"):
        value = getattr(query, name)
        if value is not ANY:
            yield from _leaves(name, value)
    for name, value in query.headers.items():
        yield from _leaves(f"headers.{name}", value)
    for name, value in query.what.items():
        yield from _leaves(name, value)
    for name in ("after", "before"):
        bound = getattr(query, name)
        if bound is not ANY:
            yield f"{name} {f'fact {bound.number}' if isinstance(bound, Nth) else f'{bound:g}'}"


def _leaves(field: str, pattern: Any) -> Iterator[str]:
    if isinstance(pattern, Mapping) and pattern:
        for key, inner in pattern.items():
            yield from _leaves(inside(field, key), inner)
    elif isinstance(pattern, list | tuple) and pattern:
        for place, inner in enumerate(pattern):
            yield from _leaves(f"{field}[{place}]", inner)
    else:
        words = told(pattern)
        yield f"{plain(field)} {words}" if words != "null" else f"no {plain(field)}"
