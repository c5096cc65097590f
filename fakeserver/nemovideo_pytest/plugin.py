"""The pytest plugin: a fixture is the whole of NemoVideo, the command line says which one.

This page is loaded by every pytest where the package is installed, so it imports nothing but pytest and the
settings; all else is imported by the fixture that needs it. What tests can be run against is the table in
`targets`; what is asked of a service at the end of a test is its `ending`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from nemovideo_pytest import run_checks, settings
from nemovideo_pytest.ending import passed

if TYPE_CHECKING:
    from nemovideo_client import AsyncNemoClient, NemoClient
    from nemovideo_fakeserver import Fake
    from nemovideo_fakeserver.core.journal import Journal
    from nemovideo_pytest.service import Service
    from nemovideo_pytest.steering import NemoClock, NemoFaults, NemoServer
    from nemovideo_pytest.targets.server import House

MARKERS = (
    "nemo_scenario(name_or_file): how the fake of this test begins, and what happens in it",
    "nemo_variant(key=value, ...): which readings of the documents the fake of this test follows",
    "nemo_faults(at, do, ...): what is to go wrong in the fake of this test; may be repeated",
    "nemo_target(name, ...): what this test can be run against: fake, served, server, cassette, live, url",
    "nemo_cassette(name, mode=..., ...): what this test replays, or records",
    "nemo_breaks(rule, ..., because=...): rules of the judge that this test breaks on purpose",
)

SERVICES = pytest.StashKey[list["Service"]]()
"""The services of a test, while it runs."""

SECTION = "NemoVideo: what happened"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, all of them beginning with `--nemo-`."""
    settings.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known, and refuse settings that cannot be."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    settings.Settings(config).check()
    run_checks.look(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Ask the services of a test how it left them, once its body has returned."""
    result = yield
    services = item.stash.get(SERVICES, [])
    # A method of a TestCase that has failed has returned nevertheless: pytest keeps why, and tells it later.
    if services and not getattr(item, "_excinfo", None):
        from nemovideo_pytest.ending import failing

        judging = settings.Settings(item.config).text("judge", "warn")
        if complaint := failing.complaint(item, services, judging):
            del item.stash[SERVICES]  # they have nothing to add to that
            pytest.fail(complaint, pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what happened in the services of a test that has failed."""
    report = yield
    passed.note(item, report)
    services = item.stash.get(SERVICES, [])
    if services and report.failed:
        from nemovideo_pytest.ending import failing

        if story := failing.story(services):
            report.sections.append((SECTION, story))
    if call.when == "teardown" and SERVICES in item.stash:
        del item.stash[SERVICES]
    return report


@pytest.fixture
def nemo_service(request: pytest.FixtureRequest) -> Iterator[Service]:
    """The service of this test, whatever it is: a `nemovideo_pytest.service.Service`."""
    from nemovideo_pytest import target_choice, targets
    from nemovideo_pytest.case import Case

    case = Case(request)
    case.check()
    with targets.opened(target_choice.target(case), case) as service:
        case.node.stash.setdefault(SERVICES, []).append(service)
        case.arm(service)
        yield service


@pytest.fixture
def nemo_client(nemo_service: Service, request: pytest.FixtureRequest) -> AsyncNemoClient:
    """A client for asyncio that talks to the service of this test."""
    from nemovideo_pytest import requirements

    requirements.asyncio(request)
    return nemo_service.async_client()


@pytest.fixture
def nemo_client_sync(nemo_service: Service) -> NemoClient:
    """A client that talks to the service of this test."""
    return nemo_service.client()


@pytest.fixture
def nemo_clock(nemo_service: Service) -> NemoClock:
    """The time of the service of this test, to be moved; skips the test where nobody can move it."""
    from nemovideo_pytest import requirements

    return requirements.clock(nemo_service)


@pytest.fixture
def nemo_faults(nemo_service: Service) -> NemoFaults:
    """What is to go wrong in the fake of this test; skips the test where there is no fake."""
    from nemovideo_pytest import requirements, steering

    return steering.NemoFaults(requirements.fake(nemo_service, "nemo_faults"), nemo_service.world)


@pytest.fixture
def nemo_journal(nemo_service: Service) -> Journal:
    """What happened in the fake of this test; skips the test where there is no fake."""
    from nemovideo_pytest import requirements

    return requirements.fake(nemo_service, "nemo_journal").world(nemo_service.world).journal


@pytest.fixture
def nemo_fake(nemo_service: Service) -> Fake:
    """The fake of this test, in-process whatever was chosen for the run."""
    from nemovideo_pytest import requirements

    return requirements.pinned(nemo_service, "nemo_fake")


@pytest.fixture
def nemo_server(nemo_service: Service) -> NemoServer:
    """A world of this test's own on a real port, where time runs: for programs in any language."""
    from nemovideo_pytest import requirements, steering

    fake = requirements.pinned(nemo_service, "nemo_server")
    return steering.NemoServer(nemo_service, fake, requirements.clock(nemo_service))


@pytest.fixture(scope="session")
def _nemo_house(request: pytest.FixtureRequest) -> Iterator[House]:
    """The server of this run; each worker of pytest-xdist has its own."""
    from nemovideo_pytest.targets import server

    with server.house(settings.Settings(request.config).number("rate", server.RATE)) as house:
        yield house
