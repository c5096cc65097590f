"""What the suite is run against: the fixture `house`, once for each door and each client.

Then once over each version of the vendor's documents (`core.presets`), doors and clients taking turns.
`@pytest.mark.house(...)` asks for another house: `agent="real"` for the scripted
agent of the fake in place of one that does what the message says, and any variant
(`sse_dialect="adk"`) by its name; where several marks name one, the closest counts. A test whose sentence rests on a variant names it, and so holds whatever
the version says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest

from nemovideo_fakeserver import Fake, Options, Variants, preset
from nemovideo_fakeserver.core.presets import PRESETS
from nemovideo_pytest.darkroom import Darkroom
from nemovideo_pytest.doors.door import in_process, served
from support.meddling.meddler import Meddler
from support.script import script
from support.together import judged
from support.together.house import AsyncHouse, BlockingHouse, House
from support.together.laws import LAWS
from support.together.watchdog import within
from support.together.witness import Witness

MARKERS = (
    "house(agent, **variants): another service for a test of the contract",
    judged.MARKER,
)
ENVIRONMENT = ("NEMO_API_URL", "NEMO_WEB_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID", "SKILL_SOURCE")
DOORS = {"in-process": in_process, "served": served}
CLIENTS: dict[str, type[House]] = {"blocking": BlockingHouse, "asyncio": AsyncHouse}
TARGETS = [
    *((door, client, Variants(), f"{door}-{client}") for door in DOORS for client in CLIENTS),
    *(
        (door, client, preset(version), f"{door}-{client}-{version}")
        for version, door, client in zip(PRESETS, cycle(DOORS), cycle(CLIENTS), strict=False)
    ),
]
"""Door, client, the variants a service follows, and what it is called."""


@pytest.fixture(params=TARGETS, ids=lambda target: target[-1])
def house(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A service with clients before it; what was said there is held against the laws, and judged, in the end."""
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    door, client, variants, _ = request.param
    with within(), _fake(request.node, variants, autojump=door == "in-process") as fake:
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
    breaks = judged.to_be_broken(request.node)
    judged.judged(fake.verdicts(), breaks, at_once=door == "in-process")


def _fake(node: pytest.Item, variants: Variants, *, autojump: bool) -> Fake:
    asked: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers("house"))):
        asked |= marker.kwargs
    agent = None if asked.pop("agent", "script") == "real" else script
    options = Options(autojump=autojump, variants=replace(variants, **asked))
    return Fake(options, agent=agent, studio=Darkroom())
