"""What bytes that are no text may hold: text in UTF-16, and gzip; changes to it are written back in its length.

A gzip file that was changed is compressed again, and filled up with a comment in its header. One in which a
secret stands and that cannot be written in as many bytes is refused.
"""

from __future__ import annotations

import zlib

from nemovideo_proxy.redaction.checking import Leak
from nemovideo_proxy.redaction.escapes import Change

MAGIC = b"\x1f\x8b\x08"
"""How a gzip file begins."""

ZIPPED = 8 * 1024 * 1024
"""Bytes up to which a gzip file is looked into."""

_UNZIPPED = 16 * 1024 * 1024
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_COMMENT = 0x10
_HEADER = 10


class Unchangeable(Leak):
    """Gzip holds a secret and cannot be written without it. Says where, and not the secret."""

    def __init__(self, where: str) -> None:
        Exception.__init__(
            self,
            f"refused to write: gzip in the {where} holds a secret, and cannot be compressed again in as many"
            " bytes; send it uncompressed",
        )
        self.role, self.pseudonym, self.where = "secret", "", where


def change_wide(data: bytes, change: Change) -> bytes:
    """Return `data` with a change made to every other byte, where ASCII stands in UTF-16."""
    if b"\0" not in data:
        return data
    begin = 2 if data.startswith(_BYTE_ORDER_MARKS) else 0
    for phase in (begin, begin + 1):
        half = data[phase::2]
        if (changed := change(half)) != half:
            made = bytearray(data)
            made[phase::2] = changed
            data = bytes(made)
    return data


def change_zipped(data: bytes, change: Change, where: str) -> bytes:
    """Return `data` with a change made to what gzip in it says; raises Unchangeable."""
    at = data.find(MAGIC)
    while at >= 0:
        said, size = unzipped(data, at)
        if said and (changed := change(said)) != said:
            data = data[:at] + _zipped(changed, size, where) + data[at + size :]
        at = data.find(MAGIC, at + max(size, 1))
    return data


def unzipped(data: bytes, at: int) -> tuple[bytes | None, int]:
    """Return what gzip at `at` says, None if it is none; and its size, 0 when it does not end there."""
    reader = zlib.decompressobj(wbits=31)
    given = data[at : at + ZIPPED]
    try:
        said = reader.decompress(given, _UNZIPPED)
    except zlib.error:
        return None, 0
    return said, len(given) - len(reader.unused_data) if reader.eof else 0


def _zipped(said: bytes, size: int, where: str) -> bytes:
    writer = zlib.compressobj(9, wbits=31)
    made = writer.compress(said) + writer.flush()
    room = size - len(made)  # of one that is cut off the size is 0
    if room < 0:
        raise Unchangeable(where)
    if not room:
        return made
    head = bytearray(made[:_HEADER])
    head[3] |= _COMMENT
    return bytes(head) + b" " * (room - 1) + b"\0" + made[_HEADER:]
