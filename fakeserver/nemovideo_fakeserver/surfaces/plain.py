"""A body on its way in, and the two simplest ones: kept in memory, and refused unread."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

from nemovideo_fakeserver.wire.messages import Body, Malformed, TooLarge


class Intake(ABC):
    """Takes a body in, piece by piece. As a context manager it removes what it put on disk.

    `refusal` is what a body is refused with, None as long as it is welcome. Once there is one, feeding
    on changes nothing.
    """

    refusal: TooLarge | Malformed | None = None

    @abstractmethod
    def feed(self, chunk: bytes) -> None:
        """Take the next piece."""

    @abstractmethod
    def finish(self) -> Body:
        """Return what came of it: after the last piece, or once it is refused."""

    def close(self) -> None:  # noqa: B027 most bodies leave nothing behind
        """Remove what is on disk."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Plain(Intake):
    """A body of at most `limit` bytes, in memory."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._seen = 0
        self._chunks: list[bytes] = []

    def feed(self, chunk: bytes) -> None:
        """Take the next piece."""
        if self.refusal is None:
            self._seen += len(chunk)
            self._chunks.append(chunk)
            if self._seen > self._limit:
                self.refusal = TooLarge(self._limit, self._seen)

    def finish(self) -> Body:
        """Return the bytes."""
        return self.refusal or b"".join(self._chunks)


class Refused(Intake):
    """A body that is refused for what its head says."""

    def __init__(self, refusal: TooLarge | Malformed) -> None:
        self.refusal = refusal

    def feed(self, chunk: bytes) -> None:
        """Ignore it."""

    def finish(self) -> Body:
        """Return the refusal."""
        assert self.refusal is not None
        return self.refusal
