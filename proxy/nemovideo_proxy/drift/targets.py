"""Where requests are sent: a fake that is moved by its control API, or a URL in real time."""

from __future__ import annotations

import asyncio
import ipaddress
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from nemovideo_proxy import places
from nemovideo_proxy.drift.pace import FakePace, Pace, RealPace
from nemovideo_proxy.fake_child import served

SETTLE_SECONDS = 0.002
"""Real seconds in which what a jump let loose gets from the socket to its reader."""

PLENTY = 1_000_000
"""Credits of an account that stands in for one that the fake cannot know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place to send to. `token` is for requests whose token was there before the recording.

    `anew` gives what a client makes up (its id, the id of a render) a value that is new to the target.
    """

    base: str
    http: httpx.AsyncClient
    pace: Pace
    token: str | None
    anew: Callable[[places.Role, str], str]
    is_public: bool = False

    def may_visit(self, url: str) -> bool:
        """Return whether an absolute URL is of this kind: a near target leads nowhere far, a far one nowhere near."""
        return is_near(url) != self.is_public


def is_near(url: str) -> bool:
    """Return whether a URL's host is this machine or a private network, by its very name."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


@asynccontextmanager
async def fake(
    arguments: Sequence[str] = (), *, needs_token: bool = False
) -> AsyncIterator[Target]:
    """Start a fake and give it as a target; raises `NoFake`."""
    with served(arguments) as base:
        async with _client(is_public=False) as http:
            control = f"{base}/__fake__"
            begun = (await http.get(f"{control}/clock")).json()["epoch"]
            yield Target(
                base=base,
                http=http,
                pace=FakePace(_moved(http, control), begun, settle=_settle),
                token=await _token(http, control) if needs_token else None,
                anew=lambda _, value: value,
            )


def _moved(http: httpx.AsyncClient, control: str) -> Callable[[float | str], Any]:
    async def moved(how: float | str) -> float:
        reply = await http.post(f"{control}/clock", json={"jump": how})
        return float(reply.raise_for_status().json()["epoch"])

    return moved


async def _settle() -> None:
    await asyncio.sleep(SETTLE_SECONDS)


async def _token(http: httpx.AsyncClient, control: str) -> str:
    """Return a token of the first account of the scenario, or of a new one."""
    accounts = (await http.get(f"{control}/accounts")).json()["accounts"]
    if not any(account["tokens"] for account in accounts):
        made = await http.post(f"{control}/accounts", json={"name": "recorded", "credits": PLENTY})
        accounts = [made.raise_for_status().json()]
    tokens = [token for account in accounts for token in account["tokens"]]
    living = [token for token in tokens if token["state"] == "living"]
    return str((living or tokens)[0]["value"])


@asynccontextmanager
async def at_url(
    base: str, *, token: str | None = None, pace: Pace | None = None
) -> AsyncIterator[Target]:
    """Give a URL as a target, in real time unless `pace` says otherwise."""
    is_public = not is_near(base)
    async with _client(is_public=is_public) as http:
        yield Target(
            base=base.rstrip("/"),
            http=http,
            pace=pace or RealPace(),
            token=token,
            anew=_anew,
            is_public=is_public,
        )


def _anew(role: places.Role, value: str) -> str:
    """Return a new id: a service that keeps them would refuse the recorded ones a second time."""
    return str(uuid.uuid4()) if role == "client" else f"{value}-{uuid.uuid4().hex[:8]}"


def _client(*, is_public: bool) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    timeout = httpx.Timeout(None, connect=10.0)
    if is_public:
        return httpx.AsyncClient(timeout=timeout, limits=limits)
    return httpx.AsyncClient(timeout=timeout, limits=limits, trust_env=False)
