"""How renders go."""

from __future__ import annotations

from typing import Annotated, Literal

from nemovideo_fakeserver.scenario.broken import Wrong
from nemovideo_fakeserver.scenario.model.part import Count, Part, Seconds, Text, one_of, says


class Polls(Part, frozen=True, kw_only=True):
    """Which poll of a render sees what; the first is 1."""

    processing: Annotated[Count, says("The poll that first says processing")] = 1
    completed: Annotated[Count, says("The poll that first says completed (or failed)")]

    def __post_init__(self) -> None:
        if self.completed < self.processing:
            raise Wrong("a render is completed after it has been processing", ("completed",))


class Timing(Part, frozen=True, kw_only=True):
    """How long renders take: by time, or by polls."""

    seconds: Annotated[
        tuple[Seconds, Seconds] | None, says("From and to; how long within is drawn from the seed")
    ] = None
    polls: Annotated[Polls | None, says("By polls, however long they take")] = None

    def __post_init__(self) -> None:
        one_of(self, ("seconds", "polls"), "timing")
        if self.seconds is not None and not 0 < self.seconds[0] <= self.seconds[1]:
            raise Wrong("seconds are two: the shortest, more than 0, and the longest", ("seconds",))


class Failure(Part, frozen=True, kw_only=True):
    """A render that fails."""

    fail: Annotated[Text, says("Why, as a poll tells it")]


class Renders(Part, frozen=True, kw_only=True):
    """How the renders of a world go."""

    timing: Annotated[Timing | None, says("How long they take; 20 to 90 seconds unless told")] = (
        None
    )
    outcomes: Annotated[
        tuple[Literal["complete"] | Failure, ...],
        says("How they end, one after the other; afterwards they complete"),
    ] = ()
    last_sticks: Annotated[
        bool, says("Whether all further renders end as the last of outcomes")
    ] = False

    def __post_init__(self) -> None:
        if self.last_sticks and not self.outcomes:
            raise Wrong("last_sticks needs outcomes, of which there is a last", ("last_sticks",))

    def outcome(self, number: int) -> str | None:
        """Return why the render with this number (from 0) fails, None if it completes."""
        if number >= len(self.outcomes) and not self.last_sticks:
            return None
        told = self.outcomes[min(number, len(self.outcomes) - 1)]
        return told.fail if isinstance(told, Failure) else None
