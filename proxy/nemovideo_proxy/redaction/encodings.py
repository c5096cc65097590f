"""Compressed bodies: read as what they say, so that nothing is hidden in them.

A reply is stored without its compression; each piece becomes what had come out by then, at the same time.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module

from nemovideo_proxy.model import Headers, Piece, Request, Response, first


class Undecodable(Exception):
    """A compressed body cannot be read; says which encoding, and what to do."""

    def __init__(self, encoding: str, why: str) -> None:
        super().__init__(
            f"cannot look for secrets in a body with Content-Encoding {encoding}: {why};"
            " ask upstream for identity encoding, or set keep_undecodable in the rules to keep it unread"
        )


Feed = Callable[[bytes], bytes]


def decoded(response: Response) -> Response:
    """Return a reply without its compression; raises Undecodable."""
    encoding = _encoding(response.headers)
    if not encoding or not isinstance(response.body, bytes) or not response.body:
        return response
    made, pieces, at = [], [], 0
    feed = _feed(encoding)
    for piece in response.pieces or (Piece(response.at, len(response.body)),):
        made.append(_fed(feed, response.body[at : at + piece.size], encoding))
        at += piece.size
        if made[-1]:
            pieces.append(Piece(piece.at, len(made[-1])))
    body = b"".join(made)
    return replace(
        response,
        headers=_headers(response.headers, len(body)),
        body=body,
        pieces=tuple(pieces) if response.pieces else (),
    )


def decoded_request(request: Request) -> Request:
    """Return a request without its compression; raises Undecodable."""
    encoding = _encoding(request.headers)
    if not encoding or not isinstance(request.body, bytes) or not request.body:
        return request
    body = _fed(_feed(encoding), request.body, encoding)
    return replace(request, headers=_headers(request.headers, len(body)), body=body)


def with_length(headers: Headers, size: int) -> Headers:
    """Return headers whose Content-Length, where there is one, is `size`."""
    return tuple(
        (name, str(size) if name.lower() == "content-length" else value) for name, value in headers
    )


def _encoding(headers: Headers) -> str:
    said = (first(headers, "content-encoding") or "").strip().lower()
    return "" if said == "identity" else said


def _headers(headers: Headers, size: int) -> Headers:
    kept = tuple(header for header in headers if header[0].lower() != "content-encoding")
    return with_length(kept, size)


def _feed(encoding: str) -> Feed:
    feeds = [_one(name.strip()) for name in reversed(encoding.split(","))]

    def feed(data: bytes) -> bytes:
        for each in feeds:
            data = each(data)
        return data

    return feed


def _one(encoding: str) -> Feed:
    match encoding:
        case "gzip" | "x-gzip":
            return zlib.decompressobj(wbits=31).decompress
        case "deflate":
            return _deflate()
        case "br":
            return _installed("brotli", encoding).Decompressor().process  # type: ignore[attr-defined, no-any-return]  # not ours to require
        case "zstd":
            return _installed("zstandard", encoding).ZstdDecompressor().decompressobj().decompress  # type: ignore[attr-defined, no-any-return]  # not ours to require
        case "identity" | "":
            return bytes
    raise Undecodable(encoding, "nobody here knows it")


def _deflate() -> Feed:
    """Decode zlib's form, or the bare one that some servers send."""
    chosen: list[Feed] = []

    def feed(data: bytes) -> bytes:
        if not chosen and data:
            is_zlib = data[0] & 0x0F == 8
            chosen.append(zlib.decompressobj(15 if is_zlib else -15).decompress)
        return chosen[0](data) if chosen else b""

    return feed


def _installed(module: str, encoding: str) -> object:
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise Undecodable(encoding, f"{module} is not installed") from None


def _fed(feed: Feed, data: bytes, encoding: str) -> bytes:
    try:
        return feed(data)
    except Exception as problem:  # each library has an error of its own
        raise Undecodable(encoding, f"it is broken ({type(problem).__name__})") from None


def chunks(pieces: Iterable[Piece]) -> int:
    """Return how many bytes pieces hold."""
    return sum(piece.size for piece in pieces)
