"""The laws of a life: what must be so after every act, whatever goes wrong. `LAWS` is the table.

Each law is a small function over a `Step` (and the books), and yields a sentence for each breach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from nemovideo_pytest.machine.books import Books
from nemovideo_pytest.machine.broken import JUDGE
from nemovideo_pytest.machine.step import Step

Law: TypeAlias = Callable[[Step, Books], Iterator[str]]

STATE = "/latest"
"""How the path of a query of the state ends."""


def paid_once(step: Step, books: Books) -> Iterator[str]:
    """One message is paid for once, however often it was sent."""
    paid = [books.paid.get(turn["turn"], 0) for turn in step.accepted]
    if sum(map(bool, paid)) > 1:
        yield (
            f"the message {step.act.told!r} was accepted {len(paid)} times, and paid for"
            f" {sum(map(bool, paid))} times: {' + '.join(map(str, paid))} credits"
        )


def done_once(step: Step, _books: Books) -> Iterator[str]:
    """One message is worked on once, also where that is free: an edit done twice is another edit."""
    at_work = [t for t in step.accepted if t["turn"] not in step.failed and t["work"] != "text"]
    if len(at_work) > 1:
        yield f"the message {step.act.told!r} was sent again while it was worked on, or after it"


def credits_told(step: Step, books: Books) -> Iterator[str]:
    """A balance that is told is the one in the books."""
    if step.act.name != "credits" or step.error is not None or step.hit:
        return
    told = tuple(_part(step.result, name) for name in ("available", "frozen"))
    if None not in told and told not in books.balances.values():
        yield f"the client says {told} credits are available and frozen: {books.balances}"


def _part(result: Any, name: str) -> Any:
    if isinstance(result, Mapping):
        return result.get(name)
    return getattr(result, name, None)


def nothing_lost(step: Step, _books: Books) -> Iterator[str]:
    """Who says that a message was done has had it accepted, and has not overheard that it failed."""
    if step.act.name != "say" or step.error is not None:
        return
    if not step.accepted:
        yield f"the client is content, and the message {step.act.told!r} was never accepted"
    elif step.accepted[-1]["turn"] in step.failed and not step.hit:
        yield f"the client is content, and the work for {step.act.told!r} failed"


def silence_looked_into(step: Step, _books: Books) -> Iterator[str]:
    """After an edit that ended without a word the state is looked at (documented)."""
    silent = [turn for turn in step.accepted if turn["silent"] and turn["work"] == "edit"]
    if step.act.name != "say" or step.error is not None or not silent or step.hit:
        return
    first = next(n for n, fact in enumerate(step.facts) if fact.kind == "turn.accepted")
    looks = (fact.what["path"] for fact in step.facts[first:] if fact.kind == "request")
    if not any(path.endswith(STATE) for path in looks):
        yield f"the edit {step.act.told!r} ended without a word, and the state was not looked at"


def effect_had(step: Step, _books: Books) -> Iterator[str]:
    """What was asked for in words is in the draft, once the work is over, and none was under way before."""
    done = [turn for turn in step.accepted if turn["turn"] not in step.failed]
    if step.effect is None or step.error is not None or step.busy or len(done) != 1:
        return
    turn = done[0]
    if turn["ends_at"] <= step.now and not turn["failed"]:
        before, after = (drafts.get(turn["session"], {}) for drafts in (step.before, step.after))
        for missed in step.effect.misses(before, after):
            yield f"{step.act.told!r} did not do what it says: {missed}"


def error_has_cause(step: Step, _books: Books) -> Iterator[str]:
    """An error is reported where something went wrong, was refused, or could not be done."""
    if step.error is None or step.struck or step.refused:
        return
    empty = not step.before or not all(draft.get("t") for draft in step.before.values())
    if step.act.name in ("order", "export") and empty:
        return
    error = step.error
    yield f"{step.act.name} raised {type(error).__name__} though nothing went wrong: {error}"


LAWS: Mapping[str, Law] = {
    "paid-once": paid_once,
    "done-once": done_once,
    "credits-told": credits_told,
    "nothing-lost": nothing_lost,
    "silence-looked-into": silence_looked_into,
    "effect-had": effect_had,
    "error-has-cause": error_has_cause,
}
"""By name, the costliest first: of several that one act breaks, the first is reported."""

BOOKS, ERRORS = "books-balance", "typed-errors"
"""Laws that a life itself holds an act to, as it does with `judge`."""

NAMES = (*LAWS, BOOKS, ERRORS, JUDGE)
"""The names of all laws."""
