"""Looks for secrets in bytes, by plain means: everything is decoded in every way, again and again.

It knows nothing of how redaction works, and nothing of the places where secrets stand.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_to_bytes

DEEP = 5


class Scanner:
    """Looks for the same secrets in many bytes; `seen` counts those that were looked at, decoded or not."""

    def __init__(self, secrets: Iterable[bytes]) -> None:
        self.secrets = tuple(secrets)
        self.seen = 0

    def found(self, data: bytes) -> set[bytes]:
        """Return the secrets that are in `data`, however they are encoded."""
        views = _peeled(data)
        self.seen += sum(map(len, views))
        return {secret for secret in self.secrets if any(secret in view for view in views)}


def _peeled(data: bytes) -> set[bytes]:
    """Return `data` and all that it decodes to."""
    views, fresh = {data}, {data}
    for _ in range(DEEP):
        fresh = {inner for view in fresh for inner in _decoded(view) if inner} - views
        views |= fresh
    return views


def _decoded(view: bytes) -> Iterator[bytes]:
    if b"%" in view:
        yield unquote_to_bytes(view)
    yield from _told(view)
    yield from _from_base64(view)
    if view[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            yield gzip.decompress(view)
    for run in re.findall(rb"(?:[0-9a-f]{2}){6,}|(?:[0-9A-F]{2}){6,}", view):
        yield bytes.fromhex(run.decode())


def _told(view: bytes) -> Iterator[bytes]:
    """Yield the strings of JSON, of each frame of a stream, and what they say in a row."""
    said: list[str] = []
    for line in (view, *(part[5:] for part in view.splitlines() if part.startswith(b"data:"))):
        try:
            value = json.loads(line)
        except ValueError:
            continue
        said += list(_strings(value))
    for text in ({*said, "".join(said)}) if said else ():
        yield text.encode("utf-8", "surrogatepass")
    for quoted in re.findall(rb'"(?:[^"\\]|\\.)*"', view) if b"\\" in view else ():
        try:
            yield str(json.loads(quoted)).encode("utf-8", "surrogatepass")
        except ValueError:
            continue


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield key
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
        case int():
            yield str(value)
        case _:
            return


def _from_base64(view: bytes) -> Iterator[bytes]:
    for run in re.findall(rb"[A-Za-z0-9+/_-]{8,}", view):
        for skipped in range(4):
            plain = run[skipped:].replace(b"-", b"+").replace(b"_", b"/")
            whole = plain[: len(plain) // 4 * 4]
            rest = plain[len(whole) :]
            more = b64decode(rest + b"=" * (4 - len(rest))) if len(rest) > 1 else b""
            yield b64decode(whole) + more
