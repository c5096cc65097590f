"""Compressed bodies are read, or refused."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from importlib import import_module

import pytest

from nemovideo_proxy.model import Piece, Request, Response
from nemovideo_proxy.redaction import Redactor, Rules, Undecodable, decoded

PLAIN = b'{"token":"hunter222","x":"%s"}' % (b"hunter222" * 5)
EXPECTED = b'{"token":"token1xxx","x":"%s"}' % (b"token1xxx" * 5)


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _brotli(data: bytes) -> bytes:
    return bytes(import_module("brotli").compress(data))


def _zstd(data: bytes) -> bytes:
    return bytes(import_module("zstandard").ZstdCompressor().compress(data))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw),
        ("br", _brotli),
        ("zstd", _zstd),
        ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
        ("identity", bytes),
    ],
)
def test_a_compressed_reply_is_stored_plain(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    """Its pieces say what had come out at their time, and Content-Length is that of the plain body."""
    if encoding in ("br", "zstd"):
        pytest.importorskip({"br": "brotli", "zstd": "zstandard"}[encoding])
    body = pack(PLAIN)
    headers = (("Content-Encoding", encoding), ("Content-Length", str(len(body))))
    pieces = (Piece(0.1, 10), Piece(0.2, len(body) - 10))

    made = Redactor().response(Response(status=200, headers=headers, body=body, pieces=pieces))

    assert made.body == EXPECTED
    assert made.header("content-encoding") in (None, "identity")
    assert made.header("content-length") == str(len(EXPECTED))
    assert sum(piece.size for piece in made.pieces) == len(EXPECTED)
    assert made.pieces[-1].at == 0.2


def test_a_compressed_request_is_stored_plain() -> None:
    """Requests may be compressed, too."""
    request = Request(
        method="POST", url="/", headers=(("Content-Encoding", "gzip"),), body=gzip.compress(PLAIN)
    )

    made = Redactor().request(request)

    assert (made.body, made.headers) == (EXPECTED, ())


@pytest.mark.parametrize(
    ("encoding", "says"), [("snappy", "nobody here knows it"), ("gzip", "it is broken")]
)
def test_what_cannot_be_read_is_refused(encoding: str, says: str) -> None:
    """Unless a rule lets it pass; then it is kept as it is."""
    response = Response(status=200, headers=(("Content-Encoding", encoding),), body=b"\xff\xfe\x00")

    with pytest.raises(Undecodable, match=says):
        Redactor().response(response)
    assert Redactor(Rules(keep_undecodable=True)).response(response) == response


def test_a_reply_without_a_body_needs_no_decoding() -> None:
    """A HEAD's reply says gzip, and has nothing in it."""
    response = Response(status=200, headers=(("Content-Encoding", "gzip"),))

    assert decoded(response) == response


def test_a_compressed_stream_is_not_written_live() -> None:
    """What is hidden in it shows only when it is whole."""
    live = Redactor().stream("text/event-stream", "gzip")

    assert live.feed(0.0, gzip.compress(b"data: hunter222\n\n")) == []
