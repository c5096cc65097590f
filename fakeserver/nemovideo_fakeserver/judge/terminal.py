"""A report in plain text: what is worst first, alike together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from nemovideo_fakeserver.judge.rule import Rule
from nemovideo_fakeserver.judge.verdict import Tally, Verdict
from nemovideo_fakeserver.judge.wording import clean, credits_

_ORDER = ("error", "warning", "hint")


When: TypeAlias = Callable[[float], str]
"""Puts a time in words."""


def drawn(
    verdicts: Sequence[Verdict],
    tallies: Sequence[Tally],
    totals: Mapping[str, int],
    each: int,
    when: When,
) -> Iterator[str]:
    """Yield the lines of a report, with at most `each` verdicts of a rule in full."""
    rules = {tally.rule.name: tally.rule for tally in tallies}
    yield _summary(totals)
    ordered = sorted(verdicts, key=lambda v: (_ORDER.index(v.severity), v.rule))
    for name, group in groupby(ordered, key=lambda verdict: verdict.rule):
        yield ""
        yield from _chapter(rules[name], list(group), each, when)
    yield ""
    yield (
        f"Rules: {totals['rules_broken']} broken, {totals['rules_kept']} kept,"
        f" {totals['rules_not_seen']} not seen."
    )
    if totals["dropped"]:
        gone = totals["dropped"]
        yield f"The oldest {gone} facts are gone: what began in them is not judged."


def _summary(totals: Mapping[str, int]) -> str:
    counts = ", ".join(
        _count(totals[f"{severity}s"], severity) for severity in ("error", "warning", "hint")
    )
    price = f"; what was done cost {credits_(totals['cost'])} in vain" if totals["cost"] else ""
    return f"{counts[0].upper()}{counts[1:]}{price}."


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _chapter(rule: Rule, verdicts: Sequence[Verdict], each: int, when: When) -> Iterator[str]:
    yield f"{rule.severity}: {rule.name}"
    for verdict in verdicts[:each]:
        yield f"  {verdict.did}."
        yield f"    {_where(verdict, when)}"
    if len(verdicts) > each:
        yield f"  ... and {len(verdicts) - each} more"
    yield f"  -> {rule.says}"
    yield f"     ({rule.source})"


def _where(verdict: Verdict, when: When) -> str:
    """Return when and where it was, and what it cost, on one line."""
    numbers = ", ".join(str(number) for number in verdict.requests)
    parts = [when(verdict.at)]
    if numbers:
        parts.append(f"fact{'s' if len(verdict.requests) > 1 else ''} {numbers}")
    if verdict.request_id:
        parts.append(verdict.request_id)
    if verdict.session:
        parts.append(f"session {clean(verdict.session)}")
    elif verdict.account:
        parts.append(clean(verdict.account))
    if verdict.cost is not None:
        parts.append(credits_(verdict.cost))
    if verdict.open:
        parts.append("so far")
    return ", ".join(parts)
