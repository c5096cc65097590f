"""What the suite is run against: the fixture `house`, once for each door and each client.

`@pytest.mark.house(...)` asks for another house: `agent="real"` for the scripted agent of the fake in
place of one that does what the message says, and any variant (`sse_dialect="adk"`) by its name.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nemovideo_fakeserver import Fake, Options, Variants
from nemovideo_pytest._doors import in_process, served
from nemovideo_pytest._meddler import Meddler
from nemovideo_pytest._script import Darkroom, script
from nemovideo_pytest.contract.house import AsyncHouse, BlockingHouse, House
from nemovideo_pytest.contract.laws import LAWS
from nemovideo_pytest.contract.watchdog import within
from nemovideo_pytest.contract.witness import Witness

MARKER = "house(agent, **variants): another service for a test of the contract"
ENVIRONMENT = ("NEMO_API_URL", "NEMO_WEB_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "SKILL_SOURCE")
DOORS = {"in-process": in_process, "served": served}
CLIENTS: dict[str, type[House]] = {"blocking": BlockingHouse, "asyncio": AsyncHouse}
TARGETS = [(door, client) for door in DOORS for client in CLIENTS]


@pytest.fixture(params=TARGETS, ids="-".join)
def house(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A service with clients before it; what was said there is held against the laws in the end."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    door, client = request.param
    with within(), _fake(request.node, autojump=door == "in-process") as fake:
        meddler = Meddler(fake, fake.clock)
        witness = Witness(meddler, fake.clock)
        with DOORS[door](witness, fake.clock) as opened:
            made = CLIENTS[client](fake, meddler, opened)
            try:
                yield made
            finally:
                made.close()
    assert meddler.unfired() == []
    for law in LAWS:
        law(witness.exchanges)


def _fake(node: pytest.Item, *, autojump: bool) -> Fake:
    marker = node.get_closest_marker("house")
    asked = dict(marker.kwargs) if marker else {}
    agent = None if asked.pop("agent", "script") == "real" else script
    options = Options(autojump=autojump, variants=Variants(**asked))
    return Fake(options, agent=agent, studio=Darkroom())
