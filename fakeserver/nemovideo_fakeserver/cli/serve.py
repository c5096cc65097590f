"""`serve`: a fake behind a real port, until it is told to stop."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys

from nemovideo_fakeserver.cli.failure import Failure
from nemovideo_fakeserver.cli.listening import listening
from nemovideo_fakeserver.fake import Fake
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.store.broken import Unusable
from nemovideo_fakeserver.surfaces.aiohttp_app import Served, new_loop

READY = """NemoVideo, but fake: ready at {url} (Ctrl-C ends it)

  export NEMO_API_URL={url}
  export NEMO_WEB_URL={url}

Time runs {speed}. Every other world has its own URL: {url}/~any-name"""


def run(options: Options, *, host: str, port: int, as_json: bool) -> int:
    """Serve until SIGINT or SIGTERM; raises `Failure` when the port or a file cannot be had."""
    try:
        with Fake(options) as fake, asyncio.Runner(loop_factory=new_loop) as runner:
            return runner.run(_serve(fake, host=host, port=port, as_json=as_json))
    except Unusable as problem:
        raise Failure(str(problem)) from None


async def _serve(fake: Fake, *, host: str, port: int, as_json: bool) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    async with listening(Served(fake, host, port)) as served:
        _announce(served.url, fake.clock.rate, as_json=as_json)
        await stop.wait()
    return 0


def _announce(url: str, rate: float, *, as_json: bool) -> None:
    try:
        print(_ready_line(url) if as_json else _welcome(url, rate), flush=True)
    except BrokenPipeError:
        # what is left in the buffer must not be tried again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Failure("nobody reads the line that says where the server is") from None


def _ready_line(url: str) -> str:
    return json.dumps({"event": "ready", "url": url, "pid": os.getpid()})


def _welcome(url: str, rate: float) -> str:
    speed = (
        f"{rate:g} times as fast as on the wall"
        if rate
        else "only when POST /__fake__/clock says so"
    )
    return READY.format(url=url, speed=speed)
