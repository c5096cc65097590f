"""Assertions about the journal, for tests: they say nothing, or explain what is not so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify.counting import verify
from nemovideo_fakeserver.verify.explaining import explain
from nemovideo_fakeserver.verify.ordering import verify_sequence
from nemovideo_fakeserver.verify.outcome import Outcome
from nemovideo_fakeserver.verify.query import Asked


class VerificationFailed(AssertionError):
    """The journal does not hold what was expected; `outcome` is the whole verdict."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(explain(outcome))
        self.outcome = outcome


def assert_count(
    facts: Iterable[Fact],
    asked: Asked,
    exactly: int | None = None,
    *,
    at_least: int | None = None,
    at_most: int | None = None,
) -> None:
    """Raise `VerificationFailed` unless `asked` finds as many as expected; with no number, one at least."""
    _hold(verify(facts, asked, exactly=exactly, at_least=at_least, at_most=at_most))


def assert_none(facts: Iterable[Fact], asked: Asked) -> None:
    """Raise `VerificationFailed` if `asked` finds anything."""
    _hold(verify(facts, asked, exactly=0))


def assert_sequence(facts: Iterable[Fact], asked: Sequence[Asked], *, strict: bool = False) -> None:
    """Raise `VerificationFailed` unless the steps `asked` come in this order.

    Others may stand in between; `strict`: no other request of the same account.
    """
    _hold(verify_sequence(facts, asked, strict=strict))


def _hold(outcome: Outcome) -> None:
    if not outcome.ok:
        raise VerificationFailed(outcome)
