from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Delayed,
    Pending,
    Reply,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

GET = b"GET /late HTTP/1.1\r\nHost: a\r\n\r\n"
DONE = Reply(body=b"done")
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone"


class Late:
    """A toy whose `/late` is answered by what `reply` makes; `ask` does so over a connection of its own."""

    def __init__(self, toy: Toy) -> None:
        self.clock = toy.clock
        self._asked = asyncio.Semaphore(0)
        self._reply: Callable[[], Reply] = lambda: DONE
        self._connections = ExitStack()
        toy.at_head["/late"] = self._answer

    def answers(self, reply: Callable[[], Reply]) -> None:
        """Answer from now on what `reply` makes."""
        self._reply = reply

    async def ask(
        self, house: House, request: bytes = GET, over: socket.socket | None = None
    ) -> socket.socket:
        """Send a request; return its connection once the server has nothing left to do but wait."""
        connection = over or self._connect(house)
        connection.sendall(request)
        await self._asked.acquire()
        assert await self.clock.settled(10)
        return connection

    async def jump(self, seconds: float) -> None:
        """Let time go on, and wait until what is then due is written: it must be, at once."""
        self.clock.jump(seconds)
        assert await self.clock.settled(10)

    def _connect(self, house: House) -> socket.socket:
        address = ("127.0.0.1", urlsplit(house.url).port or 0)
        connection = self._connections.enter_context(socket.create_connection(address, timeout=15))
        connection.setblocking(False)
        return connection

    def _answer(self) -> Reply:
        self._asked.release()
        return self._reply()

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()


@pytest.fixture
def late(toy: Toy, serve: Serve) -> Iterator[Late]:
    """A server that is late on purpose."""
    made = Late(toy)
    yield made
    made.close()


def delayed(clock: Clock, reply: Reply, at: float = 5) -> Reply:
    """Hold `reply` back until so many seconds after the clock began."""
    return Reply(body=Delayed(clock=clock, until=EPOCH + at, reply=reply))


def there(connection: socket.socket) -> bytes:
    """Return what has arrived, without waiting for it."""
    try:
        return connection.recv(10**6)
    except BlockingIOError:
        return b""


def test_nothing_leaves_before_its_time(serve: Serve, late: Late) -> None:
    """Not even the head; when time has come the reply is as ever, and its connection goes on."""
    late.answers(lambda: delayed(late.clock, DONE))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house)
        heard = []
        for seconds in (4, 0.5, 0.5):
            await late.jump(seconds)
            heard.append(there(connection))
        return [*heard, there(await late.ask(house, over=connection))]

    assert serve(talk) == [b"", b"", WHOLE, WHOLE]


def test_a_reply_to_head_may_be_late(serve: Serve, late: Late) -> None:
    """HEAD waits as GET does."""
    late.answers(lambda: delayed(late.clock, DONE))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house, GET.replace(b"GET", b"HEAD"))
        heard = [there(connection)]
        await late.jump(5)
        return [*heard, there(connection)]

    assert serve(talk) == [b"", WHOLE.removesuffix(b"done")]


def test_a_jump_answers_once_late_replies_are_written(serve: Serve, toy: Toy, late: Late) -> None:
    """Whoever asked for the jump hears of it when everything then due has left, for every reader."""
    late.answers(lambda: delayed(late.clock, DONE))

    def jump() -> Reply:
        toy.clock.jump(5)
        settled = toy.clock.settling(10)
        return Reply(body=Pending(clock=toy.clock, job=settled, resume=lambda: DONE))

    toy.at_head["/jump"] = jump

    async def talk(house: House) -> list[bytes]:
        connections = [await late.ask(house) for _ in range(20)]
        wire = await house.connect()
        wire.say("GET /jump HTTP/1.1\nHost: a\n\n")
        await wire.hear(b"done")
        return [there(connection) for connection in connections]

    assert serve(talk) == [WHOLE] * 20


def test_work_may_follow_a_delay(serve: Serve, late: Late) -> None:
    """A late reply whose work is not done when its time comes is waited for by the jump, too."""
    job: Future[str] = Future()
    late.answers(
        lambda: delayed(
            late.clock, Reply(body=Pending(clock=late.clock, job=job, resume=lambda: DONE))
        )
    )

    async def talk(house: House) -> tuple[bool, bytes, bool, bytes]:
        connection = await late.ask(house)
        late.clock.jump(5)
        settling = late.clock.settling(10)
        assert await house.goes_on()
        before = settling.done(), there(connection)
        job.set_result("film")
        return *before, await asyncio.wrap_future(settling), there(connection)

    assert serve(talk) == (False, b"", True, WHOLE)


def test_a_delay_may_follow_work(serve: Serve, late: Late) -> None:
    """What a job resumes to may be held back, more than once."""
    job: Future[str] = Future()
    twice = delayed(late.clock, delayed(late.clock, DONE, at=8))
    late.answers(lambda: Reply(body=Pending(clock=late.clock, job=job, resume=lambda: twice)))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house)
        job.set_result("film")
        assert await house.goes_on()
        heard = []
        for seconds in (4, 1, 3):
            await late.jump(seconds)
            heard.append(there(connection))
        return heard

    assert serve(talk) == [b"", b"", WHOLE]


