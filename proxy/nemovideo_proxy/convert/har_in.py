"""HAR 1.2 as a recording: our own without a loss, those of browsers and proxies as far as they say it."""

from __future__ import annotations

import binascii
from typing import Any

from nemovideo_proxy.convert.har_entries import interaction_of, started
from nemovideo_proxy.convert.har_others import foreign
from nemovideo_proxy.convert.recording import Recording, Unreadable
from nemovideo_proxy.model import Blob, Header


def recording_of(har: Any, *, upstream: str | None = None) -> Recording:
    """Return what a HAR holds; `upstream` is the service's origin where the HAR is not our own.

    Raises `Unreadable` with the place in the document.
    """
    blobs: dict[Blob, bytes] = {}
    place = "log"
    try:
        ours = har["log"].get("_cassette")
        header = Header(**ours) if ours else None
        entries = []
        for index, entry in enumerate(har["log"]["entries"]):
            place = f"log.entries[{index}]"
            entries.append((started(entry), interaction_of(entry, index + 1, blobs)))
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error) as problem:
        raise Unreadable(f"{place}: {_said(problem)}") from None
    if header is None:
        return foreign(entries, upstream, blobs)
    interactions = tuple(interaction for _, interaction in entries)
    return Recording(header=header, interactions=interactions, read=blobs.__getitem__)


def _said(problem: Exception) -> str:
    return f"{problem} is missing" if isinstance(problem, KeyError) else str(problem)
