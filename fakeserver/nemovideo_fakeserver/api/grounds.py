"""What a reply rests on, for those who ask: the registry's rows for its route and its code.

A request that carries `X-Fake-Provenance` gets the header back with its reply, such as
`POST /run_sse: documented; code 2001: documented`. `GET /__fake__/provenance` has the whole registry.
"""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.provenance import REGISTRY
from nemovideo_fakeserver.wire.messages import Head, Headers

HEADER = "X-Fake-Provenance"


def grounds(head: Head, route: str | None, code: int | None) -> Headers:
    """Return the header that says on what a reply rests; nothing unless the request asks."""
    if head.header(HEADER.lower()) is None:
        return ()
    return ((HEADER, "; ".join(_rows(route, code)) or "no documented route: ours alone"),)


def _rows(route: str | None, code: int | None) -> Iterator[str]:
    for name in (route, f"code {code}"):
        behaviour = REGISTRY.get(name or "")
        if behaviour is not None:
            yield f"{name}: {behaviour.basis}"
