"""A multipart body is taken apart while it arrives, its parts going to disk one after the other.

All of it lies in one fresh private folder, which goes when the request does. The first broken rule
ends the work: nothing more is parsed or written.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from nemovideo_fakeserver.surfaces.part_file import PartFile
from nemovideo_fakeserver.surfaces.plain import Intake
from nemovideo_fakeserver.wire.messages import Body, Malformed, Part, Spooled, TooLarge

# What the library says of a broken form the client is told; it is no news for the server's terminal.
logging.getLogger("python_multipart").addHandler(logging.NullHandler())

MOST_PARTS = 64
LONGEST_HEADERS = 16 * 2**10
"""Bytes of headers one part may have."""
LONGEST_BOUNDARY = 70
"""Characters; the limit of RFC 2046."""


def boundary_of(content_type: str) -> bytes | None:
    """Return the boundary a multipart content type names, or None if it names no legal one."""
    _, options = parse_options_header(content_type.encode())
    boundary = options.get(b"boundary", b"")
    return boundary if 0 < len(boundary) <= LONGEST_BOUNDARY else None


class Multipart(Intake):
    """Parts of at most `file_limit` bytes a file, `limit` bytes in all, in a folder below `spool`."""

    def __init__(self, boundary: bytes, *, limit: int, file_limit: int, spool: Path) -> None:
        self._limit = limit
        self._file_limit = file_limit
        self._spool = spool
        self._seen = 0
        self._ended = False
        self._folder: Path | None = None
        self._parts: list[Part] = []
        self._headers = _Headers()
        self._open: PartFile | None = None
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": self._headers.add_to_name,
                "on_header_value": self._headers.add_to_value,
                "on_header_end": self._headers.end,
                "on_headers_finished": self._begin,
                "on_part_data": self._write,
                "on_part_end": self._end,
                "on_end": self._end_all,
            },
        )

    def feed(self, chunk: bytes) -> None:
        """Take the next piece."""
        if self.refusal is None:
            self._seen += len(chunk)
            if self._seen > self._limit:
                self.refusal = TooLarge(self._limit, self._seen)
            else:
                self._parse(chunk)

    def finish(self) -> Body:
        """Return what came of it."""
        if self.refusal is not None:
            return self.refusal
        if not self._ended:
            return Malformed("The multipart body ends before its closing boundary.")
        return Spooled(tuple(self._parts))

    def close(self) -> None:
        """Remove the folder with all that is left in it."""
        if self._open is not None:
            self._open.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except _Refused as refused:
            self.refusal = refused.body
        except FormParserError as error:
            self.refusal = Malformed(f"The multipart body cannot be taken apart: {error}.")

    def _begin(self) -> None:
        if len(self._parts) == MOST_PARTS:
            raise _Refused(Malformed(f"The multipart body has more than {MOST_PARTS} parts."))
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="upload-", dir=self._spool))
        number = len(self._parts)
        self._open = PartFile(self._headers.take(), self._folder / str(number))
        if self._open.field is None:
            raise _Refused(Malformed(f"Part {number + 1} of the multipart body has no name."))

    def _write(self, data: bytes, start: int, end: int) -> None:
        part = self._open
        assert part is not None
        part.write(memoryview(data)[start:end])
        if part.filename is not None and part.size > self._file_limit:
            raise _Refused(TooLarge(self._file_limit, part.size))

    def _end(self) -> None:
        part = self._open
        assert part is not None
        part.close()
        self._open = None
        self._parts.append(part.part())

    def _end_all(self) -> None:
        self._ended = True


class _Refused(Exception):
    """Leaves the parser with the reason why the body is refused."""

    def __init__(self, body: TooLarge | Malformed) -> None:
        super().__init__(body)
        self.body = body


class _Headers:
    """The headers of the part that has just begun, which come in fragments."""

    def __init__(self) -> None:
        self._size = 0
        self._name = self._value = b""
        self._ended: dict[bytes, bytes] = {}

    def add_to_name(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._name += data[start:end]

    def add_to_value(self, data: bytes, start: int, end: int) -> None:
        self._count(end - start)
        self._value += data[start:end]

    def end(self) -> None:
        self._ended[self._name.lower()] = self._value
        self._name = self._value = b""

    def take(self) -> dict[bytes, bytes]:
        taken, self._ended, self._size = self._ended, {}, 0
        return taken

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST_HEADERS:
            raise _Refused(Malformed(f"A part's headers exceed {LONGEST_HEADERS} bytes."))
