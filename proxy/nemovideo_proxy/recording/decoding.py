"""A reply that came compressed although it was asked for plain: what is stored is what it says."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

from nemovideo_proxy.model import Headers, first
from nemovideo_proxy.recording.marked import NotRecorded


class Decoder(Protocol):
    """Takes pieces as they came, gives what they say."""

    def feed(self, data: bytes) -> bytes:
        """Return what can be read so far."""
        ...


class Plain:
    """Nothing to decode."""

    def feed(self, data: bytes) -> bytes:
        """Return it."""
        return data


def _inflate() -> zlib._Decompress:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)


class Inflating:
    """gzip and deflate, both with their own heads."""

    def __init__(self) -> None:
        self._inflate = _inflate()

    def feed(self, data: bytes) -> bytes:
        """Return what can be read so far."""
        try:
            return b"".join(self._said(data))
        except zlib.error:
            raise NotRecorded(
                "the service sent a compressed reply that cannot be decompressed"
            ) from None

    def _said(self, data: bytes) -> Iterator[bytes]:
        yield self._inflate.decompress(data)
        while rest := self._inflate.unused_data:  # gzip may come in several members
            self._inflate = _inflate()
            yield self._inflate.decompress(rest)


def decoder_of(headers: Headers) -> Decoder:
    """Return what reads a reply with these headers; raises NotRecorded for a coding that nobody asked for."""
    coding = (first(headers, "content-encoding") or "identity").strip().lower()
    if coding in ("identity", ""):
        return Plain()
    if coding in ("gzip", "x-gzip", "deflate"):
        return Inflating()
    raise NotRecorded(
        f"the service compressed a reply with {coding!r} although it was asked not to compress"
    )


def without_coding(headers: Headers) -> Headers:
    """Return the headers of the decoded reply: as they were, if it was not compressed."""
    if isinstance(decoder_of(headers), Plain):
        return headers
    gone = ("content-encoding", "content-length")
    return tuple((name, value) for name, value in headers if name.lower() not in gone)


def asking_plain(headers: Headers) -> Headers:
    """Return the headers of a request with which the service is asked not to compress."""
    rest = tuple((name, value) for name, value in headers if name.lower() != "accept-encoding")
    return (*rest, ("Accept-Encoding", "identity"))
