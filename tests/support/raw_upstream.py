"""A service that says exactly what a test lets it say, over a real socket, and ends as it is told to."""

from __future__ import annotations

import queue
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

PATIENCE = 20.0
"""Real seconds after which something that does not come is a failure."""

SSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    """Return data as one chunk."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def plain(body: bytes, content_type: str = "application/json", *more: bytes) -> bytes:
    """Return a whole reply."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n" % (
        content_type.encode(),
        len(body),
    )
    return head + b"".join(line + b"\r\n" for line in more) + b"\r\n" + body


@dataclass
class Raw:
    """One connection at a time: `asked` are the requests, `say` queues what is to be sent."""

    port: int = 0
    asked: queue.Queue[bytes] = field(default_factory=queue.Queue)
    said: queue.Queue[bytes | None] = field(default_factory=queue.Queue)
    closed: threading.Event = field(default_factory=threading.Event)
    context: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self.context = context

    def request(self) -> bytes:
        """Return the next request."""
        return self.asked.get(timeout=PATIENCE)

    def say(self, data: bytes) -> None:
        """Send it now."""
        self.said.put(data)

    def close(self) -> None:
        """Close the connection."""
        self.said.put(None)

    def reset(self) -> None:
        """Break the connection."""
        self.said.put(b"")

    def serve(self, listener: socket.socket) -> None:
        """Serve connection after connection until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(ssl.SSLError), connection, self._secured(connection) as spoken:
                    self._converse(spoken)

    def _secured(self, connection: socket.socket) -> socket.socket:
        if self.context is None:
            return connection
        return self.context.wrap_socket(connection, server_side=True)

    def _converse(self, connection: socket.socket) -> None:
        while True:
            request = _read(connection)
            if not request:
                self.closed.set()
                return
            self.asked.put(request)
            while (data := self.said.get(timeout=PATIENCE)) is not None:
                if data == b"":
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return
                with suppress(OSError):
                    connection.sendall(data)
                if data.endswith(LAST) or data.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: a"):
                    break
            else:
                return


def _read(connection: socket.socket) -> bytes:
    """Read one request whose body, if any, has a length."""
    data = b""
    while b"\r\n\r\n" not in data:
        with suppress(ConnectionResetError):
            more = connection.recv(65536)
            if more:
                data += more
                continue
        return b""
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def raw(port: int = 0) -> Iterator[Raw]:
    """Serve in a thread; port 0 is a free one."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        service = Raw(port=listener.getsockname()[1])
        thread = threading.Thread(target=service.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.close()
            listener.shutdown(socket.SHUT_RDWR)
