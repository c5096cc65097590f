"""The way to a service that may cost: opted in, asked for its balance, and within the budget of the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.doors.door import Door
from nemovideo_pytest.ending.ending import Ending
from nemovideo_pytest.remote.doors import around
from nemovideo_pytest.remote.paying import AsyncPayingTransport, PayingTransport
from nemovideo_pytest.remote.spending import till_of


class Charged(NamedTuple):
    """A door whose paid calls are counted, and how the test has left it."""

    door: Door
    ending: Callable[[], Ending]


def charged(case: Case, url: str, opened: Callable[[], Door]) -> Charged:
    """Return the door of that service with the till of the run before it.

    The test fails whose paid call could exceed the budget; those that come after it are skipped.
    """
    till = till_of(case.request.config, url)
    if till.closed:
        pytest.skip(till.closed)
    before = len(till.refused)
    door = around(
        opened(),
        lambda inner: PayingTransport(till, inner),
        lambda inner: AsyncPayingTransport(till, inner),
    )
    return Charged(door, lambda: Ending(unexpected=tuple(till.refused[before:])))
