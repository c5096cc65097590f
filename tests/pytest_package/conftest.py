from __future__ import annotations

from collections.abc import Iterator

import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.doors.door import Door, in_process, served
from support.meddling.meddler import Meddler
from support.stage import scripted_fake


@pytest.fixture(params=["in-process", "served"])
def way(request: pytest.FixtureRequest) -> str:
    """The name of the door."""
    return str(request.param)


@pytest.fixture
def fake(way: str) -> Iterator[Fake]:
    """A scripted fake whose clock jumps by itself only where no network is in between."""
    with scripted_fake(Options(autojump=way == "in-process")) as made:
        yield made


@pytest.fixture
def meddler(fake: Fake) -> Meddler:
    """A meddler before the fake."""
    return Meddler(fake, fake.clock)


@pytest.fixture
def door(way: str, fake: Fake, meddler: Meddler) -> Iterator[Door]:
    """Either door to the meddler."""
    opened = in_process if way == "in-process" else served
    with opened(meddler, fake.clock) as made:
        yield made
