"""One part of a multipart body on its way to disk: written, counted and hashed, never held.

What a client calls a file is data; on disk it is a number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from python_multipart.multipart import parse_options_header

from nemovideo_fakeserver.wire.messages import Part


class PartFile:
    """The file at `path` for the part with these headers (names in lower case).

    `field` is None where the part has no name.
    """

    def __init__(self, headers: Mapping[bytes, bytes], path: Path) -> None:
        _, options = parse_options_header(headers.get(b"content-disposition"))
        self.field = _text(options.get(b"name"))
        self.filename = _text(options.get(b"filename"))
        self.size = 0
        self._content_type = _text(headers.get(b"content-type")) or ""
        self._path = path
        self._hash = hashlib.sha256()
        # Unbuffered: pieces are large already, and a refused upload should leave nothing to flush.
        self._file = path.open("xb", buffering=0)

    def write(self, piece: memoryview) -> None:
        """Append `piece`."""
        self.size += len(piece)
        self._hash.update(piece)
        while piece:
            piece = piece[self._file.write(piece) :]

    def close(self) -> None:
        """Close the file; what has been written stays."""
        self._file.close()

    def part(self) -> Part:
        """Return what was written, not yet probed."""
        return Part(
            field=self.field or "",
            filename=self.filename,
            content_type=self._content_type,
            path=self._path,
            size=self.size,
            sha256=self._hash.hexdigest(),
            probe=None,
        )


def _text(octets: bytes | None) -> str | None:
    return None if octets is None else octets.decode("utf-8", "replace")
