"""Fixtures for all tests: a fake, and a caller at each of its doors."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, settings

from nemovideo_fakeserver import Fake
from support.caller import Caller

BASE = "http://127.0.0.1"

pytest.register_assert_rewrite("support.together")

# Hypothesis times each example on the real clock, which says more about the machine than about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests that kill servers do it as often as one likes."""
    parser.addoption(
        "--kill-rounds",
        type=int,
        default=3,
        help="how often servers are killed in the middle of traffic",
    )


@pytest.fixture
def kill_rounds(request: pytest.FixtureRequest) -> int:
    """How often servers are killed in the middle of traffic."""
    return int(request.config.getoption("--kill-rounds"))


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A fake of its own for one test, in-process, at rate 0."""
    with Fake() as made:
        yield made


@pytest.fixture
def http(fake: Fake) -> Iterator[httpx.Client]:
    """An httpx client that reaches the fake in-process."""
    with httpx.Client(transport=fake.transport(), base_url=BASE, timeout=900) as client:
        yield client


@pytest.fixture
def caller(http: httpx.Client) -> Caller:
    """A caller with a token and a session."""
    return Caller(http).connect()
