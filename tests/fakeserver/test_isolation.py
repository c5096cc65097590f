"""Worlds are apart: sixteen suites hammer one fake, and each hears what it would hear alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.darkroom import Darkroom
from support.server import PATIENCE, thread
from support.suites import HOST, OF_PACE, Heard, Suite, undated

SUITES = range(16)
LONGEST = 3 * PATIENCE
"""Real seconds after which suites that are not done are a failure."""

Client = Callable[[], httpx.Client]
Door = Callable[[Fake], AbstractContextManager[Client]]


@contextmanager
def served(fake: Fake) -> Iterator[Client]:
    """Reach a fake over a port."""
    with thread(fake) as url:
        yield lambda: httpx.Client(base_url=url, timeout=PATIENCE)


@contextmanager
def in_process(fake: Fake) -> Iterator[Client]:
    """Reach a fake without a network; patience is in virtual seconds there."""
    yield lambda: httpx.Client(transport=fake.transport(), base_url=f"http://{HOST}", timeout=900)


def run(numbers: Sequence[int], door: Door) -> list[list[Heard]]:
    """Let suites run at once against a fake of their own; return what each has heard."""
    together = threading.Barrier(len(numbers))

    def one(client: Client, number: int) -> list[Heard]:
        with client() as http:
            together.wait(PATIENCE)
            return Suite(number, http).run()

    with (
        Fake(Options(autojump=False), studio=Darkroom()) as fake,
        door(fake) as client,
        ThreadPoolExecutor(len(numbers)) as pool,
    ):
        running = [pool.submit(one, client, number) for number in numbers]
        return [suite.result(LONGEST) for suite in running]


def compared(number: int, heard: list[Heard]) -> list[Any]:
    """Return what must be the same again: all of it where time stands.

    Where it runs by itself, times differ, and with them the order of facts and what the judge says of pace.
    """
    if Suite(number, httpx.Client()).stands:
        return list(heard)
    return [undated(one) for one in heard if one.line not in OF_PACE]


@pytest.mark.slow
@pytest.mark.parametrize("door", [served, in_process])
def test_a_suite_among_sixteen_hears_what_it_hears_alone(door: Door) -> None:
    """Ids, balances, events, facts, verdicts: byte for byte where time stands, all but its pace where it runs."""
    together = run(SUITES, door)

    for number, heard in zip(SUITES, together, strict=True):
        (alone,) = run([number], door)
        assert compared(number, heard) == compared(number, alone)


def test_no_two_suites_hear_the_same() -> None:
    """What is compared has something of each world in it: its credits, its ids, its faults, its words."""
    heard = [
        compared(number, suite)
        for number, suite in zip((0, 2), run((0, 2), in_process), strict=True)
    ]

    same = [one for one, other in zip(*heard, strict=True) if one == other]

    assert {one.line for one in same} <= {"GET /__fake__/scenarios", "POST /__fake__/clock"}
