"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

from nemovideo_client.errors import APIConnectionError, UsageError
from nemovideo_client.wire.messages import Progress


class Arriving:
    """A file that grows beside `path` and takes its place when all of it arrived.

    `size` is what must arrive, in bytes (None: whatever comes). Leaving the context by an exception
    removes what there is of it.
    """

    def __init__(self, path: Path, size: int | None, progress: Progress | None) -> None:
        check_place(path)
        self._path = path.resolve()  # what a link points to, not the link
        self._part = self._path.with_name(f".{self._path.name[:80]}.{uuid4().hex[:8]}.part")
        self._size = size
        self._progress = progress
        self.written = 0

    def __enter__(self) -> Self:
        with _writing(self._path):
            self._file: IO[bytes] = self._part.open("xb")
        return self

    def write(self, chunk: bytes) -> None:
        """Append a piece."""
        with _writing(self._path):
            self._file.write(chunk)
        self.written += len(chunk)
        if self._progress is not None:
            self._progress(self.written, self._size)

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            with suppress(OSError):  # what is still buffered may not fit the disk either
                self._file.close()
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        if self._size is not None and self.written != self._size:
            raise APIConnectionError(
                f"Only {self.written} of {self._size} bytes arrived", sent=True
            )
        if not self.written:
            raise APIConnectionError("Not a byte arrived", sent=True)
        with _writing(self._path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)


def check_place(path: Path) -> None:
    """Raise UsageError where no file can be written, before anything is done for one."""
    with _writing(path):
        there = path.exists()
        if path.is_dir():
            what = "is a folder"
        elif there and not path.is_file():
            what = "is no ordinary file"
        elif not there and not path.resolve().parent.is_dir():
            what = "is in a folder that is not there"
        else:
            return
    raise UsageError(f"{path} {what}", next_step="Name a file in a folder that exists.")


def write(path: Path, data: bytes) -> None:
    """Write a file, atomically."""
    with Arriving(path, len(data), None) as file:
        file.write(data)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise UsageError(
            f"{path} cannot be written: {problem.strerror}",
            next_step="Name a place for the file that can be written to.",
        ) from None
