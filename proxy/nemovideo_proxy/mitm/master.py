"""mitmproxy with the addons that a recording needs, and no more: twice the requests a second of mitmdump.

What is left out and why: `anticache`, `modify*`, `map*`, `sticky*`, `save*` and the players change or keep
traffic by options that nobody sets here; `errorcheck` ends the process; `termlog` and `dumper` print URLs,
in which there are tokens. `update_alt_svc` stays: a client must not be led past the proxy.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mitmproxy import options
from mitmproxy.addons import core, disable_h2c, next_layer, proxyserver, tlsconfig, update_alt_svc
from mitmproxy.master import Master

SETTINGS: dict[str, Any] = {
    "connection_strategy": "lazy",  # nothing is contacted before it is asked for
    "keep_host_header": True,  # the name under which the client knows the proxy
    "upstream_cert": False,  # certificates for clients are made without asking the service
    "rawtcp": False,  # nothing passes that is not HTTP, and so not recorded
    "websocket": False,
    "http2": False,  # streams that share a connection end together, and nobody could tell whose fault it was
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where the proxy listens and how: `mode` in mitmproxy's words, `ca_dir` for its own authority."""

    host: str
    port: int
    mode: str
    ca_dir: Path
    upstream_ca: str | None
    max_body: int


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """The addon that all others are within: mitmproxy takes the same pains for each that it knows by itself."""

    addons: tuple[Any, ...]


def made(listening: Listening, addons: Sequence[Any]) -> Master:
    """Return a master that is ready to run in the running loop."""
    logging.getLogger("mitmproxy").setLevel(logging.CRITICAL)
    chosen: Any = options.Options(
        listen_host=listening.host,
        listen_port=listening.port,
        mode=[listening.mode],
        confdir=str(listening.ca_dir),
    )
    master = Master(chosen)
    needed: Any = (core.Core, disable_h2c.DisableH2C, proxyserver.Proxyserver, next_layer.NextLayer)
    tls: Any = (tlsconfig.TlsConfig, update_alt_svc.UpdateAltSvc)
    _manager(master).add(Together((*(kind() for kind in (*needed, *tls)), *addons)))
    chosen.update(**SETTINGS, body_size_limit=str(listening.max_body))
    if listening.upstream_ca:
        chosen.update(ssl_verify_upstream_trusted_ca=listening.upstream_ca)
    return master


def listens_at(master: Master) -> tuple[str, int] | None:
    """Return the address on which the proxy listens, or None if it could not."""
    server = _manager(master).get("proxyserver")
    found = server.listen_addrs() if server is not None else []
    return (str(found[0][0]), int(found[0][1])) if found else None


def _manager(master: Master) -> Any:
    """Return mitmproxy's addon manager, which has no types."""
    return master.addons
