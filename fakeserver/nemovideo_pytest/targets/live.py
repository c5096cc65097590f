"""The real service, or any that costs: never by accident, and never above the budget of the run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_pytest.case import Case
from nemovideo_pytest.remote import addresses, doors, identity, opting_in, readings
from nemovideo_pytest.remote.charging import charged
from nemovideo_pytest.service import Service


@contextmanager
def paid(case: Case) -> Iterator[Service]:
    """Give the live service; its time is ours.

    It is at `--nemo-url`, else at NEMO_API_URL, else where the client would look for it.
    """
    if said := opting_in.lacking(case.request.config):
        raise case.wrong(said)
    readings.demand(case)
    url = addresses.live(case.settings)
    door, ending = charged(case, url, lambda: doors.at_live(case, url))
    yield Service(target="live", door=door, told=identity.of_the_run(), ending=ending)
