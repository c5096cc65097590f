"""The pytest plugin: a fixture is the whole of NemoVideo, the command line says which one.

This page is loaded by every pytest where the package is installed, so it imports nothing but pytest; all
else is imported by the fixture that needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest import settings

if TYPE_CHECKING:
    from nemovideo_client import AsyncNemoClient, NemoClient
    from nemovideo_fakeserver import Fake
    from nemovideo_pytest.service import Service

MARKERS = (
    "nemo_scenario(name_or_file): how the fake of this test begins, and what happens in it",
    "nemo_variant(key=value, ...): which readings of the documents the fake of this test follows",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, all of them beginning with `--nemo-`."""
    settings.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if settings.Settings(config).text("target") == "live":
        from nemovideo_pytest.remote import opting_in

        opting_in.demand(config)
    if settings.Settings(config).on("seal"):
        from nemovideo_pytest.sealing.plugin import Sealing

        config.pluginmanager.register(Sealing.of(config))


@pytest.fixture
def nemo_service(request: pytest.FixtureRequest) -> Iterator[Service]:
    """The service of this test, whatever it is: a `nemovideo_pytest.service.Service`."""
    from nemovideo_pytest import asked
    from nemovideo_pytest.targets import fakes

    worlds = {"fake": fakes.fake, "served": fakes.behind_a_port}
    chosen = settings.Settings(request.config)
    options = asked.options(request.node, chosen.texts("variant"))
    with worlds[chosen.text("target", "fake")](options) as service:
        yield service


@pytest.fixture
def nemo_fake(nemo_service: Service) -> Fake:
    """The fake of this test, in-process."""
    assert nemo_service.fake is not None
    return nemo_service.fake


@pytest.fixture
def nemo_client(nemo_service: Service) -> AsyncNemoClient:
    """A client for asyncio that talks to the service of this test."""
    return nemo_service.async_client(client_id="nemo-client")


@pytest.fixture
def nemo_client_sync(nemo_service: Service) -> NemoClient:
    """A client that talks to the service of this test."""
    return nemo_service.client(client_id="nemo-client")
