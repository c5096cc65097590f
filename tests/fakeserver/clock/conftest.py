from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from nemovideo_fakeserver.clock import Clock


@pytest.fixture
def until_parked() -> Callable[[Clock], None]:
    """Wait, for a bounded while, until another thread waits on a clock."""

    def wait(clock: Clock) -> None:
        for _ in range(10**6):
            if clock.next_deadline() is not None:
                return
            time.sleep(0)  # gives the other thread its turn
        pytest.fail("the other thread never came to wait")

    return wait
