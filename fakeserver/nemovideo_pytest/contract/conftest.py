"""What the tests of the contract share: visitors, readings, pace, and the word on a failure's source."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from nemovideo_pytest.contract import basis
from nemovideo_pytest.contract.accounts import Accounts, NewVisitor, newcomer
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.service import Service

if TYPE_CHECKING:
    from nemovideo_fakeserver import Variants


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks of the contract known."""
    for marker in (*basis.MARKERS, WITHIN):
        config.addinivalue_line("markers", marker)


WITHIN = (
    "within(seconds): the test has to ask again within so many seconds of the service;"
    " where its time runs too fast for that, it skips"
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport]:
    """Say in the report of a failure what the test rests on."""
    report = yield
    if report.failed:
        report.sections.append(("what the contract rests on", "\n".join(basis.grounds(item))))
    return report


@pytest.fixture(scope="session")
def accounts() -> Accounts:
    """The accounts of this run."""
    return Accounts()


@pytest.fixture
def readings(request: pytest.FixtureRequest) -> Variants:
    """The readings of the documents that the service follows: as asked of a fake, as said of any other."""
    from nemovideo_pytest import asked
    from nemovideo_pytest.settings import Settings

    return asked.options(request.node, Settings(request.config).texts("variant")).variants


@pytest.fixture(autouse=True)
def _reading_is_followed(
    request: pytest.FixtureRequest, nemo_service: Service, readings: Variants
) -> None:
    """Skip a test of one reading where the service, which cannot be told, is said to follow another."""
    if nemo_service.fake is not None:
        return
    from nemovideo_fakeserver.core.presets import chosen
    from nemovideo_pytest.settings import Settings

    words = Settings(request.config).texts("variant")
    said = chosen((key, value) for key, _, value in (word.partition("=") for word in words))
    other = [key for key, text in said.texts().items() if readings.texts()[key] != text]
    if other:
        asked = ", ".join(f"{key}={readings.texts()[key]}" for key in other)
        pytest.skip(f"this is about services with {asked}: say --nemo-variant for one")


@pytest.fixture
def pace(request: pytest.FixtureRequest, nemo_service: Service) -> Pace:
    """How exactly the time of the service can be told."""
    from nemovideo_pytest.settings import Settings

    fake = nemo_service.fake
    if fake is not None:
        return Pace(rate=fake.clock.rate)
    return Pace(rate=Settings(request.config).number("rate", 1.0))


@pytest.fixture(autouse=True)
def _time_runs_slowly_enough(request: pytest.FixtureRequest, pace: Pace) -> None:
    mark = request.node.get_closest_marker("within")
    if mark and not pace.allows(mark.args[0]):
        pytest.skip(f"at {pace.rate:g} seconds a second nobody asks again within {mark.args[0]} s")


@pytest.fixture
def http(nemo_service: Service) -> Iterator[httpx.Client]:
    """A client of the service, with the patience that the documents ask for: 900 seconds."""
    with nemo_service.http() as client:
        yield client


@pytest.fixture
def stranger(nemo_service: Service, http: httpx.Client) -> Visitor:
    """A visitor without a token."""
    return newcomer(nemo_service, http, "contract")


@pytest.fixture
def visitor(request: pytest.FixtureRequest, stranger: Visitor, accounts: Accounts) -> Visitor:
    """A visitor with a token, a session of its own, and the credits that the test spends."""
    accounts.settle(stranger, basis.spends(request.node))
    return stranger.open()


@pytest.fixture
def another(nemo_service: Service, http: httpx.Client, accounts: Accounts) -> NewVisitor:
    """Make visitors with new accounts, each with a session."""
    made: list[Visitor] = []

    def make() -> Visitor:
        made.append(newcomer(nemo_service, http, f"contract-{len(made) + 2}"))
        accounts.found(made[-1])
        return made[-1].open()

    return make
