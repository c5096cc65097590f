"""Programs that are not ours, at a port that is: they read what we say as the rest of the world does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from nemovideo_fakeserver import Options
from support.server import child, thread
from support.stage import scripted_fake

RATE = 600
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The base URL of `nemo-fakeserver serve`, where ten minutes pass in a second; tests take worlds of it."""
    with child("--rate", str(RATE)) as url:
        yield url


@pytest.fixture(scope="session")
def scripted_server() -> Iterator[str]:
    """The base URL of a scripted fake at the same rate."""
    with scripted_fake(Options(rate=RATE, autojump=False)) as fake, thread(fake) as url:
        yield url


@pytest.fixture
def world() -> str:
    """What to append to a server's URL for a world that is the test's own."""
    return f"/~test-{next(_NUMBERS)}"
