"""The door to a service elsewhere, which is looked at once a run."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import httpx
import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.doors.door import Door
from nemovideo_pytest.remote import reaching
from nemovideo_pytest.remote.addresses import host, path
from nemovideo_pytest.remote.http import AsyncTransport, Transport
from nemovideo_pytest.remote.opting_in import is_worker
from nemovideo_pytest.remote.stepping import AsyncSteppingTransport, SteppingTransport
from nemovideo_pytest.remote.times import Running, Standing, Steered, Time
from nemovideo_pytest.sealing.hosts import is_local
from nemovideo_pytest.targets.server import named

RUN = secrets.token_hex(3)
"""What tells this run from those before it, where a service remembers them."""

_FAKES = pytest.StashKey[dict[str, bool]]()
_SILENT = pytest.StashKey[str]()


def at(case: Case, url: str) -> Door:
    """Return the door to the service at `url`; ends the run, in a sentence, where nothing answers.

    A fake of ours gives each test a world of its own, unless `url` names one.
    """
    rate = case.settings.number("rate", 1.0) if case.settings.text("rate") else None
    if not _looked(case, url, reaching.is_fake):
        return _to(url, Running(rate=rate or 1.0))
    own = url if path(url) else f"{url}/~{named(case.node.nodeid)}-{RUN}"
    try:
        return _to(own, reaching.time_of_fake(own, rate))
    except ValueError as problem:
        raise case.wrong(problem) from None


def at_live(case: Case, url: str) -> Door:
    """Return the door to a service of which nothing is asked that no client would ask, unless it is local.

    Nobody moves its time: a fake that stands for the live service is to be like it.
    """
    if is_local(host(url)) and _looked(case, url, reaching.is_fake):
        return replace(_to(url, reaching.time_of_fake(url, None)), clock=None)
    _looked(case, url, reaching.knock)
    return _to(url, Running())


def around(
    door: Door,
    sync: Callable[[httpx.BaseTransport], httpx.BaseTransport],
    asynchronous: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport],
) -> Door:
    """Return the same door with its transports wrapped."""
    return replace(
        door,
        sync_transport=lambda: sync(door.sync_transport()),
        async_transport=lambda: asynchronous(door.async_transport()),
    )


def _to(url: str, time: Time) -> Door:
    door = Door(
        base_url=url,
        sync_transport=lambda: Transport(url, time.rate),
        async_transport=lambda: AsyncTransport(url, time.rate),
        now=time.now,
        sleep=time.sleep,
        asleep=time.asleep,
        thread=lambda target, *args: threading.Thread(target=target, args=args, daemon=True),
        clock=time if isinstance(time, Steered | Standing) else None,
    )
    if not isinstance(time, Standing):
        return door
    return around(
        door,
        lambda inner: SteppingTransport(time, inner),
        lambda inner: AsyncSteppingTransport(time, inner),
    )


def _looked(case: Case, url: str, look: Callable[[str], bool]) -> bool:
    """Return what was seen at the first look of this run."""
    stash = case.request.config.stash
    known = stash.setdefault(_FAKES, {})
    if url not in known:
        if _SILENT in stash:
            raise case.wrong(stash[_SILENT])
        try:
            known[url] = look(url)
        except (httpx.TransportError, OSError) as error:
            silent = reaching.nobody(url, error)
        else:
            return known[url]
        _end(case, silent)
    return known[url]


def _end(case: Case, sentence: str) -> NoReturn:
    """End the run; a worker of pytest-xdist cannot, so that there each test says so."""
    config = case.request.config
    config.stash[_SILENT] = sentence
    if is_worker(config):
        raise case.wrong(sentence)
    pytest.exit(sentence, returncode=pytest.ExitCode.USAGE_ERROR)
