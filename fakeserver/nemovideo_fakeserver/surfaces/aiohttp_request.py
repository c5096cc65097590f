"""A request of aiohttp's as a `Head`. Whatever bytes came, the head is clean text.

Header values are read as UTF-8, with replacement characters where they are not; a target is ASCII,
other octets being percent-encoded, as every tidy client sends them.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from urllib.parse import quote

from aiohttp import web

from nemovideo_fakeserver.wire.messages import Head

_PLAIN_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_ORIGIN = re.compile(r"https?://[^/?]*", re.IGNORECASE)


def head_of(request: web.BaseRequest) -> Head:
    """Return what a brain sees of `request` before its body."""
    path, _, query = _target(request.raw_path).partition("?")
    return Head(
        method=request.method,
        path=path,
        query=query,
        headers=tuple(  # from a list: a generator costs more than what it makes here
            [
                (name.decode("latin-1").lower(), value.decode("utf-8", "replace"))
                for name, value in request.raw_headers
            ]
        ),
        peer=request.remote or "",
        base=_base(request),
    )


def authority(host: str, port: int) -> str:
    """Return `host:port` as a URL has it."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _target(raw: str) -> str:
    if not raw.isascii():
        raw = quote(raw.encode("utf-8", "surrogateescape"), safe=string.printable)
    if not raw.startswith("/"):
        raw = _ORIGIN.sub("", raw)
    return raw.partition("#")[0]


def _base(request: web.BaseRequest) -> str:
    """A Host header that is no plain host would end up in links: then say where we really are."""
    host = request.headers.get("Host", "")
    if not _is_plain(host):
        here = request.get_extra_info("sockname")
        host = authority(here[0], here[1]) if here else "localhost"
    return f"http://{host}"


@lru_cache(maxsize=64)
def _is_plain(host: str) -> bool:
    return _PLAIN_HOST.fullmatch(host) is not None
