"""The addons that answer from a cassette: the flow is led to the player, which listens on this machine alone.

A response that an addon assigns leaves in one block, so a stream could not be replayed at its times; a server
that mitmproxy talks to as to any other can.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from mitmproxy import http

from nemovideo_fakeserver.surfaces.aiohttp_app import Served
from nemovideo_fakeserver.wire.messages import Head, Request
from nemovideo_proxy.mitm import wording
from nemovideo_proxy.mitm.gate import Gate
from nemovideo_proxy.mitm.known_as import BASE, KnownAs
from nemovideo_proxy.recording.upstream import Upstream, loop, stranger
from nemovideo_proxy.replay.player import Player


class Door:
    """Serves a player, and leads flows to it."""

    def __init__(self, player: Player, service: Upstream, gate: Gate) -> None:
        self._player = player
        self._service = service
        self._gate = gate
        self._served = Served(KnownAs(player))
        self._led: set[str] = set()

    async def running(self) -> None:
        """Listen, on a free port."""
        await self._served.start()
        self._gate.trust(*self._address)

    async def done(self) -> None:
        """Listen no longer."""
        await self._served.close()

    def knows(self, flow: http.HTTPFlow) -> bool:
        """Say whether a request that is whole has a recorded answer."""
        path, _, query = flow.request.path.partition("?")
        headers = tuple((name.lower(), value) for name, value in wording.headers_of(flow.request))
        head = Head(method=flow.request.method, path=path, query=query, headers=headers)
        return self._player.knows(Request(head=head, body=flow.request.raw_content or b""))

    def lead(self, flow: http.HTTPFlow) -> None:
        """Lead a flow to the player, which gives out assets under the name by which the client knows the proxy."""
        host = flow.request.headers.get("host", "")
        flow.request.headers[BASE] = wording.base_of(flow, self._service)
        flow.request.scheme = "http"
        flow.request.host, flow.request.port = self._address
        flow.request.headers["Host"] = host
        self._led.add(flow.id)

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Pass its reply on piece by piece."""
        if flow.id in self._led and flow.response is not None:
            self._led.discard(flow.id)
            flow.response.stream = True

    def error(self, flow: http.HTTPFlow) -> None:
        """Forget it."""
        self._led.discard(flow.id)

    @property
    def _address(self) -> tuple[str, int]:
        parts = urlsplit(self._served.url)
        return parts.hostname or "127.0.0.1", parts.port or 80


class Replaying:
    """The addon that answers everything from the cassette, and asks nobody else."""

    def __init__(self, service: Upstream, door: Door, instance: str) -> None:
        self._service = service
        self._door = door
        self._instance = instance

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Lead what is for the service to the player."""
        refused = loop(wording.headers_of(flow.request), self._instance)
        if not self._service.is_at(flow.request.host, flow.request.port):
            refused = stranger(flow.request.host, self._service)
        if refused is not None:
            wording.answer(flow, refused)
            return
        self._door.lead(flow)
        flow.request.stream = True
