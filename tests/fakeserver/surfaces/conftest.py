from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Literal, Protocol, TypeVar
from urllib.parse import urlsplit

import pytest

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.surfaces.aiohttp_app import BODY_PATIENCE, Served, new_loop
from nemovideo_fakeserver.wire.messages import (
    BodyPlan,
    Head,
    Probe,
    Reply,
    Request,
    Spooled,
    Stream,
    Unreadable,
)
from nemovideo_fakeserver.wire.steps import Steps


@dataclass
class Toy:
    """A brain of a few lines: what it says to a path is what a test tells it to.

    `at_head` answers from the head (or says how to read the body), `at_body` from the whole request;
    any other path is answered 200 with the body `seen`.
    """

    spool: Path
    clock: Clock
    at_head: dict[str, Reply | BodyPlan | Callable[[], Reply]] = field(default_factory=dict)
    at_body: dict[str, Reply] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    held: list[bytes] = field(default_factory=list)

    def admit(self, head: Head) -> Reply | BodyPlan:
        """Note the head and answer."""
        self.heads.append(head)
        answer = self.at_head.get(head.path, Reply(body=b"seen"))
        return answer() if callable(answer) else answer

    def dispatch(self, request: Request) -> Reply:
        """Note the request, and what its files hold, and answer."""
        self.requests.append(request)
        if isinstance(request.body, Spooled):
            self.held += [part.path.read_bytes() for part in request.body.parts]
        return self.at_body.get(request.head.path, Reply(body=b"seen"))

    def inspect(self, path: Path) -> Probe | Unreadable:
        """Say what the file begins with."""
        return Unreadable(path.read_bytes()[:5].decode("latin-1"))

    def streams(self, path: str, steps: Steps, clock: Clock | None = None) -> None:
        """Answer `path` with a stream of events."""
        self.at_head[path] = Reply(
            headers=(("Content-Type", "text/event-stream"),),
            body=Stream(clock=clock or self.clock, steps=steps),
        )

    def reads(self, path: str, limit: int = 1000, file_limit: int | None = None) -> None:
        """Read the body at `path`."""
        self.at_head[path] = BodyPlan(limit=limit, file_limit=file_limit, clock=self.clock)


@pytest.fixture
def toy(tmp_path: Path) -> Iterator[Toy]:
    """A toy brain whose clock jumps by itself; afterwards nothing may be left in its spool."""
    made = Toy(spool=tmp_path, clock=Clock(autojump=True))
    yield made
    assert list(tmp_path.iterdir()) == []


LAST = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


class Wire:
    """A connection on which a test says and hears bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def say(self, text: str | bytes) -> None:
        """Send `text`, whose line ends become CRLF if it is a str."""
        self.writer.write(text.replace("\n", "\r\n").encode() if isinstance(text, str) else text)

    async def hear(self, ending: bytes = b"\r\n\r\n") -> bytes:
        """Return what arrives up to and with `ending`."""
        return await self.reader.readuntil(ending)

    async def hear_all(self) -> bytes:
        """Return what arrives until the other side ends."""
        return await self.reader.read()

    async def leave(self) -> None:
        """Close the connection."""
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()


@dataclass(frozen=True)
class Heard:
    """All that arrived in answer to one request, and how the connection ended.

    `closed`: whoever still says something is reset. `half_closed`: the other side listens on.
    """

    raw: bytes
    ended: Literal["closed", "half_closed", "reset"]

    @property
    def body(self) -> bytes:
        """What came after the head, framing and all."""
        return self.raw.partition(b"\r\n\r\n")[2]


@dataclass
class House:
    """A served toy, and the connections to it."""

    served: Served
    wires: list[Wire] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The base URL."""
        return self.served.url

    async def connect(self) -> Wire:
        """Open a connection."""
        host, port = self.url.removeprefix("http://").split(":")
        wire = Wire(*await asyncio.open_connection(host, int(port)))
        self.wires.append(wire)
        return wire

    async def hear_end(self, request: bytes) -> Heard:
        """Send `request` and listen to the end, as asyncio cannot: its readers forget what a reset follows.

        Afterwards the server must still answer whoever comes.
        """
        heard = await asyncio.to_thread(self._hear_end, request)
        assert await self.goes_on()
        return heard

    async def goes_on(self) -> bool:
        """Say whether the server answers who comes now."""
        return (await asyncio.to_thread(self._hear_end, LAST)).body == b"seen"

    def _hear_end(self, request: bytes) -> Heard:
        raw = bytearray()
        with self._connection() as connection:
            connection.sendall(request)
            try:
                while piece := connection.recv(2**16):
                    raw += piece
            except ConnectionResetError:
                return Heard(bytes(raw), "reset")
            return Heard(bytes(raw), "half_closed" if self._takes_more(connection) else "closed")

    def _takes_more(self, connection: socket.socket) -> bool:
        """Say whether bytes are welcome that come when the server has had time to close."""
        with self._connection() as another:
            another.sendall(LAST)
            another.recv(1)
        try:
            for _ in range(1000):
                connection.sendall(b"\r\n")
        except OSError:
            return False
        return True

    def _connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", urlsplit(self.url).port or 0), timeout=15)


T = TypeVar("T")
Talk = Callable[[House], Awaitable[T]]


class Serve(Protocol):
    """Serve the toy while `talk` talks to it, for twenty seconds at most."""

    def __call__(self, talk: Talk[T], *, patience: float = BODY_PATIENCE) -> T:
        """Return what `talk` returns."""
        ...


@pytest.fixture(params=["asyncio", "uvloop"])
def serve(request: pytest.FixtureRequest, toy: Toy) -> Serve:
    """Serve the toy, whose clock then stands, on either kind of loop."""
    toy.clock = Clock()
    if request.param == "uvloop":
        pytest.importorskip("uvloop")
    factory = new_loop if request.param == "uvloop" else asyncio.new_event_loop

    async def talking(talk: Talk[T], patience: float) -> T:
        async with asyncio.timeout(20), Served(toy, patience=patience) as served:
            house = House(served)
            try:
                return await talk(house)
            finally:
                for wire in house.wires:
                    wire.writer.transport.abort()

    def serve(talk: Talk[T], *, patience: float = BODY_PATIENCE) -> T:
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(talking(talk, patience))

    return serve


Curl = Callable[..., Awaitable[tuple[int, str]]]
"""Runs curl with these arguments; returns its exit code and what it printed."""


@pytest.fixture
def curl() -> Curl:
    """Ask as a skill would."""
    if which("curl") is None:
        pytest.skip("curl is not installed")

    async def curl(*arguments: str | Path) -> tuple[int, str]:
        command = ["curl", "--silent", "--show-error", "--max-time", "15", *map(str, arguments)]
        done = await asyncio.to_thread(
            subprocess.run, command, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return curl
