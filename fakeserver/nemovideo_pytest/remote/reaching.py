"""The first look at a service elsewhere: whether anybody is there, whether a fake of ours, and its time."""

from __future__ import annotations

import socket
from typing import Any

import httpx

from nemovideo_pytest.remote.http import Transport
from nemovideo_pytest.remote.times import CLOCK, Standing, Steered, Time

PATIENCE = 10.0
"""Seconds within which anything that is there answers."""


def nobody(url: str, error: Exception) -> str:
    """Return the sentence for a service that does not answer."""
    return f"nothing answers at {url} ({error}): start the service, or give another address"


def knock(url: str) -> bool:
    """See that somebody is at `url`, without asking for anything: no fake, as far as is known. Raises OSError."""
    parts = httpx.URL(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    socket.create_connection((parts.host, port), PATIENCE).close()
    return False


def is_fake(url: str) -> bool:
    """Say whether a fake of ours is at `url`: it tells its time. Raises `httpx.TransportError`."""
    return _clock_of(url) is not None


def time_of_fake(url: str, rate: float | None) -> Time:
    """Return the time of the fake at `url`, which has a rate of its own; ValueError where `rate` is another."""
    told = _clock_of(url)
    if told is None:
        raise ValueError(f"the fake at {url} does not tell its time any more")
    own = float(told["rate"])
    if rate is not None and rate != own:
        raise ValueError(
            f"--nemo-rate={rate:g}: the fake at {url} runs at {own:g}; start it with that rate, or leave"
            " --nemo-rate out"
        )

    def post(what: Any) -> httpx.Response:
        with _asking(url) as http:
            return http.post(url + CLOCK, json=what)

    began = float(told["epoch"])
    return Steered(post, began, own) if own > 0 else Standing(post, began)


def _clock_of(url: str) -> dict[str, float] | None:
    with _asking(url) as http:
        reply = http.get(url + CLOCK)
    try:
        told = reply.json()
        return {"epoch": float(told["epoch"]), "rate": float(told["rate"])}
    except (ValueError, KeyError, TypeError):
        return None


def _asking(url: str) -> httpx.Client:
    return httpx.Client(transport=Transport(url), timeout=PATIENCE)
