"""Any service at a URL: somebody else's fake, a staging server, our own fake on another machine.

What is on this machine is free. Anything else may cost, so that it is opted in and counted like the live service.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_pytest.case import Case
from nemovideo_pytest.ending.ending import Ending
from nemovideo_pytest.remote import addresses, doors, identity, opting_in, readings
from nemovideo_pytest.remote.charging import Charged, charged
from nemovideo_pytest.service import Service


@contextmanager
def elsewhere(case: Case) -> Iterator[Service]:
    """Give the service at `--nemo-url`. Time runs there at `--nemo-rate`, or as a fake of ours says itself."""
    if said := opting_in.lacking_for_url(case.request.config):
        raise case.wrong(said)
    readings.demand(case)
    url = addresses.given(case.settings)
    door, ending = _reached(case, url)
    own_world = door.base_url != url
    yield Service(
        target="url",
        door=door,
        told=identity.of_nobody() if own_world else identity.of_somebody_new(),
        ending=ending,
    )


def _reached(case: Case, url: str) -> Charged:
    if addresses.leads_elsewhere(case.settings):
        return charged(case, url, lambda: doors.at(case, url))
    return Charged(doors.at(case, url), Ending)
