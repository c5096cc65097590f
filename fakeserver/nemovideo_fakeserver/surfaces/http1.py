"""HTTP/1.1 as bytes: the head of a reply, and the chunks of a body that comes in steps.

A door that must be able to break its framing on purpose writes it itself.
"""

from __future__ import annotations

from http import HTTPStatus

from nemovideo_fakeserver.wire.messages import Headers

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
CHUNKED = ("Transfer-Encoding", "chunked")
CLOSE = ("Connection", "close")

_REASONS = {status.value: status.phrase for status in HTTPStatus}


def head(status: int, headers: Headers) -> bytes:
    """Return the status line and the headers; ValueError for a header that would begin another."""
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in headers]
    text = "\r\n".join(lines)
    if text.count("\r") != len(headers) or text.count("\n") != len(headers):
        raise ValueError(f"a reply header holds a line break; remove it from one of {headers!r}")
    return f"{text}\r\n\r\n".encode()


def chunk(data: bytes) -> bytes:
    """Return `data`, which is not empty, as one chunk."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def broken_chunk(data: bytes) -> bytes:
    """Return `data`, which is not empty, as the beginning of a chunk that announces twice as much."""
    return b"%x\r\n%b" % (2 * len(data), data)
