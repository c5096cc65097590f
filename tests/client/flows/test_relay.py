"""Relaying: what a flow shows is put differently, everything else passes both ways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nemovideo_client.errors import APIConnectionError, UsageError
from nemovideo_client.flows.relay import relay
from nemovideo_client.wire.steps import Flow, Now, Show, Sleep
from support.playbook import Script, Service, broken, play


def twice(thing: int) -> Iterator[int]:
    """Say everything twice, and nothing of 0."""
    if thing:
        yield from (thing, thing)


def counting() -> Flow[float]:
    """A flow that shows three numbers and asks the time."""
    yield Show(0)
    yield Show(1)
    now: float = yield Now()
    yield Show(2)
    return now


def test_things_are_replaced() -> None:
    """By none, one or many; answers and the result pass."""
    played = play(relay(counting(), twice), Service({}), now=7)

    assert (played.shown, played.result) == ([1, 1, 2, 2], 7)


def test_failures_reach_the_flow_inside() -> None:
    """It is the one to judge them; what it raises passes, too."""

    def flow() -> Flow[str]:
        try:
            yield Sleep(1)
        except APIConnectionError:
            yield Show(1)
        raise UsageError("mine")

    played = play(relay(flow(), twice), Script([("sleep 1", broken())]))

    assert played.shown == [1, 1]
    assert isinstance(played.error, UsageError)


def test_leaving_closes_the_flow_inside() -> None:
    """Whoever stops reading leaves the inner flow, too."""
    left: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield Sleep(1)
        finally:
            left.append("inner")

    outer = relay(flow(), twice)
    next(outer)
    outer.close()

    assert left == ["inner"]
    with pytest.raises(StopIteration):
        next(outer)
