"""What the tests of the contract share: visitors, readings, pace, and the word on a failure's source."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.contract import basis, following, recorded
from nemovideo_pytest.contract.accounts import Accounts, NewVisitor, newcomer
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.service import Service

if TYPE_CHECKING:
    from nemovideo_fakeserver import Variants


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks of the contract known."""
    for marker in basis.MARKERS:
        config.addinivalue_line("markers", marker)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let a fake follow the readings that the test is about, and its judge pass the visitors over."""
    following.steer(item)


def pytest_collection_modifyitems(config: pytest.Config) -> None:
    """Refuse to record what is no fake."""
    recorded.demand_a_fake(config)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what a recording cannot hold, before one is begun or looked for."""
    recorded.check(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
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
    """The readings of the documents that the service is said to follow."""
    return following.followed(Case(request))


@pytest.fixture(scope="session")
def paces() -> dict[str, Pace]:
    """How exactly the time of each target can be told, once it has been looked at."""
    return {}


@pytest.fixture
def pace(nemo_service: Service, paces: dict[str, Pace]) -> Pace:
    """How exactly the time of the service can be told."""
    if nemo_service.target not in paces:
        paces[nemo_service.target] = Pace.of(nemo_service)
    return paces[nemo_service.target]


@pytest.fixture(autouse=True)
def _can_be_asked(request: pytest.FixtureRequest, nemo_service: Service, pace: Pace) -> None:
    """Skip a test that this service cannot be asked, with the reason."""
    case = Case(request)
    if nemo_service.fake is None:
        following.check(case)
    mark = case.mark("within")
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