def test_a_stream_may_be_late(serve: Serve, late: Late) -> None:
    """Its head is held back as well; then its own times count, and it rests between them as ever."""
    steps: list[Step] = [Send(b"a"), Until(EPOCH + 7), Send(b"b"), Until(EPOCH + 9), Send(b"c")]
    late.answers(lambda: delayed(late.clock, Reply(body=Stream(clock=late.clock, steps=steps))))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house)
        heard = []
        for seconds in (4, 1, 2, 2):
            await late.jump(seconds)
            heard.append(there(connection).rpartition(b"\r\n\r\n1\r\n")[2])
        return heard

    assert serve(talk) == [b"", b"a\r\n", b"1\r\nb\r\n", b"1\r\nc\r\n0\r\n\r\n"]


def test_a_stream_on_another_clock_may_be_late(serve: Serve, late: Late) -> None:
    """When the delay is over its clock has nothing left to wait for, whatever the stream waits for."""
    other = Clock()
    steps: list[Step] = [Send(b"a"), Until(EPOCH + 7), Send(b"b")]
    late.answers(lambda: delayed(late.clock, Reply(body=Stream(clock=other, steps=steps))))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house)
        await late.jump(5)
        heard = [there(connection)[-4:]]
        other.jump(7)
        assert await other.settled(10)
        return [*heard, there(connection)]

    assert serve(talk) == [b"\r\na\r\n"[-4:], b"1\r\nb\r\n0\r\n\r\n"]


def test_a_file_may_be_late(
    serve: Serve, late: Late, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A reply from disk is held back like any other."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(b"done")
    film = Reply(body=File(path=path, start=0, length=4))
    late.answers(lambda: delayed(late.clock, film))

    async def talk(house: House) -> list[bytes]:
        connection = await late.ask(house)
        heard = [there(connection)]
        await late.jump(5)
        return [*heard, there(connection)]

    assert serve(talk) == [b"", WHOLE]


@pytest.mark.parametrize("how", ["reset", "truncated", "half_closed", "stall"])
def test_a_break_may_be_late(serve: Serve, late: Late, how: HowToCut) -> None:
    """The connection stands until its time comes, and no jump waits for what never will."""
    late.answers(lambda: delayed(late.clock, Reply(body=Cut(how))))

    async def talk(house: House) -> str:
        connection = await late.ask(house)
        for seconds in (4, 1):
            with pytest.raises(BlockingIOError):
                connection.recv(1)
            await late.jump(seconds)
        assert await house.goes_on()
        try:
            return "ended" if connection.recv(1) == b"" else "written"
        except BlockingIOError:
            return "silent"
        except ConnectionResetError:
            return "reset"

    expected = {"reset": "reset", "truncated": "ended", "half_closed": "ended", "stall": "silent"}
    assert serve(talk) == expected[how]


def test_time_goes_on_during_a_delay(serve: Serve, late: Late) -> None:
    """A delay does not hold the clock: one that jumps by itself reaches its end."""
    clock = Clock(autojump=True)
    late.answers(lambda: delayed(clock, DONE))

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET)
        return await wire.hear(b"done")

    assert serve(talk) == WHOLE
    assert clock.now() == EPOCH + 5


def test_what_is_not_late_is_not_delayed(serve: Serve, late: Late) -> None:
    """A time that is past holds nothing back."""
    late.answers(lambda: delayed(late.clock, DONE, at=0))

    async def talk(house: House) -> bytes:
        wire = await house.connect()
        wire.say(GET)
        return await wire.hear(b"done")

    assert serve(talk) == WHOLE


def test_a_reader_who_leaves_ends_only_its_own_wait(serve: Serve, toy: Toy, late: Late) -> None:
    """Its wait is given up at once; who waits for the same is answered in time."""
    given_up = asyncio.Event()

    class Watched(Clock):
        async def until(self, deadline: float) -> None:
            try:
                await super().until(deadline)
            except asyncio.CancelledError:
                given_up.set()
                raise

    late.clock = Watched()
    late.answers(lambda: delayed(late.clock, DONE))

    async def talk(house: House) -> bytes:
        leaving, staying = await late.ask(house), await late.ask(house)
        leaving.close()
        await given_up.wait()
        await late.jump(5)
        return there(staying)

    assert serve(talk) == WHOLE


def test_closing_ends_a_delay(serve: Serve, late: Late) -> None:
    """A server that closes does not wait for what is late."""
    late.answers(lambda: delayed(late.clock, DONE))

    async def talk(house: House) -> bytes:
        connection = await late.ask(house)
        async with asyncio.timeout(0.9):  # less than ordinary requests are given
            await house.served.close()
        return await asyncio.get_running_loop().sock_recv(connection, 1)

    assert serve(talk) == b""


def test_a_defect_may_be_late(serve: Serve, late: Late, caplog: pytest.LogCaptureFixture) -> None:
    """What breaks after a delay is marked as a defect like everything else, and waited for."""
    job: Future[str] = Future()
    job.set_result("film")

    def defect() -> Reply:
        raise LookupError("a defect")

    late.answers(
        lambda: delayed(late.clock, Reply(body=Pending(clock=late.clock, job=job, resume=defect)))
    )

    async def talk(house: House) -> bytes:
        connection = await late.ask(house)
        await late.jump(5)
        return await asyncio.get_running_loop().sock_recv(connection, 1000)

    assert b"\r\nX-Nemo-Fake: defect\r\n" in serve(talk)
    assert [record.getMessage() for record in caplog.records] == ["no answer to GET '/late'"]
