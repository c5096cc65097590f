"""The real service, or any that costs: never by accident, and never above the budget of the run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.ending import Ending
from nemovideo_pytest.remote import addresses, doors, identity, opting_in, readings
from nemovideo_pytest.remote.paying import AsyncPayingTransport, PayingTransport
from nemovideo_pytest.remote.spending import till_of
from nemovideo_pytest.service import Service


@contextmanager
def paid(case: Case) -> Iterator[Service]:
    """Give the live service, at NEMO_API_URL or where the client would look for it; its time is ours.

    The test fails whose paid call could exceed the budget; those that come after it are skipped.
    """
    config = case.request.config
    if said := opting_in.lacking(config):
        raise case.wrong(said)
    readings.demand(case)
    url = addresses.live()
    till = till_of(config, url)
    if till.closed:
        pytest.skip(till.closed)
    door = doors.at_live(case, url)
    before = len(till.refused)
    yield Service(
        target="live",
        told=identity.of_the_run(),
        ending=lambda: Ending(unexpected=tuple(till.refused[before:])),
        door=doors.around(
            door,
            lambda inner: PayingTransport(till, inner),
            lambda inner: AsyncPayingTransport(till, inner),
        ),
    )
