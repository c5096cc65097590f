"""What mitmproxy knows of the sockets below a flow, and says in no hook.

Found out by trying, with mitmproxy 11.0 and 12.3: an upstream that resets and one that closes in the middle end in the
same words ("peer closed connection without sending complete message body"), for `handle_connection` drops the
OSError. The stream reader still has it, if somebody has kept the reader. And mitmproxy closes the client's socket as if the
reply were over: a reset is passed on only by asking for one (SO_LINGER) before that.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from mitmproxy import ctx, http
from mitmproxy.connection import Client, Connection
from mitmproxy.proxy import server_hooks

_AT_ONCE = struct.pack("ii", 1, 0)


class Readers:
    """The addon that keeps the stream reader of each server connection as long as a flow knows the connection."""

    def __init__(self) -> None:
        self._readers: WeakKeyDictionary[Connection, asyncio.StreamReader] = WeakKeyDictionary()

    def server_connected(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Keep it; when the `error` hook runs, mitmproxy may have forgotten it."""
        transport = _transport(data.client, data.server)
        if transport is not None:
            self._readers[data.server] = transport.reader

    def had(self, flow: http.HTTPFlow) -> bool:
        """Say whether there was a connection to the service."""
        return flow.server_conn in self._readers

    def broke(self, flow: http.HTTPFlow) -> bool:
        """Say whether the service's socket ended in an error (a reset), or was never there."""
        reader = self._readers.get(flow.server_conn)
        return reader is None or isinstance(reader.exception(), OSError)


def client_left(flow: http.HTTPFlow) -> bool:
    """Say whether it was the client that ended it."""
    return flow.error is not None and flow.error.msg.startswith("Client disconnected")


def refuse(data: server_hooks.ServerConnectionHookData) -> None:
    """Close a connection to the service that has just been opened: what is written to it goes nowhere."""
    transport = _transport(data.client, data.server)
    if transport is not None and transport.writer is not None:
        transport.writer.close()


def break_client(flow: http.HTTPFlow) -> None:
    """Let the client's socket end in a reset as well, when mitmproxy closes it."""
    transport = _transport(flow.client_conn, flow.client_conn)
    if transport is not None and transport.writer is not None:
        raw = transport.writer.get_extra_info("socket")
        with suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)


def close_server(flow: http.HTTPFlow) -> None:
    """Close the connection to the service now; the `error` hook follows."""
    _cancel(_transport(flow.client_conn, flow.server_conn))


def close_client(flow: http.HTTPFlow) -> None:
    """Close the connection to the client now, before mitmproxy can write a page of its own to it."""
    transport = _transport(flow.client_conn, flow.client_conn)
    if transport is not None and transport.writer is not None:
        transport.writer.close()


async def close_all(master: Any, *, within: float) -> None:
    """Close the port and the connections of all clients; mitmproxy leaves both to the end of the process.

    Both at once: since Python 3.12 a server that closes waits for its connections.
    """
    server = master.addons.get("proxyserver")
    closing = asyncio.create_task(server.servers.update([]))
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while server.connections:
                for handler in tuple(server.connections.values()):
                    _cancel(handler.transports.get(handler.client))
                await asyncio.sleep(0.01)
            await closing


def _cancel(transport: Any) -> None:
    if transport is not None and transport.handler is not None:
        transport.handler.cancel("nemo-proxy")


def _transport(client: Client, connection: Connection) -> Any:
    """Return mitmproxy's reader, writer and task of a connection, or None."""
    addons: Any = ctx.master.addons
    server = addons.get("proxyserver")
    handlers = server.connections.values() if server is not None else ()
    for handler in handlers:
        if handler.client is client:
            return handler.transports.get(connection)
    return None
