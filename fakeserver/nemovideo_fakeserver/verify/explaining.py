"""An outcome told to the person whose test failed."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.verify.describing import place, told_of
from nemovideo_fakeserver.verify.outcome import Outcome
from nemovideo_fakeserver.verify.plain import date

MOST = 8
"""How many facts or differences are listed."""


def explain(outcome: Outcome) -> str:
    """Return what was expected, what was seen, what came nearest and in what it differs."""
    lines = _of_a_sequence(outcome) if outcome.steps else _of_a_count(outcome)
    return "\n".join([*lines, *_nearest(outcome), *_footing(outcome)])


def _of_a_count(outcome: Outcome) -> Iterator[str]:
    yield f"Expected {outcome.expected}; seen: {outcome.seen}{_nothing_at_all(outcome)}."
    yield from _listed(f"  {told_of(each, outcome.start)}" for each in outcome.found)


def _of_a_sequence(outcome: Outcome) -> Iterator[str]:
    yield (
        f"Expected {len(outcome.steps)} steps {outcome.expected.partition(':')[0]};"
        f" reached: {outcome.seen}{_nothing_at_all(outcome)}."
    )
    for number, step in enumerate(outcome.steps, 1):
        missing = "not found" if number == outcome.seen + 1 else "not reached"
        was = place(step.found, outcome.start) if step.found else missing
        yield f"  {number}. {step.expected}: {was}"
    if outcome.instead and outcome.instead is not outcome.nearest:
        yield f"After step {outcome.seen} came {told_of(outcome.instead, outcome.start)}"
    if outcome.early:
        yield f"It came too early: {told_of(outcome.early, outcome.start)}"


def _nearest(outcome: Outcome) -> Iterator[str]:
    if outcome.nearest is None:
        return
    came = outcome.nearest is outcome.instead
    lead = f"After step {outcome.seen} came instead" if came else "Nearest"
    yield f"{lead}: {told_of(outcome.nearest, outcome.start)}"
    yield from _listed(f"  {point}" for point in outcome.differences)


def _nothing_at_all(outcome: Outcome) -> str:
    if outcome.among:
        return ""
    if outcome.kind == "request":
        return " (no request was made at all)"
    return f" (there is no {outcome.kind} fact at all)"


def _footing(outcome: Outcome) -> Iterator[str]:
    if outcome.found or outcome.nearest:
        yield f"Times are virtual, in seconds since {date(outcome.start)}."
    if outcome.dropped:
        yield f"The journal has let its first {outcome.dropped} facts go: they were not searched."


def _listed(lines: Iterator[str]) -> Iterator[str]:
    every = list(lines)
    yield from every[:MOST]
    if len(every) > MOST:
        yield f"  and {len(every) - MOST} more"
