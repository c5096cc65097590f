"""A world of the test's own on the server that the whole run shares; time runs there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from msgspec.structs import replace

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.scenario import Scenario
from nemovideo_fakeserver.scenario.model.readings import Readings
from nemovideo_pytest.case import Case
from nemovideo_pytest.client_identity import told
from nemovideo_pytest.doors.door import on_a_port
from nemovideo_pytest.doors.running import running
from nemovideo_pytest.ending.of_fake import ending
from nemovideo_pytest.service import Service

RATE = 600.0
"""Seconds of the service that pass in a real one, unless the run says otherwise."""


@dataclass(frozen=True, slots=True)
class House:
    """The server of a run: the fake, at its URL."""

    fake: Fake
    url: str


@contextmanager
def house(rate: float) -> Iterator[House]:
    """Serve a fake on a port of this machine, in a thread; its worlds begin with `rate`."""
    with Fake(Options(rate=rate, autojump=False)) as fake, on_a_port(fake) as url:
        yield House(fake, url)


@contextmanager
def in_a_world(case: Case) -> Iterator[Service]:
    """Give a world that is named after the test, so that its ids are the same in every run; then forget it."""
    at: House = case.request.getfixturevalue("_nemo_house")
    fake, world = at.fake, named(case.node.nodeid)
    fake.play(_beginning(case), world=world)
    clock = fake.world(world).setting.clock
    clock.set_rate(fake.options.rate)
    try:
        with running(f"{at.url}/~{world}", clock) as door:
            yield Service(
                target="server",
                door=door,
                fake=fake,
                world=world,
                told=told(fake, world),
                ending=partial(ending, fake, world),
            )
    finally:
        fake.forget(world)


def named(nodeid: str) -> str:
    """Return the name of the world of a test: what a URL can hold of the test's own, and what tells it apart."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", nodeid.rpartition("::")[2]).strip("-")[:40]
    return f"{readable or 'test'}-{sha256(nodeid.encode()).hexdigest()[:8]}"


def _beginning(case: Case) -> Scenario:
    """Return the scenario of the test, with all readings that were chosen."""
    scenario, words = case.beginning()
    return replace(scenario or Scenario(), variants=Readings(words))
