"""Flows that must be alone run one after the other; everything else goes on beside them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial

import httpx
import pytest

from nemovideo_client.drive.aio import AsyncDriver
from nemovideo_client.drive.blocking import Driver
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import Alone, Flow, Send, Show, Sleep
from support.driving import BASE, NOON, Drive

GET = Request(method="GET", url="/a")


def alone(inner: Callable[[], Flow[str]]) -> Flow[str]:
    """Run a flow alone."""
    result: str = yield Alone(inner())
    return result


def test_result_and_what_is_shown(drive: Drive) -> None:
    """Its result is the answer; what it shows nobody sees."""

    def inner() -> Flow[str]:
        yield Show("unseen")
        yield Send(GET)
        return "mine"

    assert drive(alone(inner), lambda _: httpx.Response(200)) == ([], "mine")


def test_a_failure_leaves_the_place_free(drive: Drive) -> None:
    """What it raises is thrown into the flow that asked; the next one is alone all the same."""

    def failing() -> Flow[str]:
        yield Sleep(1)
        raise ZeroDivisionError

    def inner() -> Flow[str]:
        yield Sleep(1)
        return "mine"

    def flow() -> Flow[str]:
        with contextlib.suppress(ZeroDivisionError):
            yield Alone(failing())
        return (yield from alone(inner))

    assert drive(flow(), lambda _: httpx.Response(200)) == ([], "mine")


def test_two_threads() -> None:
    """The second waits, in the client's own time, until the first is through."""
    waiting = threading.Event()
    log: list[str] = []

    def service(_: httpx.Request) -> httpx.Response:
        assert waiting.wait(10)  # until the other one has found the place taken
        return httpx.Response(200)

    def inner(name: str) -> Flow[str]:
        log.append(f"{name} in")
        yield Send(GET)
        log.append(f"{name} out")
        return name

    def sleep(_: float) -> None:
        waiting.set()

    with httpx.Client(transport=httpx.MockTransport(service)) as http:
        driver = Driver(lambda: http, sleep=sleep, now=lambda: NOON)
        threads = [
            threading.Thread(
                target=driver.run, args=(alone(partial(inner, name)), BASE, 1), daemon=True
            )
            for name in "ab"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)

    first, second = log[0][0], log[2][0]
    assert log == [f"{first} in", f"{first} out", f"{second} in", f"{second} out"]
    assert {first, second} == {"a", "b"}


def test_two_tasks() -> None:
    """Under asyncio the second waits, too, while a third that need not be alone goes on."""
    log: list[str] = []

    def inner(name: str) -> Flow[str]:
        log.append(f"{name} in")
        for _ in range(5):
            yield Sleep(1)
        log.append(f"{name} out")
        return name

    def beside() -> Flow[None]:
        yield Sleep(1)
        log.append("beside")

    async def scene() -> tuple[str, str, None]:
        driver = AsyncDriver(httpx.AsyncClient, sleep=lambda _: asyncio.sleep(0), now=lambda: NOON)
        a, b, nothing = await asyncio.gather(
            driver.run(alone(lambda: inner("a")), BASE, 1),
            driver.run(alone(lambda: inner("b")), BASE, 1),
            driver.run(beside(), BASE, 1),
        )
        return a, b, nothing

    assert asyncio.run(scene()) == ("a", "b", None)
    assert log == ["a in", "beside", "a out", "b in", "b out"]


def test_a_cancelled_task_leaves_the_place_free() -> None:
    """Whoever is cancelled while alone lets the next one in."""

    def stuck() -> Flow[str]:
        yield Sleep(1e9)
        return "never"

    def inner() -> Flow[str]:
        yield Sleep(0)
        return "mine"

    async def scene() -> str:
        driver = AsyncDriver(
            httpx.AsyncClient,
            sleep=lambda seconds: asyncio.Event().wait() if seconds else asyncio.sleep(0),  # type: ignore[arg-type, return-value] # what it returns does not matter
            now=lambda: NOON,
        )
        task = asyncio.create_task(driver.run(alone(stuck), BASE, 1))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await driver.run(alone(inner), BASE, 1)

    assert asyncio.run(scene()) == "mine"
