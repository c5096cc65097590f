"""Any service at a URL: somebody else's fake, a staging server, our own fake on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_pytest.case import Case
from nemovideo_pytest.remote import addresses, doors, identity, readings
from nemovideo_pytest.service import Service


@contextmanager
def elsewhere(case: Case) -> Iterator[Service]:
    """Give the service at `--nemo-url`. Time runs there at `--nemo-rate`, or as a fake of ours says itself."""
    readings.demand(case)
    given = addresses.given(case.settings)
    door = doors.at(case, given)
    own_world = door.base_url != given
    yield Service(
        target="url",
        door=door,
        told=identity.of_nobody() if own_world else identity.of_the_run(),
    )
