"""The door to a service elsewhere; looked at once a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from nemovideo_pytest.case import Case
from nemovideo_pytest.doors.door import Door
from nemovideo_pytest.remote import reaching
from nemovideo_pytest.remote.addresses import host
from nemovideo_pytest.remote.http import AsyncTransport, Transport
from nemovideo_pytest.remote.times import Time
from nemovideo_pytest.sealing.hosts import is_local

_TIMES = pytest.StashKey[dict[str, Time]]()


def at(case: Case, url: str) -> Door:
    """Return the door to the service at `url`; ends the run, in a sentence, where nothing answers."""
    rate = case.settings.number("rate", 1.0) if case.settings.text("rate") else None
    return _to(url, _once(case, url, lambda: reaching.time_at(url, rate)))


def at_real(case: Case, url: str) -> Door:
    """Return the door to a service of which nothing is asked that no client would ask, unless it is local."""
    if is_local(host(url)):
        return _to(url, _once(case, url, lambda: reaching.time_at(url, None)))
    return _to(url, _once(case, url, lambda: reaching.knock(url)))


def _to(url: str, time: Time) -> Door:
    return Door(
        base_url=url,
        sync_transport=lambda: Transport(url, time.rate),
        async_transport=lambda: AsyncTransport(url, time.rate),
        now=time.now,
        sleep=time.sleep,
        asleep=time.asleep,
        thread=lambda target, *args: threading.Thread(target=target, args=args, daemon=True),
    )


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


def _once(case: Case, url: str, look: Callable[[], Time]) -> Time:
    known = case.request.config.stash.setdefault(_TIMES, {})
    if url not in known:
        try:
            known[url] = look()
        except (httpx.TransportError, OSError) as error:
            pytest.exit(reaching.nobody(url, error), returncode=pytest.ExitCode.USAGE_ERROR)
    return known[url]
