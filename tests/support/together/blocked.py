"""The asyncio client as a blocking one, so that one test reads the same for both.

Coroutines run on a loop that stays; an `AsyncStream` becomes an iterator and a context manager.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable
from typing import Any, Self, TypeVar

from nemovideo_client import AsyncNemoClient
from nemovideo_client.streams import AsyncStream

T = TypeVar("T")


class Blocked:
    """Has the methods of `inner`, an `AsyncNemoClient` or an `AsyncConversation`, and blocks."""

    inner: Any
    runner: asyncio.Runner

    def __init__(self, inner: Any, runner: asyncio.Runner) -> None:
        vars(self).update(inner=inner, runner=runner)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.inner, name)
        if not callable(value):
            return value

        def method(*args: Any, **kwargs: Any) -> Any:
            return self._blocked(value(*args, **kwargs))

        return method

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.inner, name, value)

    def _blocked(self, made: Any) -> Any:
        if inspect.iscoroutine(made):
            return self.runner.run(made)
        if isinstance(made, AsyncStream):
            return BlockedStream(made, self.runner)
        if isinstance(made, AsyncNemoClient):
            return Blocked(made, self.runner)
        return made


class BlockedStream:
    """Has the methods of `streams.Stream`."""

    def __init__(self, inner: AsyncStream[Any, Any], runner: asyncio.Runner) -> None:
        self.inner = inner
        self._runner = runner

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        try:
            return self._run(anext(self.inner))
        except StopAsyncIteration:
            raise StopIteration from None

    def finish(self) -> Any:
        """Read what is left, and return the result."""
        return self._run(self.inner.finish())

    @property
    def result(self) -> Any:
        """What it came to."""
        return self.inner.result

    def close(self) -> None:
        """Stop reading."""
        self._run(self.inner.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, made: Awaitable[T]) -> T:
        return self._runner.run(_awaited(made))


async def _awaited(made: Awaitable[T]) -> T:
    return await made
