"""The ways to reach one brain: in-process, and served on a port; on either, time waits for its readers.

with Fake(Options(autojump=False)) as fake, served(fake, fake.clock) as door, door.sync_http() as http:
    http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
    door.sleep(30)
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.messages import Brain
from nemovideo_pytest.doors.moving import Movable
from nemovideo_pytest.doors.pace import Pacer
from nemovideo_pytest.doors.paced_http import AsyncPacedTransport, Link, PacedTransport
from nemovideo_pytest.doors.written import REAL_SECONDS, Watched


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How a client reaches the brain, and the time there (seconds since the epoch, virtual).

    The transports are made anew by each call. Read timeouts count in virtual seconds. Where several
    threads are clients, `thread(target, *args)` makes one for which time waits; make all, then start.
    `clock` is what moves time there, None where nobody can.
    """

    base_url: str
    sync_transport: Callable[[], httpx.BaseTransport]
    async_transport: Callable[[], httpx.AsyncBaseTransport]
    now: Callable[[], float]
    sleep: Callable[[float], None]
    asleep: Callable[[float], Awaitable[None]]
    thread: Callable[..., threading.Thread]
    clock: Movable | None = None

    def sync_http(self, timeout: float | None = 900.0) -> httpx.Client:
        """Return a client for plain sync code; `timeout` is in virtual seconds."""
        return httpx.Client(
            transport=self.sync_transport(), base_url=self.base_url, timeout=timeout
        )

    def async_http(self, timeout: float | None = 900.0) -> httpx.AsyncClient:
        """Return a client for asyncio; `timeout` is in virtual seconds."""
        return httpx.AsyncClient(
            transport=self.async_transport(), base_url=self.base_url, timeout=timeout
        )


@contextmanager
def in_process(brain: Brain, clock: Clock, *, world: str = "") -> Iterator[Door]:
    """Reach `brain` without a network. Its `clock` jumps by itself; `world` is `/~name` or nothing."""
    yield Door(
        base_url=f"http://127.0.0.1{world}",
        sync_transport=lambda: SyncTransport(brain),
        async_transport=lambda: AsyncTransport(brain),
        now=clock.now,
        sleep=clock.sleep_sync,
        asleep=clock.sleep,
        thread=clock.thread,
        clock=clock,
    )


@contextmanager
def served(brain: Brain, clock: Clock, *, world: str = "") -> Iterator[Door]:
    """Reach `brain` over a port of this machine. `clock` must stand, and must not jump by itself.

    It is moved here, to the next moment a reader or a sleeper waits for, once all that is due is read.
    """
    pacer = Pacer(clock)
    watched = Watched(brain, clock)
    link = Link(pacer=pacer, now=clock.now, records=watched.records)
    with on_a_port(watched) as url, ExitStack() as used:
        yield Door(
            base_url=url + world,
            sync_transport=lambda: used.enter_context(PacedTransport(link)),
            async_transport=lambda: AsyncPacedTransport(link),
            now=clock.now,
            sleep=pacer.sleep_sync,
            asleep=pacer.sleep,
            thread=pacer.thread,
            clock=pacer,
        )


@contextmanager
def on_a_port(brain: Brain) -> Iterator[str]:
    """Serve `brain` in a thread on a free port; gives the base URL."""
    from nemovideo_fakeserver.surfaces.aiohttp_app import Served  # takes longer to load than a test

    ready: Future[tuple[str, Callable[[], object]]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with Served(brain) as server:
            ready.set_result((server.url, lambda: loop.call_soon_threadsafe(stop.set)))
            await stop.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    server = threading.Thread(target=run, daemon=True)
    server.start()
    url, stop = ready.result(REAL_SECONDS)
    try:
        yield url
    finally:
        stop()
        server.join(REAL_SECONDS)
        assert not server.is_alive(), "the door is shut, and its server goes on"
