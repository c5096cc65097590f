"""Whether a fixture and the service of its test go together; where not, the test is skipped or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest.steering import NemoClock
from nemovideo_pytest.target_choice import PINS

if TYPE_CHECKING:
    from nemovideo_fakeserver import Fake
    from nemovideo_pytest.service import Service


def clock(service: Service) -> NemoClock:
    """Return the time of a service that can be moved; else skip the test."""
    if service.door.clock is None:
        pytest.skip(f"nobody can move the time of the target {service.target}")
    return NemoClock(service, service.door.clock)


def fake(service: Service, fixture: str) -> Fake:
    """Return the fake behind a service; skip the test where there is none."""
    if service.fake is None:
        pytest.skip(
            f"{fixture} is about a fake, and there is none behind the target {service.target}"
        )
    return service.fake


def pinned(service: Service, fixture: str) -> Fake:
    """Return the fake of a test that has it for certain.

    A test whose service was there before it asked for this fixture, in `getfixturevalue`, has another one.
    """
    if service.fake is None or service.target != PINS[fixture]:
        pytest.fail(
            f"this test already has a service, of the target {service.target}: make {fixture} an argument"
            f" of the test, or mark it with pytest.mark.usefixtures({fixture!r})",
            pytrace=False,
        )
    return service.fake


def asyncio(request: pytest.FixtureRequest) -> None:
    """Fail a test that anyio's plugin runs on trio: time and transports here are those of asyncio."""
    if "anyio_backend" not in request.fixturenames:
        return
    if request.getfixturevalue("anyio_backend_name") != "asyncio":
        pytest.fail(
            "nemo_client needs asyncio, and anyio runs this test on trio: let the fixture anyio_backend"
            ' return "asyncio"',
            pytrace=False,
        )
