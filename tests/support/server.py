"""Fakes behind a real port: as a child process, the way users start one, or in a thread of this one."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from nemovideo_fakeserver.surfaces.aiohttp_app import Served
from nemovideo_fakeserver.wire.messages import Brain

PATIENCE = 20.0
"""Real seconds after which a child that does not end is a failure."""


def start(*flags: str) -> subprocess.Popen[str]:
    """Start `nemo-fakeserver serve` with these flags."""
    command = [sys.executable, "-m", "nemovideo_fakeserver", "serve", *flags]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)


def url_of(child: subprocess.Popen[str]) -> str:
    """Return the base URL that a child started with `--json` announces."""
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line, "the server said nothing before it ended"
    ready = json.loads(line)
    assert ready["event"] == "ready"
    assert ready["pid"] == child.pid
    return str(ready["url"])


@contextmanager
def child(*flags: str) -> Iterator[str]:
    """Serve in a child process on a free port; gives the base URL."""
    with start("--port", "0", "--json", *flags) as process:
        try:
            yield url_of(process)
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


@contextmanager
def thread(brain: Brain) -> Iterator[str]:
    """Serve `brain` in a thread on a free port; gives the base URL."""
    ready: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        stop = asyncio.Event()
        async with Served(brain) as served:
            ready.set_result((served.url, asyncio.get_running_loop(), stop))
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
    url, loop, stop = ready.result(PATIENCE)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        server.join(PATIENCE)
