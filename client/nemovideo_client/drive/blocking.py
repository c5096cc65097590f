"""Performs the steps of flows with `httpx.Client`, one after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
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

TURN_SECONDS = 0.1
"""How long a thread that must be alone waits before it looks again: by `sleep`, so in its time."""


class Driver:
    """Drives flows. `http` makes the client when it is first needed; `timeout` is in seconds."""

    def __init__(
        self,
        http: Callable[[], httpx.Client],
        *,
        sleep: Callable[[float], None],
        now: Callable[[], float],
    ) -> None:
        self.http = http
        self.sleep = sleep
        self.now = now
        self.alone = threading.Lock()

    def run(self, flow: Flow[T], base_url: str, timeout: float) -> T:
        """Drive a flow to its end; what it shows is not looked at."""
        course = Course(flow)
        for _ in self.shows(course, base_url, timeout):
            pass
        return course.result

    def shows(
        self, course: Course[Any], base_url: str, timeout: float
    ) -> Generator[Any, None, None]:
        """Drive a flow and yield what it shows; closing the generator leaves the flow."""
        with ExitStack() as leave:
            leave.callback(course.close)
            hand = leave.enter_context(_Hand(self, base_url, timeout))
            while (step := course.step()) is not None:
                if isinstance(step, Show):
                    yield step.thing
                    continue
                try:
                    course.answer(hand.perform(step))
                except Exception as failure:
                    course.fail(failure)


class _Hand:
    """Performs the steps of one flow, and holds the stream it has open."""

    def __init__(self, driver: Driver, base_url: str, timeout: float) -> None:
        self._driver = driver
        self._base_url = base_url
        self._timeout = timeout
        self._response: httpx.Response | None = None
        self._pieces: Iterator[bytes] = iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def perform(self, step: Step) -> Any:
        answer: Any = None
        match step:
            case Send():
                answer = self._send(step)
            case Open():
                answer = self._open(step)
            case Read():
                answer = self._read()
            case Save():
                answer = self._save(step)
            case Close():
                self._close()
            case _:
                answer = self._perform_apart(step)
        return answer

    def _perform_apart(self, step: Write | Check | Identify | Sleep | Now | Alone | Show) -> Any:
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
                self._driver.sleep(seconds)
            case Now():
                answer = self._driver.now()
            case Alone(flow):
                answer = self._run_alone(flow)
            case Show():
                raise AssertionError("what is shown goes to the reader, not to the hand")
            case _:
                assert_never(step)
        return answer

    def _send(self, step: Send) -> Answer:
        self._open(Open(step.request, self._timeout))
        assert self._response is not None
        body = bytearray()
        while (piece := self._read()) is not None:
            body += piece
            if len(body) > LARGEST:
                raise APIResponseError(f"The answer is larger than {LARGEST >> 20} MB")
        answer = answer_of(self._response, bytes(body))
        self._close()
        return answer

    def _open(self, step: Open) -> Answer:
        self._close()
        http = self._driver.http()
        link = is_elsewhere(step.request)
        given_parts = parts(step.request, self._base_url, self._timeout, step.idle)
        with given_parts as given, failures():
            request = built(http, given, link=link)
            self._response = http.send(request, stream=True, follow_redirects=link)
        self._pieces = self._response.iter_bytes()
        return answer_of(self._response)

    def _read(self) -> bytes | None:
        with failures():
            return next(self._pieces, None)

    def _save(self, step: Save) -> int:
        with Arriving(step.path, step.size, step.progress) as file:
            while (piece := self._read()) is not None:
                file.write(piece)
        return file.written

    def _close(self) -> None:
        response, self._response, self._pieces = self._response, None, iter(())
        if response is not None:
            with failures():
                response.close()

    def _run_alone(self, flow: Flow[Any]) -> Any:
        # Not a blocking acquire: whoever is alone may sleep, and the clock may be one that moves
        # only when everybody sleeps.
        while not self._driver.alone.acquire(blocking=False):
            self._driver.sleep(TURN_SECONDS)
        try:
            return self._driver.run(flow, self._base_url, self._timeout)
        finally:
            self._driver.alone.release()
