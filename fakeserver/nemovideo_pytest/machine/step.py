"""One act of a life, and all that is known of it afterwards: what came back, and what the service wrote down.

Law: it is read from the journal alone, which the client cannot touch. Credits are whole; times are virtual seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_pytest.strategies.drafting import Draft
from nemovideo_pytest.strategies.editing.effect import Effect
from nemovideo_pytest.strategies.playing.acts import Act

Drafts: TypeAlias = Mapping[str, Draft]
"""The draft of every session, by the session's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act, its result or its error, the facts it left, and all drafts before and after it.

    `now` is when it was over; `struck` says whether a fault had fired by then. `busy`: when it began, the
    service was still at work for an earlier message.
    """

    act: Act
    result: Any = None
    error: BaseException | None = None
    facts: Sequence[Fact]
    before: Drafts
    after: Drafts
    now: float
    struck: bool
    busy: bool
    effect: Effect | None = field(default=None, repr=False)

    def of(self, kind: str) -> Iterator[Mapping[str, Any]]:
        """Yield what facts of a kind tell."""
        return (fact.what for fact in self.facts if fact.kind == kind)

    @property
    def accepted(self) -> list[Mapping[str, Any]]:
        """The messages that the service took on."""
        return list(self.of("turn.accepted"))

    @property
    def failed(self) -> set[str]:
        """The turns of which the service has said that they failed."""
        return {what["turn"] for what in self.of("turn.ended") if what["failed"]}

    @property
    def refused(self) -> bool:
        """Say whether any reply said no: a status of 400 or more, or a business code."""
        return any(
            (what.get("status") or 0) >= 400 or what.get("code") not in (None, 0)
            for what in self.of("reply")
        )

    @property
    def hit(self) -> bool:
        """Say whether a fault fired during the act."""
        return next(self.of("fault"), None) is not None
