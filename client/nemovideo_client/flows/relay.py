"""Putting one's own words to what another flow shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from nemovideo_client.wire.steps import Flow, Show

T = TypeVar("T")


def relay(flow: Flow[T], hear: Callable[[Any], Iterable[Any]]) -> Flow[T]:
    """Run a flow; in place of each thing it shows, show what `hear` makes of it."""
    answer: Any = None
    failure: Exception | None = None
    try:
        while True:
            try:
                step = flow.send(answer) if failure is None else flow.throw(failure)
            except StopIteration as end:
                result: T = end.value
                return result
            answer = failure = None
            if isinstance(step, Show):
                for thing in hear(step.thing):
                    yield Show(thing)
                continue
            try:
                answer = yield step
            except Exception as problem:  # the inner flow is to judge it
                failure = problem
    finally:
        flow.close()
