"""What mitmproxy knows of the sockets below a flow, and says in no hook.

Found out by trying, with mitmproxy 11.0: an upstream that resets and one that closes in the middle end in the
same words ("peer closed connection without sending complete message body"), for `handle_connection` drops the
OSError. The stream reader still has it when the `error` hook runs. And it closes the client's socket as if the
reply were over: a reset is passed on only by asking for one (SO_LINGER) before that.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Any

from mitmproxy import ctx, http
from mitmproxy.connection import Connection

_AT_ONCE = struct.pack("ii", 1, 0)


def broke(flow: http.HTTPFlow) -> bool:
    """Say whether the service's socket ended in an error (a reset), or was never there."""
    transport = _transport(flow, flow.server_conn)
    if transport is None or transport.reader is None:
        return flow.server_conn.error is not None
    return isinstance(transport.reader.exception(), OSError)


def client_left(flow: http.HTTPFlow) -> bool:
    """Say whether it was the client that ended it; `stream reset by client` is said of either side in HTTP/2."""
    said = "" if flow.error is None else flow.error.msg
    if said.startswith("stream reset by"):
        return flow.request.is_http2 and flow.server_conn.connected
    return said.startswith("Client disconnected")


def break_client(flow: http.HTTPFlow) -> None:
    """Let the client's socket end in a reset as well, when mitmproxy closes it."""
    transport = _transport(flow, flow.client_conn)
    if transport is not None and transport.writer is not None:
        raw = transport.writer.get_extra_info("socket")
        with suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)


def close_server(flow: http.HTTPFlow) -> None:
    """Close the connection to the service now; the `error` hook follows."""
    _cancel(_transport(flow, flow.server_conn))


def close_client(flow: http.HTTPFlow) -> None:
    """Close the connection to the client now, with a reset."""
    break_client(flow)
    _cancel(_transport(flow, flow.client_conn))


async def close_all(master: Any, *, within: float) -> None:
    """Close the connections of all clients, which mitmproxy leaves to the end of the loop, with a traceback each."""
    server = master.addons.get("proxyserver")
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while server is not None and server.connections:
                for handler in tuple(server.connections.values()):
                    _cancel(handler.transports.get(handler.client))
                await asyncio.sleep(0.01)


def _cancel(transport: Any) -> None:
    if transport is not None and transport.handler is not None:
        transport.handler.cancel("nemo-proxy")


def _transport(flow: http.HTTPFlow, connection: Connection) -> Any:
    """Return mitmproxy's reader, writer and task of a connection, or None."""
    addons: Any = ctx.master.addons
    server = addons.get("proxyserver")
    handlers = server.connections.values() if server is not None else ()
    for handler in handlers:
        if handler.client is flow.client_conn:
            return handler.transports.get(connection)
    return None
