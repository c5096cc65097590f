"""Two servers that replay, and the load on them: raw connections that ask, wait for the answer, and ask again."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from benchmarks.replay_files import SENT, Exchange
from benchmarks.servers import Server
from nemovideo_fakeserver.surfaces.aiohttp_app import new_loop

CONNECTIONS = 8
PATIENCE = 30.0
COMMAND = (
    sys.executable,
    "-c",
    "import sys; from nemovideo_proxy.cli import main; sys.exit(main())",
)


class Cost(NamedTuple):
    """Seconds a request: of the server's processor, and on the wall."""

    cpu: float
    wall: float


class Asker(asyncio.Protocol):
    """One connection: takes the next of `left` once the answer to the one before is there, and right."""

    def __init__(self, left: Iterator[Exchange], host: str, done: asyncio.Queue[str]) -> None:
        self._left = left
        self._host = host
        self._done = done
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's has another base
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Ask again once the answer is whole."""
        self._heard += data
        head, found, body = self._heard.partition(b"\r\n\r\n")
        if found and not (head.startswith(b"HTTP/1.1 200") and self._asked.told.startswith(body)):
            self._done.put_nowait(f"{self._asked.asked!r} was answered by {self._heard!r}")
        elif found and len(body) == len(self._asked.told):
            self._heard = b""
            self._ask()

    def _ask(self) -> None:
        each = next(self._left, None)
        if each is None:
            self._transport.close()
            self._done.put_nowait("")
            return
        self._asked = each
        lines = [f"{each.method} {each.path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"{name}: {value}" for name, value in SENT.items()]
        lines += [f"Content-Length: {len(each.asked)}", "", ""]
        self._transport.write("\r\n".join(lines).encode() + each.asked)


def cost(server: Server, exchanges: list[Exchange]) -> Cost:
    """Ask for all of them, and return what one request costs."""
    before, begun = _processor(server), time.perf_counter()
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(_load(urlsplit(server.url).netloc, exchanges))
    took, spent = time.perf_counter() - begun, _processor(server) - before
    return Cost(spent / len(exchanges), took / len(exchanges))


async def _load(netloc: str, exchanges: Iterable[Exchange]) -> None:
    host, port = netloc.split(":")
    done: asyncio.Queue[str] = asyncio.Queue()
    loop, left = asyncio.get_running_loop(), iter(exchanges)
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: Asker(left, netloc, done), host, int(port))
    async with asyncio.timeout(PATIENCE):
        for _ in range(CONNECTIONS):
            if wrong := await done.get():
                raise AssertionError(wrong)


def _processor(server: Server) -> float:
    """Return the processor time of a server in nanosecond steps: its clock in Linux."""
    return time.clock_gettime((~server.pid << 3) | 2)


@contextmanager
def ours(path: Path) -> Iterator[Server]:
    """Serve our cassette with the command."""
    command = (*COMMAND, "replay", str(path), "--json", "--speed", "instant")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield Server(json.loads(child.stdout.readline())["url"], child.pid)
        finally:
            child.kill()  # its account of what was not asked for is of no use here


@contextmanager
def mitmdump(path: Path, upstream: int) -> Iterator[Server]:
    """Serve flows with `mitmdump --server-replay`."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("mitmdump")), "-q", "-p", str(port)]
    command += ["--mode", f"reverse:http://127.0.0.1:{upstream}"]
    for option in (
        "server_replay_extra=404",
        "server_replay_reuse=true",
        "connection_strategy=lazy",
        f"server_replay={path}",
    ):
        command += ["--set", option]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        try:
            _listening(port)
            yield Server(f"http://127.0.0.1:{port}", child.pid)
        finally:
            child.kill()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listening(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")
