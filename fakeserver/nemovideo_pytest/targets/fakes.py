"""A fake of the test's own: in-process, or served on a port whose time waits for its readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nemovideo_fakeserver import Fake, Options
from nemovideo_pytest.doors.door import in_process, served
from nemovideo_pytest.service import Service


@contextmanager
def fake(options: Options) -> Iterator[Service]:
    """Give a fake without a network; its time jumps over every wait."""
    with Fake(options.with_(autojump=True)) as made, in_process(made, made.clock) as door:
        yield Service(target="fake", door=door, fake=made)


@contextmanager
def behind_a_port(options: Options) -> Iterator[Service]:
    """Give a fake on a port of this machine; its time is moved by those who wait on this side of it."""
    with Fake(options.with_(autojump=False)) as made, served(made, made.clock) as door:
        yield Service(target="served", door=door, fake=made)
