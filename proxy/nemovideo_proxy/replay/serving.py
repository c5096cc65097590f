"""A player behind a real port, until it is told to stop; and the account of what came of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable

from nemovideo_fakeserver.surfaces.aiohttp_app import PortTaken, Served, new_loop
from nemovideo_fakeserver.wire.messages import Brain
from nemovideo_proxy.replay.replay import Replay

READY = """NemoVideo, replayed: ready at {url} (Ctrl-C ends it)

  export NEMO_API_URL={url}
"""


class CannotListen(Exception):
    """The port or the host cannot be had; the sentence says what to do."""


def serve(brain: Brain, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `announce` is called with the base URL once it can be reached."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_serve(brain, host, port, announce))


def ready(url: str, *, as_json: bool) -> str:
    """Return the line that says where the server is, for people or for programs."""
    if as_json:
        return json.dumps({"event": "ready", "url": url, "pid": os.getpid()})
    return READY.format(url=url)


def account(replay: Replay, *, as_json: bool) -> str:
    """Return what was played, what was not, and how many requests had no answer."""
    played, left, misses = len(replay.player.played), replay.unplayed(), len(replay.misses)
    broken = [str(each) for each in replay.broken]
    if as_json:
        unplayed = [{"request": str(each), "where": each.where} for each in left]
        return json.dumps(
            {
                "event": "ended",
                "played": played,
                "unplayed": unplayed,
                "misses": misses,
                "broken": broken,
            }
        )
    lines = [f"played {played}, not asked for {len(left)}, without an answer {misses}"]
    lines += broken
    return "\n".join((*lines, *(f"  not asked for: {each} ({each.where})" for each in left)))


async def _serve(brain: Brain, host: str, port: int, announce: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    served = Served(brain, host, port)
    try:
        await served.start()
    except PortTaken:
        raise CannotListen(
            f"cannot listen on {served.address}: the port is taken; choose another with --port,"
            " or --port 0"
        ) from None
    except OSError as problem:
        raise CannotListen(
            f"cannot listen on {served.address}: {problem.strerror or problem};"
            " --host takes an address of this machine"
        ) from None
    try:
        _announced(announce, served.url)
        await stop.wait()
    finally:
        await served.close()


def _announced(announce: Callable[[str], None], url: str) -> None:
    try:
        announce(url)
    except BrokenPipeError:
        # what is left in the buffer must not be tried again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CannotListen("nobody reads the line that says where the server is") from None
