"""A flow under way: takes answers and failures, gives the next step, keeps the result."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from nemovideo_client.errors import StreamConsumed
from nemovideo_client.wire.steps import Flow, Step

T = TypeVar("T")


class Course(Generic[T]):
    """What a blocking and an asynchronous driver have in common."""

    def __init__(self, flow: Flow[T]) -> None:
        self._flow = flow
        self._answer: Any = None
        self._failure: Exception | None = None
        self._results: list[T] = []

    def step(self) -> Step | None:
        """Go on with what was answered, and return the next step; None when the flow is over."""
        answer, failure = self._answer, self._failure
        self._answer = self._failure = None
        try:
            return self._flow.send(answer) if failure is None else self._flow.throw(failure)
        except StopIteration as end:
            self._results.append(end.value)
            return None

    def answer(self, value: Any) -> None:
        """Answer the last step."""
        self._answer = value

    def fail(self, failure: Exception) -> None:
        """Let the last step fail: it is raised inside the flow."""
        self._failure = failure

    def close(self) -> None:
        """Leave the flow where it stands."""
        self._flow.close()

    @property
    def result(self) -> T:
        """What the flow returned. Raises StreamConsumed when it did not get that far."""
        if not self._results:
            raise StreamConsumed("This was not read to its end, so it came to nothing yet")
        return self._results[0]
