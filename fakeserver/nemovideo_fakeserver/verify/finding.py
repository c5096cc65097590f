"""What a query finds, and how near to it the others came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.comparing import Point, closeness, points
from nemovideo_fakeserver.verify.exchanges import Exchange
from nemovideo_fakeserver.verify.joining import exchanges
from nemovideo_fakeserver.verify.lines import line_point
from nemovideo_fakeserver.verify.patterns import ABSENT, ANY
from nemovideo_fakeserver.verify.query import Asked, Query, as_query
from nemovideo_fakeserver.verify.written import Nth

Found: TypeAlias = Exchange | Fact
"""A request with what came of it, or a fact of another kind."""

WEIGHTS = {"line": 4, "body": 2, "what": 2}
"""How much a part of a query says about what was meant; any other part counts once."""


def find(facts: Iterable[Fact], asked: Asked) -> list[Found]:
    """Return what `asked` finds among `facts`, in order."""
    query = as_query(asked)
    return [each for each in candidates(facts, query) if matches(query, each)]


def count(facts: Iterable[Fact], asked: Asked) -> int:
    """Return how many `asked` finds among `facts`."""
    return len(find(facts, asked))


def candidates(facts: Iterable[Fact], query: Query) -> Sequence[Found]:
    """Return all of the kind that a query is about, in order."""
    if query.kind == "request":
        return exchanges(facts)
    return [fact for fact in facts if fact.kind == query.kind]


def matches(query: Query, each: Found) -> bool:
    """Say whether `each` has all that the query asks for."""
    return all(point.fits for _, part in _parts(query, each) for point in part)


def differences(query: Query, each: Found) -> tuple[Point, ...]:
    """Return what the query asks for and `each` has not."""
    return tuple(point for _, part in _parts(query, each) for point in part if not point.fits)


def score(query: Query, each: Found) -> float:
    """Return how near `each` comes to what the query asks for, 0 to 1."""
    parts = [(WEIGHTS.get(name, 1), closeness(part)) for name, part in _parts(query, each)]
    total = sum(weight for weight, _ in parts)
    return sum(weight * close for weight, close in parts) / total if total else 1.0


def nearest(query: Query, among: Sequence[Found]) -> Found | None:
    """Return the one that comes nearest, the first of equals; None where there is none."""
    return max(among, key=lambda each: score(query, each), default=None)


def _parts(query: Query, each: Found) -> Iterator[tuple[str, list[Point]]]:
    """Yield what is asked for, part by part, with its points."""
    if isinstance(each, Exchange):
        yield from _of_request(query, each)
    else:
        what = each.what
        yield from _named(query, *(what.get(key) for key in ("account", "session", "token")))
    yield from _when(query, each)
    fact = each.request if isinstance(each, Exchange) else each
    if query.what:
        told = (points(key, value, fact.what.get(key, ABSENT)) for key, value in query.what.items())
        yield "what", [point for part in told for point in part]


def _of_request(query: Query, each: Exchange) -> Iterator[tuple[str, list[Point]]]:
    if isinstance(query.line, str):
        yield "line", [line_point(query.line, each)]
    yield from _named(query, each.account, each.session, each.request.what.get("token"))
    for name, had in (("status", each.status), ("code", each.code)):
        yield from _value(name, getattr(query, name), had)
    for name, value in query.headers.items():
        yield (
            f"headers.{name}",
            [*points(f"headers.{name}", _or_none(value), each.headers.get(name, ABSENT))],
        )
    if query.query is not ANY:
        yield "query", [*_url_query(query.query, each.request.what.get("query"))]
    if query.body is not ANY:
        yield "body", [*points("body", query.body, each.body)]


def _named(query: Query, *had: Any) -> Iterator[tuple[str, list[Point]]]:
    for name, value in zip(("account", "session", "token"), had, strict=True):
        yield from _value(name, getattr(query, name), value)


def _value(name: str, expected: Any, was: Any) -> Iterator[tuple[str, list[Point]]]:
    if expected is not ANY:
        yield name, [*points(name, _or_none(expected), ABSENT if was is None else was)]


def _or_none(expected: Any) -> Any:
    return ABSENT if expected is None else expected


def _url_query(expected: Any, was: Any) -> Iterator[Point]:
    if not isinstance(expected, Mapping):
        yield from points("query", _or_none(expected), was or ABSENT)
        return
    given = parse_qs(was if isinstance(was, str) else "", keep_blank_values=True)
    for name, value in expected.items():
        had = given.get(name, [ABSENT])
        tried = [next(points(f"query.{name}", _or_none(value), each)) for each in had]
        yield max(tried, key=lambda point: point.closeness)


def _when(query: Query, each: Found) -> Iterator[tuple[str, list[Point]]]:
    if query.after is not ANY:
        yield "after", [_place("after", query.after, each, later=True)]
    if query.before is not ANY:
        yield "before", [_place("before", query.before, each, later=False)]


def _place(name: str, bound: Any, each: Found, *, later: bool) -> Point:
    if isinstance(bound, Nth):
        fits = each.number > bound.number if later else each.number < bound.number
        expected, was = {"fact": bound.number}, {"fact": each.number}
        return Point(field=name, expected=expected, was=was, fits=fits, closeness=float(fits))
    fits = each.at >= bound if later else each.at < bound
    return Point(field=name, expected=bound, was=each.at, fits=fits, closeness=float(fits))
