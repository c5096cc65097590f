"""Whether things happened in an order.

Law: each step is the first after the step before that fits; others may stand in between. Strictly, no
other request of that account may: then the steps are an unbroken run of one account's requests, and
the run that goes furthest is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.describing import in_words
from nemovideo_fakeserver.verify.exchanges import Exchange, text
from nemovideo_fakeserver.verify.finding import (
    Found,
    candidates,
    differences,
    matches,
    nearest,
    score,
)
from nemovideo_fakeserver.verify.malformed import QueryMalformed
from nemovideo_fakeserver.verify.outcome import Outcome, Step, dropped_from, start_of
from nemovideo_fakeserver.verify.query import Asked, Query, as_query


def verify_sequence(
    facts: Iterable[Fact],
    asked: Sequence[Asked],
    *,
    strict: bool = False,
) -> Outcome:
    """Return whether the steps `asked` come in this order among `facts`.

    `strict`: with no other request of the same account in between.
    """
    if not isinstance(asked, list | tuple) or not asked:
        raise QueryMalformed("a sequence is a list of queries, with one at least.")
    queries = [as_query(each) for each in asked]
    known = tuple(facts)
    every = _merged(known, queries)
    found = _strictly(every, queries) if strict else _loosely(every, queries)
    steps = zip_longest(map(in_words, queries), found)
    outcome = Outcome(
        ok=len(found) == len(queries),
        among=len(every),
        expected=f"in {'unbroken ' if strict else ''}order: {', then '.join(map(in_words, queries))}",
        seen=len(found),
        found=tuple(found),
        steps=tuple(Step(expected=words, found=each) for words, each in steps),
        dropped=dropped_from(facts, known),
        start=start_of(known),
    )
    return outcome if outcome.ok else _explained(outcome, queries[len(found)], every, strict=strict)


def _merged(facts: Sequence[Fact], queries: Iterable[Query]) -> list[Found]:
    """Return all that the steps may be, in order."""
    kinds = {query.kind: query for query in queries}
    every = [each for query in kinds.values() for each in candidates(facts, query)]
    return sorted(every, key=lambda each: each.number)


def _loosely(every: Sequence[Found], queries: Sequence[Query]) -> list[Found]:
    """Return the steps that are reached, whatever stands in between."""
    found: list[Found] = []
    rest = iter(every)
    for query in queries:
        hit = next((each for each in rest if _fits(query, each)), None)
        if hit is None:
            break
        found.append(hit)
    return found


def _strictly(every: Sequence[Found], queries: Sequence[Query]) -> list[Found]:
    """Return the unbroken run that reaches most steps, the first of equals."""
    starts = (n for n, each in enumerate(every) if _fits(queries[0], each))
    best: list[Found] = []
    for start in starts:
        run = _run(islice(every, start, None), queries)
        best = run if len(run) > len(best) else best
        if len(best) == len(queries):
            break
    return best


def _run(every: Iterator[Found], queries: Sequence[Query]) -> list[Found]:
    """Return the steps of the run that begins with the first of `every`."""
    found = [next(every)]
    for each in every:
        if len(found) == len(queries):
            break
        whose, account = _whose(found), _account(each)
        mine = whose is None or account in {None, whose}
        if mine and _fits(queries[len(found)], each):
            found.append(each)
        elif _breaks(found, each):
            break
    return found


def _explained(outcome: Outcome, query: Query, every: Sequence[Found], *, strict: bool) -> Outcome:
    """Return the outcome with what came in place of the step that was not reached."""
    found = outcome.found
    later = [each for each in every if not found or each.number > found[-1].number]
    came = [each for each in later if _breaks(found, each)] if strict and found else later
    alike = [each for each in (came[:1] if strict and came else later) if _is_of(query, each)]
    near = nearest(query, alike)
    earlier = (each for each in every if each not in later and each not in found)
    return replace(
        outcome,
        kind=query.kind,
        among=sum(_is_of(query, each) for each in every),
        nearest=near,
        score=score(query, near) if near else 0.0,
        differences=differences(query, near) if near else (),
        instead=came[0] if came and found else None,
        early=next((each for each in earlier if _fits(query, each)), None),
    )


def _fits(query: Query, each: Found) -> bool:
    return _is_of(query, each) and matches(query, each)


def _is_of(query: Query, each: Found) -> bool:
    return query.kind == ("request" if isinstance(each, Exchange) else each.kind)


def _breaks(found: Sequence[Found], each: Found) -> bool:
    """Say whether `each` is a request of the account whose run this is."""
    return isinstance(each, Exchange) and _whose(found) in {None, _account(each)}


def _whose(found: Sequence[Found]) -> str | None:
    return next(filter(None, map(_account, found)), None)


def _account(each: Found) -> str | None:
    return each.account if isinstance(each, Exchange) else text(each.what, "account")
