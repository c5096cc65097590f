"""Where the recorder is to be found, for people and their clients."""

from __future__ import annotations

import ipaddress

_SAME_MACHINE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 compared with, not listened on


def url_at(host: str, port: int) -> str:
    """Return a URL that works on this machine; one cannot ask the address that stands for all."""
    host = _SAME_MACHINE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def exposed(host: str) -> str:
    """Return a warning if others than this machine can reach it, else nothing."""
    if ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        return ""
    return (
        f"warning: it listens on {host}: others on the network can reach it, and ask what you ask"
    )
