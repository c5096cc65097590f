"""The one service that is recorded, and what may be asked of whom.

The law: nothing is contacted but the service itself and the files it has named; nobody reaches addresses of
this machine or its network through it, unless the service itself is there; a request that has passed here
before does not pass again.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from nemovideo_proxy.model import Headers
from nemovideo_proxy.recording.marked import MARK, Marked

_PORTS = {"http": 80, "https": 443}
_OURS = re.compile(rf"^{MARK}(?:-|$)", re.IGNORECASE)


class BadUpstream(ValueError):
    """What was given as the service is no address of one. One sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """Scheme, host and port of the service, and the path under which all of it lies (mostly none)."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str = ""

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL and in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """`https://host`, without a path."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def is_private(self) -> bool:
        """Say whether it lies on this machine or its network, as far as the name tells."""
        return is_private(self.host)

    def is_at(self, host: str, port: int) -> bool:
        """Say whether that is its address."""
        return (host.lower(), port) == (self.host, self.port)


def upstream_of(url: str) -> Upstream:
    """Return the service at `url`; raises BadUpstream."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadUpstream(f"{url!r} is no URL") from None
    scheme = parts.scheme
    if scheme not in ("http", "https") or not parts.hostname:
        raise BadUpstream(f"{url!r} is no URL of a service: it begins with http:// or https://")
    if parts.query or parts.fragment or parts.username:
        raise BadUpstream("the URL of a service has no user, no query and no fragment")
    return Upstream(
        scheme="https" if scheme == "https" else "http",
        host=parts.hostname,
        port=port or _PORTS[scheme],
        path=parts.path.rstrip("/"),
    )


def is_private(host: str) -> bool:
    """Say whether `host`, a name or an address, is of this machine or a private network."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def via_of(instance: str) -> str:
    """Return what a recorder writes into the Via header of what it forwards."""
    return f"1.1 nemo-proxy-{instance}"


def loop(headers: Headers, instance: str) -> Marked | None:
    """Return the refusal of a request that has been here before, or None."""
    ours = via_of(instance)
    if not any(name.lower() == "via" and ours in value for name, value in headers):
        return None
    return Marked(
        why="loop",
        sentence="this request has passed this recorder before: --upstream leads back to it",
    )


def forwarded(headers: Headers, instance: str) -> Headers:
    """Return the headers that go on to the service: none that speak to the proxy, and one that marks it."""
    kept = tuple((name, value) for name, value in headers if not _OURS.match(name))
    return (*kept, ("Via", via_of(instance)))


def stranger(host: str, upstream: Upstream) -> Marked:
    """Return the refusal of a request that is not for the service."""
    return Marked(
        why="refused",
        sentence=f"only {upstream.origin} is recorded here; {host} is somewhere else",
    )
