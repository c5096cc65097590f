"""Something that is read piece by piece, and comes to a result: an iterator and a context manager."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Generic, Self, TypeVar

from nemovideo_client.drive.course import Course

Piece = TypeVar("Piece")
T = TypeVar("T")


class Stream(Generic[Piece, T]):
    """Yields pieces as they come. Nothing is sent before the first is asked for.

    Leaving the context, or `close`, stops reading and closes the connection; what was ordered goes on
    without a reader.
    """

    def __init__(self, course: Course[T], shows: Generator[Piece, None, None]) -> None:
        self._course = course
        self._shows = shows

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Piece:
        return next(self._shows)

    def finish(self) -> T:
        """Read what is left, and return the result."""
        for _ in self._shows:
            pass
        return self.result

    @property
    def result(self) -> T:
        """What it came to, once it was read to its end; raises StreamConsumed before."""
        return self._course.result

    def close(self) -> None:
        """Stop reading."""
        self._shows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncStream(Generic[Piece, T]):
    """The same, under asyncio."""

    def __init__(self, course: Course[T], shows: AsyncGenerator[Piece, None]) -> None:
        self._course = course
        self._shows = shows

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Piece:
        return await anext(self._shows)

    async def finish(self) -> T:
        """Read what is left, and return the result."""
        async for _ in self._shows:
            pass
        return self.result

    @property
    def result(self) -> T:
        """What it came to, once it was read to its end; raises StreamConsumed before."""
        return self._course.result

    async def aclose(self) -> None:
        """Stop reading."""
        await self._shows.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
