"""Drives flows with httpx and no network: blocking and under asyncio, behind the same face."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import httpx

from nemovideo_client.drive.aio import AsyncDriver
from nemovideo_client.drive.blocking import Driver
from nemovideo_client.drive.course import Course
from nemovideo_client.wire.steps import Flow

T = TypeVar("T")
Handler = Callable[[httpx.Request], httpx.Response]

BASE = "https://api.test/base"
TIMEOUT = 7.5
NOON = 43_200.0


@dataclass(eq=False)
class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in these pieces, and breaks where one is an exception; knows if it was closed."""

    pieces: Sequence[bytes | BaseException]
    closed: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        """Note that nobody reads any more."""
        self.closed = True

    async def aclose(self) -> None:
        """Note that nobody reads any more."""
        self.closed = True


class Drive(Protocol):
    """Drives a flow against a handler of requests; returns what was shown, and the result."""

    def __call__(
        self, flow: Flow[T], handler: Handler, *, read: int | None = None, base_url: str = BASE
    ) -> tuple[list[Any], T]:
        """Drive the flow to its end; with `read`, leave it after so many things were shown."""


def blocking(
    flow: Flow[T], handler: Handler, *, read: int | None = None, base_url: str = BASE
) -> tuple[list[Any], T]:
    """Drive a flow with `httpx.Client`."""
    shown: list[Any] = []
    with httpx.Client(transport=httpx.MockTransport(handler)) as http:
        driver = Driver(lambda: http, sleep=lambda _: None, now=lambda: NOON)
        course = Course(flow)
        shows = driver.shows(course, base_url, TIMEOUT)
        try:
            for thing in shows:
                shown.append(thing)
                if len(shown) == read:
                    break
        finally:
            shows.close()
    return shown, course.result


def awaited(
    flow: Flow[T], handler: Handler, *, read: int | None = None, base_url: str = BASE
) -> tuple[list[Any], T]:
    """Drive a flow with `httpx.AsyncClient`."""

    async def drive() -> tuple[list[Any], T]:
        shown: list[Any] = []
        async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
            driver = AsyncDriver(lambda: http, sleep=lambda _: asyncio.sleep(0), now=lambda: NOON)
            course = Course(flow)
            shows = driver.shows(course, base_url, TIMEOUT)
            try:
                async for thing in shows:
                    shown.append(thing)
                    if len(shown) == read:
                        break
            finally:
                await shows.aclose()
        return shown, course.result

    return asyncio.run(drive())
