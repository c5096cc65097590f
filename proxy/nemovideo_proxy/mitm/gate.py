"""The addon that contacts nobody but the service and the hosts of the files it has named.

`server_connect` comes before every connection that mitmproxy makes, in any mode: an `error` that it sets is the
end of the attempt ("Connection killed"). `http_connect` comes before a tunnel in regular mode: a response
there is the answer to CONNECT, and no tunnel is opened. A name may stand for another address when mitmproxy
looks it up than it did for us: `server_connected` comes before the first byte is sent, and tells which it was.
"""

from __future__ import annotations

import asyncio

from mitmproxy import http
from mitmproxy.connection import Address
from mitmproxy.proxy import server_hooks

from nemovideo_proxy.mitm import sockets, wording
from nemovideo_proxy.recording.upstream import Upstream, is_private, stranger


class Gate:
    """Knows the addresses that may be contacted."""

    def __init__(self, service: Upstream) -> None:
        self._service = service
        self._open = {(service.host, service.port)}
        self._trusted = set(self._open)

    def open(self, place: Upstream) -> None:
        """Let the host of a file be contacted."""
        self._open.add((place.host, place.port))

    def trust(self, host: str, port: int) -> None:
        """Let an address be contacted wherever it lies: the proxy's own."""
        self._open.add((host, port))
        self._trusted.add((host, port))

    def http_connect(self, flow: http.HTTPFlow) -> None:
        """Open no tunnel but to the service."""
        if not self._service.is_at(flow.request.host, flow.request.port):
            wording.answer(flow, stranger(flow.request.host, self._service))

    async def server_connect(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Contact nobody else."""
        objection = await self._objection(data.server.address)
        if objection:
            data.server.error = objection

    def server_connected(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Say nothing to an address that the name did not stand for before."""
        found = data.server.peername
        if self._may_be_anywhere(_place(data.server.address)) or found is None:
            return
        if is_private(str(found[0])):
            sockets.refuse(data)

    async def _objection(self, address: Address | None) -> str:
        place = _place(address)
        if place not in self._open:
            return f"only {self._service.origin} and the files it has named are contacted"
        return "" if self._may_be_anywhere(place) else await _inside(*place)

    def _may_be_anywhere(self, place: tuple[str, int]) -> bool:
        return place in self._trusted or self._service.is_private


def _place(address: Address | None) -> tuple[str, int]:
    return (address[0].lower(), address[1]) if address else ("nowhere", 0)


async def _inside(host: str, port: int) -> str:
    """Object to a name that stands for an address of this machine or its network."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port)
    except OSError:
        return ""
    if any(is_private(str(info[4][0])) for info in found):
        return f"{host} is an address of this machine or its network"
    return ""
