"""Which hosts a sealed run may reach: this machine, and those that were named."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable


def is_local(host: str) -> bool:
    """Say whether `host`, a name or an address, is this machine; no name but localhost is looked up."""
    name = host.lower().rstrip(".")
    if name in {"", "localhost"} or name.endswith(".localhost"):
        return True
    address = _address(host)
    return address is not None and (address.is_loopback or address.is_unspecified)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class Hosts:
    """Hosts that may be reached: this machine, and those called `names`, whatever addresses they have."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names = frozenset(name.lower() for name in names)
        self._known: frozenset[str] = frozenset()

    def admit(self, host: str) -> bool:
        """Say whether `host` may be reached. For an address the names are looked up, again if they moved."""
        if is_local(host) or host.lower() in self.names:
            return True
        if not self.names or _address(host) is None:
            return False
        if host not in self._known:
            self._known = frozenset(found for name in self.names for found in _looked_up(name))
        return host in self._known

    def admit_name(self, host: str) -> bool:
        """Say whether `host` may be looked up: this machine may ask for its own name, too."""
        return self.admit(host) or host.lower() == socket.gethostname().lower()


def _looked_up(name: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    except OSError:
        return set()
