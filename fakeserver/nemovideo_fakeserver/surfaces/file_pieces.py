"""A reply body from disk is read in pieces: its file is never in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from nemovideo_fakeserver.wire.files import File

FILE_PIECE = 256 * 2**10
"""Bytes read at once."""


@contextmanager
def reading(file: File) -> Iterator[Iterator[bytes]]:
    """Give the pieces of `file`, which is open meanwhile; EOFError if it ends before its length."""
    with file.path.open("rb") as source:
        source.seek(file.start)
        yield _pieces(source, file)


def _pieces(source: BinaryIO, file: File) -> Iterator[bytes]:
    left = file.length
    while left and (piece := source.read(min(left, FILE_PIECE))):
        left -= len(piece)
        yield piece
    if left:
        raise EOFError(f"{file.path.name} ends {left} bytes too early")
