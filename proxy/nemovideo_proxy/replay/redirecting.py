"""A recorded redirect, told to a client that is to stay here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from nemovideo_proxy import redirects
from nemovideo_proxy.matching.lanes import Record
from nemovideo_proxy.model import Response


def led(response: Response, record: Record, base: str, address: Callable[[str], str]) -> Response:
    """Return the reply of `record` to a client that knows the replay as `base`; `address` is where files are."""
    if response.header("location") is None:
        return response

    def told(location: str) -> str:
        asked, root = record.asked.url, record.source.header.upstream.rstrip("/")
        return redirects.inside(location, asked=asked, root=root, base=base, address=address)

    headers = tuple(
        (name, told(value) if name.lower() == "location" else value)
        for name, value in response.headers
    )
    return replace(response, headers=headers)
