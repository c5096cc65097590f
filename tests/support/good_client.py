"""The clients of this repository before a fake that plays a scenario, and the judge's word on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.doors.door import in_process
from support.meddling.meddler import Meddler
from support.together.house import AsyncHouse, BlockingHouse, House
from support.wishes import User

HOUSES: dict[str, type[House]] = {"blocking": BlockingHouse, "asyncio": AsyncHouse}
RICH = 500
"""Credits of an anonymous account where a scenario does not say: an end to them is a tale of its own."""


@contextmanager
def opened(told: scenario.Scenario, client: str) -> Iterator[House]:
    """Open a house on a fake that plays a scenario, in time that waits for its readers."""
    with (
        Fake(Options(scenario=told).with_(rate=0.0), studio=Darkroom()) as fake,
        in_process(fake, fake.clock) as door,
    ):
        if told.newcomers is None:
            fake.world().accounts.free_credits = RICH
        house = HOUSES[client](fake, Meddler(fake, fake.clock), door)
        try:
            yield house
        finally:
            house.close()


def somebody(
    house: House, way: type[User], clip: Path, language: str, nemo: NemoClient | None = None
) -> User:
    """Return a user of a client, a new one unless it is given."""
    nemo = nemo or house.client()
    talk = house.conversation(nemo, folder=clip.parent)
    return way(nemo=nemo, conversation=talk, clip=clip, language=language)


def known(house: House, told: scenario.Scenario, name: str) -> NemoClient:
    """Return the client of an account of the scenario: its client id, and its first token."""
    uid = (house.fake.playing() or {})["accounts"][name]
    account = next(account for account in house.fake.world().accounts if account.uid == uid)
    client_id = next(account.client_id for account in told.accounts if account.name == name)
    return house.client(token=account.tokens[0].value, client_id=client_id or name)


def acquitted(house: House, *kept: str) -> None:
    """Assert that there is nothing to say against the client, and that it did keep these rules."""
    report = house.fake.verdicts()
    assert not report.verdicts, "\n".join(report.as_lines())
    assert not set(kept) - {tally.rule.name for tally in report.rules if tally.kept}
