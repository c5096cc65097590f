"""A fake of the test's own: in-process, or served on a port whose time waits for its readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from nemovideo_fakeserver import Fake
from nemovideo_pytest.case import Case
from nemovideo_pytest.client_identity import told
from nemovideo_pytest.doors import door as doors
from nemovideo_pytest.ending.of_fake import ending
from nemovideo_pytest.service import Service


@contextmanager
def in_process(case: Case) -> Iterator[Service]:
    """Give a fake without a network; its time jumps over every wait."""
    options = case.options().with_(autojump=True, rate=0.0)
    with Fake(options) as made, doors.in_process(made, made.clock) as door:
        yield _service("fake", made, door)


@contextmanager
def behind_a_port(case: Case) -> Iterator[Service]:
    """Give a fake on a port of this machine; its time is moved by those who wait on this side of it."""
    options = case.options().with_(autojump=False, rate=0.0)
    with Fake(options) as made, doors.served(made, made.clock) as door:
        yield _service("served", made, door)


def _service(target: str, fake: Fake, door: doors.Door) -> Service:
    return Service(
        target=target, door=door, fake=fake, told=told(fake), ending=partial(ending, fake)
    )
