"""A reset that arrives behind what was written, however slowly the peer reads.

Closing with a reset throws away what has not left this machine yet, so that is waited for first.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from collections.abc import Awaitable, Callable

_NO_LINGER = struct.pack("ii", 1, 0)
"""SO_LINGER with zero seconds: closing resets the connection."""

_UNSENT = getattr(socket, "TCP_NOTSENT_LOWAT", None)
"""The option by which a socket counts as writable only once nothing waits to be sent; not on Windows."""


async def reset(transport: asyncio.WriteTransport, drain: Callable[[], Awaitable[None]]) -> None:
    """Reset the connection once all is sent; `drain` returns when `transport` takes more bytes."""
    transport.set_write_buffer_limits(0)
    await drain()
    connection: socket.socket | None = transport.get_extra_info("socket")
    if connection is not None:
        await _sent(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()


async def _sent(connection: socket.socket) -> None:
    """Wait until the system has sent all that was written to `connection`, where it can tell."""
    if _UNSENT is None:
        return
    try:
        connection.setsockopt(socket.IPPROTO_TCP, _UNSENT, 1)
    except OSError:  # known to Python, but not to this system
        return
    loop, sent = asyncio.get_running_loop(), asyncio.Event()
    # A descriptor of our own: a loop lets nobody else wait for those of its transports.
    twin = os.dup(connection.fileno())
    try:
        loop.add_writer(twin, sent.set)
        await sent.wait()
    finally:
        loop.remove_writer(twin)
        os.close(twin)
