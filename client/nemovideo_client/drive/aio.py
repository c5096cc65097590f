"""Performs the steps of flows with `httpx.AsyncClient`: the same as `blocking`, with awaits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Self, TypeVar, assert_never

import httpx

from nemovideo_client.drive.course import Course
from nemovideo_client.drive.files import Arriving, check_place, write
from nemovideo_client.drive.requests import (
    LARGEST,
    answer_of,
    built,
    failures,
    is_elsewhere,
    parts,
)
from nemovideo_client.errors import APIResponseError
from nemovideo_client.wire.messages import Answer
from nemovideo_client.wire.steps import (
    Alone,
    Check,
    Close,
    Flow,
    Identify,
    Now,
    Open,
    Read,
    Save,
    Send,
    Show,
    Sleep,
    Step,
    Write,
)

T = TypeVar("T")


class AsyncDriver:
    """Drives flows. `http` makes the client when it is first needed; `timeout` is in seconds."""

    def __init__(
        self,
        http: Callable[[], httpx.AsyncClient],
        *,
        sleep: Callable[[float], Awaitable[None]],
        now: Callable[[], float],
    ) -> None:
        self.http = http
        self.sleep = sleep
        self.now = now
        self.alone = asyncio.Lock()

    async def run(self, flow: Flow[T], base_url: str, timeout: float) -> T:  # noqa: ASYNC109 it is the transport's, not the task's
        """Drive a flow to its end; what it shows is not looked at."""
        course = Course(flow)
        async for _ in self.shows(course, base_url, timeout):
            pass
        return course.result

    async def shows(
        self,
        course: Course[Any],
        base_url: str,
        timeout: float,  # noqa: ASYNC109 it is the transport's, not the task's
    ) -> AsyncGenerator[Any, None]:
        """Drive a flow and yield what it shows; closing the generator leaves the flow."""
        async with AsyncExitStack() as leave:
            leave.callback(course.close)
            hand = await leave.enter_async_context(_Hand(self, base_url, timeout))
            while (step := course.step()) is not None:
                if isinstance(step, Show):
                    yield step.thing
                    continue
                try:
                    course.answer(await hand.perform(step))
                except Exception as failure:
                    course.fail(failure)


class _Hand:
    """Performs the steps of one flow, and holds the stream it has open."""

    def __init__(self, driver: AsyncDriver, base_url: str, timeout: float) -> None:
        self._driver = driver
        self._base_url = base_url
        self._timeout = timeout
        self._response: httpx.Response | None = None
        self._pieces: AsyncIterator[bytes] = _nothing()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def perform(self, step: Step) -> Any:
        answer: Any = None
        match step:
            case Send():
                answer = await self._send(step)
            case Open():
                answer = await self._open(step)
            case Read():
                answer = await self._read()
            case Save():
                answer = await self._save(step)
            case Close():
                await self._close()
            case _:
                answer = await self._perform_apart(step)
        return answer

    async def _perform_apart(
        self, step: Write | Check | Identify | Sleep | Now | Alone | Show
    ) -> Any:
        """Perform a step that is no matter of the connection."""
        answer: Any = None
        match step:
            case Write(path, data):
                write(path, data)
            case Check(path):
                check_place(path)
            case Identify(source):
                answer = source()
            case Sleep(seconds):
                await self._driver.sleep(seconds)
            case Now():
                answer = self._driver.now()
            case Alone(flow):
                answer = await self._run_alone(flow)
            case Show():
                raise AssertionError("what is shown goes to the reader, not to the hand")
            case _:
                assert_never(step)
        return answer

    async def _send(self, step: Send) -> Answer:
        await self._open(Open(step.request, self._timeout))
        assert self._response is not None
        body = bytearray()
        while (piece := await self._read()) is not None:
            body += piece
            if len(body) > LARGEST:
                raise APIResponseError(f"The answer is larger than {LARGEST >> 20} MB")
        answer = answer_of(self._response, bytes(body))
        await self._close()
        return answer

    async def _open(self, step: Open) -> Answer:
        await self._close()
        http = self._driver.http()
        link = is_elsewhere(step.request)
        given_parts = parts(step.request, self._base_url, self._timeout, step.idle)
        with given_parts as given, failures():
            request = built(http, given, link=link)
            self._response = await http.send(request, stream=True, follow_redirects=link)
        self._pieces = self._response.aiter_bytes()
        return answer_of(self._response)

    async def _read(self) -> bytes | None:
        with failures():
            return await anext(self._pieces, None)

    async def _save(self, step: Save) -> int:
        # Pieces are tens of kilobytes: writing one blocks the loop less than handing it to a thread.
        with Arriving(step.path, step.size, step.progress) as file:
            while (piece := await self._read()) is not None:
                file.write(piece)
        return file.written

    async def _close(self) -> None:
        response, self._response, self._pieces = self._response, None, _nothing()
        if response is not None:
            with failures():
                await response.aclose()

    async def _run_alone(self, flow: Flow[Any]) -> Any:
        async with self._driver.alone:
            return await self._driver.run(flow, self._base_url, self._timeout)


async def _nothing() -> AsyncIterator[bytes]:
    """Yield no piece: what is read where no stream is open."""
    pieces: tuple[bytes, ...] = ()
    for piece in pieces:
        yield piece
