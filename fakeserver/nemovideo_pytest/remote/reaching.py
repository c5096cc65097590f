"""The first look at a service elsewhere, once a run: is anybody there, and is it a fake of ours?"""

from __future__ import annotations

import socket
from typing import Any

import httpx
import pytest

from nemovideo_pytest.remote.http import Transport
from nemovideo_pytest.remote.times import CLOCK, Running, Standing, Time

PATIENCE = 10.0
"""Seconds within which anything that is there answers."""


def nobody(url: str, error: Exception) -> str:
    """Return the sentence for a service that does not answer."""
    return f"nothing answers at {url} ({error}): start the service, or give another address"


def knock(url: str) -> Time:
    """See that somebody is at `url`, without asking for anything; time is ours there. Raises OSError."""
    parts = httpx.URL(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    socket.create_connection((parts.host, port), PATIENCE).close()
    return Running()


def time_at(url: str, rate: float | None) -> Time:
    """Return the time of the service at `url`: a fake's own, else ours, `rate` times as fast (default 1).

    Raises `httpx.TransportError` where nothing answers, and UsageError where `rate` is not the fake's own.
    """
    told = _clock_of(url)
    if told is None:
        return Running(rate=rate or 1.0)
    own = float(told["rate"])
    if rate is not None and rate != own:
        raise pytest.UsageError(
            f"--nemo-rate={rate:g}: the fake at {url} runs at {own:g}; start it with that rate, or leave"
            " --nemo-rate out"
        )
    if own > 0:
        return Running(float(told["epoch"]), own)

    def post(what: Any) -> httpx.Response:
        with _asking(url) as http:
            return http.post(url + CLOCK, json=what)

    return Standing(post, float(told["epoch"]))


def _clock_of(url: str) -> dict[str, Any] | None:
    with _asking(url) as http:
        reply = http.get(url + CLOCK)
    try:
        told = reply.json()
        return {"epoch": float(told["epoch"]), "rate": float(told["rate"])}
    except (ValueError, KeyError, TypeError):
        return None


def _asking(url: str) -> httpx.Client:
    return httpx.Client(transport=Transport(url), timeout=PATIENCE)
