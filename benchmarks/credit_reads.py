"""Reading credits over 50 connections. Goal: at least 1.0 x the bare application's requests per processor second.

The fake checks the token, settles the world, reads the ledger and writes its journal for each; the bare
application returns a constant.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
from urllib.parse import urlsplit

from benchmarks.servers import BARE, FAKE, Server, running

CONNECTIONS = 50
REQUESTS = 20_000
ROUNDS = 5


class Reader(asyncio.Protocol):
    """One connection: asks, waits for the whole answer, asks again."""

    def __init__(self, request: bytes, left: list[int], done: asyncio.Event) -> None:
        self._request = request
        self._left = left
        self._done = done
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Ask again once the answer is whole."""
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) < length:
            return
        self._buffer = b""
        self._left[0] -= 1
        if self._left[0] > 0:
            self._transport.write(self._request)
        elif self._left[0] == 0:
            self._done.set()


async def load(server: Server, token: str, requests: int) -> None:
    """Send that many requests over all connections."""
    host, port = urlsplit(server.url).netloc.split(":")
    request = f"GET /api/credits/balance/simple HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    left, done, loop = [requests], asyncio.Event(), asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Reader(request.encode(), left, done), host, int(port))
        for _ in range(CONNECTIONS)
    ]
    await asyncio.wait_for(done.wait(), 120)
    for transport, _ in made:
        transport.close()


def token_of(server: Server) -> str:
    """Return a token of the fake; the bare application takes any."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    connection.request("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": "benchmark"})
    return str(json.load(connection.getresponse())["data"]["token"])


def microseconds(server: Server, token: str) -> float:
    """Return the processor time the server spends on one request."""
    before = server.cpu_seconds()
    asyncio.run(load(server, token, REQUESTS))
    return (server.cpu_seconds() - before) / REQUESTS * 1e6


def main() -> None:
    """Print the processor time of both, and the median ratio of the pairs."""
    with running(BARE) as bare, running(FAKE) as fake:
        token = token_of(fake)
        microseconds(bare, token), microseconds(fake, token)
        pairs = [(microseconds(bare, token), microseconds(fake, token)) for _ in range(ROUNDS)]
    theirs, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(bare_cost / cost for bare_cost, cost in pairs)
    print(
        f"credits: bare {theirs:.0f} us, fake {ours:.0f} us of processor time a request, ratio {ratio:.2f} (goal: >= 1.0)"
    )
