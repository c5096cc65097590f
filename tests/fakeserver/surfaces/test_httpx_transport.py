from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import respx
from respx.handlers import AsyncTransportHandler, TransportHandler

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Pending,
    Reply,
    Spooled,
    Stream,
    TooLarge,
    Unreadable,
)
from nemovideo_fakeserver.wire.steps import Send, Step, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Toy

BASE = "http://fake.test:81"
Ask = Callable[..., httpx.Response]
"""Sends one request to the toy and reads the whole reply."""


def _ask_sync(toy: Toy, method: str, url: str, **options: object) -> httpx.Response:
    with httpx.Client(transport=SyncTransport(toy), base_url=BASE) as client:
        return client.request(method, url, **options)  # type: ignore[arg-type] # passed on


def _ask_async(toy: Toy, method: str, url: str, **options: object) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=AsyncTransport(toy), base_url=BASE) as client:
            return await client.request(method, url, **options)  # type: ignore[arg-type] # passed on

    return asyncio.run(ask())


@pytest.fixture(params=[_ask_sync, _ask_async], ids=["sync", "async"])
def ask(request: pytest.FixtureRequest, toy: Toy) -> Ask:
    """Ask the toy through the sync or the async transport."""

    def ask(method: str, url: str, **options: object) -> httpx.Response:
        asked: httpx.Response = request.param(toy, method, url, **options)
        return asked

    return ask


def test_a_head_is_handed_over_raw(toy: Toy, ask: Ask) -> None:
    """A brain sees the path and query as sent, headers in order with lower-case names, and the base."""
    ask(
        "GET",
        "/a%2Fb/音?x=%20&x=2",
        headers=[("X-One", "1"), ("x-two", "2"), ("X-ONE", "三".encode())],
    )

    (head,) = toy.heads
    assert (head.method, head.path, head.query) == ("GET", "/a%2Fb/%E9%9F%B3", "x=%20&x=2")
    assert head.base == BASE
    assert head.peer == "127.0.0.1"
    assert [pair for pair in head.headers if pair[0].startswith("x-")] == [
        ("x-one", "1"),
        ("x-two", "2"),
        ("x-one", "三"),
    ]


@pytest.mark.parametrize("door", [SyncTransport, AsyncTransport])
def test_the_peer_is_ours_to_choose(
    toy: Toy, door: Callable[..., SyncTransport | AsyncTransport]
) -> None:
    """A transport may pretend to be any address."""
    transport = door(toy, peer="192.0.2.7")
    if isinstance(transport, SyncTransport):
        transport.handle_request(httpx.Request("GET", BASE))
    else:
        asyncio.run(transport.handle_async_request(httpx.Request("GET", BASE)))

    assert toy.heads[0].peer == "192.0.2.7"


def test_a_reply_brings_its_headers_in_order(toy: Toy, ask: Ask) -> None:
    """Status and headers arrive as given, and the length is added."""
    toy.at_head["/x"] = Reply(
        status=402, headers=(("B", "ü"), ("A", "2"), ("B", "3")), body=b"four"
    )

    response = ask("GET", "/x")

    assert response.status_code == 402
    assert [(k, v.decode()) for k, v in response.headers.raw] == [
        (b"B", "ü"),
        (b"A", "2"),
        (b"B", "3"),
        (b"Content-Length", "4"),
    ]
    assert response.content == b"four"


def test_a_reply_to_head_keeps_its_length(toy: Toy, ask: Ask) -> None:
    """HEAD brings no body, whatever the reply holds, but the length the reply says or has."""
    toy.at_head["/said"] = Reply(headers=(("content-length", "99"),))
    toy.at_head["/had"] = Reply(body=b"four")

    said, had = ask("HEAD", "/said"), ask("HEAD", "/had")

    assert (said.content, said.headers.get_list("content-length")) == (b"", ["99"])
    assert (had.content, had.headers.get_list("content-length")) == (b"", ["4"])


def test_no_content_has_no_length(toy: Toy, ask: Ask) -> None:
    """A 204 has neither body nor length."""
    toy.at_head["/x"] = Reply(status=204)

    response = ask("DELETE", "/x")

    assert response.content == b""
    assert "content-length" not in response.headers


def test_a_body_is_read_when_the_brain_wants_it(toy: Toy, ask: Ask) -> None:
    """A body is collected for dispatch up to the limit, and refused over it."""
    toy.reads("/plain", limit=5)

    ask("POST", "/plain", content=b"hello")
    ask("POST", "/plain", content=b"hello!")
    ask("POST", "/elsewhere", content=b"hello")

    assert [request.body for request in toy.requests] == [b"hello", TooLarge(5, 0)]
    assert [request.head.path for request in toy.requests] == ["/plain", "/plain"]


def test_an_upload_is_spooled_and_looked_into(toy: Toy, ask: Ask) -> None:
    """Files lie on disk with their probe while they are dispatched, and are gone afterwards."""
    toy.reads("/upload", limit=10**6, file_limit=10**6)

    ask("POST", "/upload", files={"files": ("片.mp4", b"movie" * 50_000)}, data={"note": "n"})

    (request,) = toy.requests
    assert isinstance(request.body, Spooled)
    note, film = request.body.parts
    assert sorted(map(len, toy.held)) == [1, 250_000]
    assert (film.filename, film.probe) == ("片.mp4", Unreadable("movie"))
    assert note.probe is None


def test_a_refused_upload_is_not_read_to_its_end(toy: Toy) -> None:
    """Once a file is too large, nothing more is asked of a sync or async body."""
    toy.reads("/upload", limit=10**6, file_limit=10)
    given: list[int] = []
    opening = b'--X\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    headers = {"content-type": "multipart/form-data; boundary=X"}

    def body() -> Iterator[bytes]:
        for number in range(100):
            given.append(number)
            yield opening if number == 0 else b"x" * 6

    async def abody() -> AsyncIterator[bytes]:
        for piece in body():
            yield piece

    _ask_sync(toy, "POST", "/upload", content=body(), headers=headers)
    _ask_async(toy, "POST", "/upload", content=abody(), headers=headers)

    assert given == [0, 1, 2, 0, 1, 2]
    assert [request.body for request in toy.requests] == [TooLarge(10, 12)] * 2


def test_a_file_is_sent_from_its_range(
    toy: Toy, ask: Ask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A reply from disk has the length of its range, and is read in pieces."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(bytes(range(256)) * 4096)
    toy.at_head["/film"] = Reply(status=206, body=File(path=path, start=3, length=600_000))

    response = ask("GET", "/film")

    assert response.headers["content-length"] == "600000"
    assert response.content == path.read_bytes()[3:600_003]


def test_a_file_that_is_too_short_breaks_off(
    toy: Toy, ask: Ask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file that ends before the promised length is a connection that closed too early."""
    path = tmp_path_factory.mktemp("vault") / "film.mp4"
    path.write_bytes(b"short")
    toy.at_head["/film"] = Reply(body=File(path=path, start=0, length=9))

    with pytest.raises(httpx.RemoteProtocolError, match=r"film.mp4 ends 4 bytes too early"):
        ask("GET", "/film")


@pytest.mark.parametrize("failing", [False, True])
def test_a_reply_that_waits_for_work(toy: Toy, ask: Ask, *, failing: bool) -> None:
    """The reply is what `resume` gives once the job has ended, well or badly; time stands meanwhile."""
    job: Future[str] = Future()
    done = Reply(body=b"done")
    waiting = Reply(body=Pending(clock=toy.clock, job=job, resume=lambda: done))

    def begin() -> Reply:
        end = (
            (lambda: job.set_exception(OSError())) if failing else (lambda: job.set_result("film"))
        )
        threading.Thread(target=end).start()
        return Reply(body=Pending(clock=toy.clock, job=job, resume=lambda: waiting))

    toy.at_head["/render"] = begin

    assert ask("GET", "/render").content == b"done"
    assert toy.clock.now() == EPOCH


def test_patience_ends_a_wait_and_not_the_work(toy: Toy, ask: Ask) -> None:
    """After so many real seconds the reply is what `resume` gives then; the clock goes on, and so does the job."""
    job: Future[str] = Future()
    resumed: list[bool] = []

    def resume() -> Reply:
        resumed.append(job.done())
        return Reply(body=b"not yet")

    toy.at_head["/render"] = Reply(
        body=Pending(clock=toy.clock, job=job, resume=resume, patience=0.0)
    )

    assert ask("GET", "/render").content == b"not yet"
    toy.clock.sleep_sync(5)
    assert toy.clock.now() == EPOCH + 5
    assert resumed == [False]
    assert job.set_running_or_notify_cancel()


def test_work_that_is_done_in_time_ends_patience(toy: Toy, ask: Ask) -> None:
    """A wait is over with its job, however long it might have been."""
    job: Future[str] = Future()

    def begin() -> Reply:
        threading.Thread(target=lambda: job.set_result("film")).start()
        resume = lambda: Reply(body=job.result(0).encode())  # noqa: E731 reads as it is called
        return Reply(body=Pending(clock=toy.clock, job=job, resume=resume, patience=600))

    toy.at_head["/render"] = begin

    assert ask("GET", "/render").content == b"film"


@pytest.mark.parametrize("target", ["/render", "/upload"])
def test_time_stands_while_work_runs(toy: Toy, target: str) -> None:
    """Neither a job nor a look into a file lets others' waits jump past it."""
    woke = threading.Event()
    overtaken: list[bool] = []

    def work(path: Path | None = None) -> Unreadable:
        overtaken.append(woke.wait(0.05))
        return Unreadable(str(path))

    def render() -> Reply:
        return Reply(body=Pending(clock=toy.clock, job=pool.submit(work), resume=Reply))

    async def sleeper() -> None:
        await toy.clock.sleep(5)
        woke.set()

    async def main() -> None:
        async with httpx.AsyncClient(transport=AsyncTransport(toy), base_url=BASE) as client:
            asking = client.post(target, files={"files": ("a.mp4", b"movie")})
            await asyncio.gather(asking, sleeper())

    toy.at_head["/render"] = render
    toy.reads("/upload", limit=10**6, file_limit=10**6)
    toy.inspect = work  # type: ignore[method-assign] # takes its time
    with ThreadPoolExecutor(1) as pool:
        asyncio.run(main())

    assert overtaken == [False]
    assert toy.clock.now() == EPOCH + 5


def test_a_caller_may_wait_while_it_sends(toy: Toy) -> None:
    """The clock is not held while a body is asked of the caller's own code, sync or async."""
    toy.reads("/plain")

    def body() -> Iterator[bytes]:
        toy.clock.sleep_sync(3)
        yield b"sync"

    async def abody() -> AsyncIterator[bytes]:
        await toy.clock.sleep(3)
        yield b"async"

    sync = threading.Thread(
        target=_ask_sync, args=(toy, "POST", "/plain"), kwargs={"content": body()}, daemon=True
    )
    sync.start()
    sync.join(10)

    async def main() -> None:
        async with (
            asyncio.timeout(10),
            httpx.AsyncClient(transport=AsyncTransport(toy), base_url=BASE) as client,
        ):
            await client.post("/plain", content=abody())

    asyncio.run(main())

    assert [request.body for request in toy.requests] == [b"sync", b"async"]
    assert toy.clock.now() == EPOCH + 6


@pytest.mark.parametrize("patience", [None, 600])
def test_work_outlives_a_caller_who_gives_up(toy: Toy, patience: float | None) -> None:
    """Cancelling a request does not cancel the job others may wait for, and lets time go on."""
    job: Future[str] = Future()
    toy.at_head["/render"] = Reply(
        body=Pending(clock=toy.clock, job=job, resume=Reply, patience=patience)
    )

    async def main() -> None:
        async with httpx.AsyncClient(transport=AsyncTransport(toy), base_url=BASE) as client:
            asking = asyncio.create_task(client.get("/render"))
            for _ in range(20):
                await asyncio.sleep(0)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await toy.clock.sleep(5)

    asyncio.run(main())

    assert not job.cancelled()
    job.set_result("film")


def test_what_breaks_in_the_brain_is_raised(toy: Toy, ask: Ask) -> None:
    """In-process, a defect of the harness shows where it was met."""

    def defect() -> Reply:
        raise LookupError("a defect")

    toy.at_head["/x"] = defect

    with pytest.raises(LookupError, match="a defect"):
        ask("GET", "/x")


def test_it_mounts_under_respx(toy: Toy, respx_mock: respx.MockRouter) -> None:
    """Behind respx a stream is still read piece by piece, lazily, with time passing between pieces."""
    asked: list[int] = []

    def steps() -> Iterator[Step]:
        for number in range(3):
            asked.append(number)
            yield Until(EPOCH + 60 * number)
            yield Send(b"data: %d\n\n" % number)

    toy.streams("/sse", steps())
    respx_mock.route(host="fake.test").mock(side_effect=TransportHandler(SyncTransport(toy)))

    with httpx.Client(timeout=None) as client, client.stream("GET", f"{BASE}/sse") as response:
        pieces = response.iter_raw()
        seen = [(next(pieces), toy.clock.now() - EPOCH, len(asked)) for _ in range(2)]

    assert seen == [(b"data: 0\n\n", 0, 1), (b"data: 1\n\n", 60, 2)]
    assert respx_mock.calls.call_count == 1


def test_it_mounts_under_respx_for_asyncio(toy: Toy, respx_mock: respx.MockRouter) -> None:
    """The async transport mounts, too."""
    toy.streams("/sse", [Until(EPOCH + 60), Send(b"late")])
    handler = AsyncTransportHandler(AsyncTransport(toy))
    respx_mock.route(host="fake.test").mock(side_effect=handler)

    async def main() -> bytes:
        async with httpx.AsyncClient(timeout=None) as client:
            return (await client.get(f"{BASE}/sse")).content

    assert asyncio.run(main()) == b"late"
    assert toy.clock.now() == EPOCH + 60


def test_polls_and_streams_share_time(toy: Toy) -> None:
    """Twenty readers and twenty pollers at once see one order of time, however often it is tried."""

    def fleet() -> list[tuple[float, int]]:
        clock = Clock(autojump=True)
        log: list[tuple[float, int]] = []

        def stream() -> Reply:
            steps = [step for n in range(1, 10) for step in (Until(EPOCH + 15 * n), Send(b"."))]
            return Reply(body=Stream(clock=clock, steps=steps))

        toy.at_head["/sse"] = stream

        async def reader(client: httpx.AsyncClient, number: int) -> None:
            async with client.stream("GET", "/sse") as response:
                async for _ in response.aiter_raw():
                    log.append((clock.now(), number))  # noqa: PERF401 others write there meanwhile

        async def poller(client: httpx.AsyncClient, number: int) -> None:
            for _ in range(10):
                await clock.sleep(10 + number)
                await client.get("/state")
                log.append((clock.now(), 100 + number))

        async def main() -> None:
            async with httpx.AsyncClient(
                transport=AsyncTransport(toy), base_url=BASE, timeout=None
            ) as client:
                numbers = range(20)
                await asyncio.gather(
                    *(reader(client, n) for n in numbers), *(poller(client, n) for n in numbers)
                )

        asyncio.run(main())
        return log

    log = fleet()

    assert len(log) == 380
    assert [entry[0] for entry in log] == sorted(entry[0] for entry in log)
    assert fleet() == log


def test_a_spool_folder_is_private(toy: Toy, tmp_path: Path) -> None:
    """Uploads lie in a folder nobody else may read."""
    toy.reads("/upload", limit=10**6, file_limit=10**6)
    modes: list[int] = []
    inspect = toy.inspect

    def look(path: Path) -> Unreadable:
        modes.append(path.parent.stat().st_mode & 0o777)
        assert path.parent.parent == tmp_path
        found = inspect(path)
        assert isinstance(found, Unreadable)
        return found

    toy.inspect = look  # type: ignore[method-assign] # looks on

    _ask_sync(toy, "POST", "/upload", files={"files": ("a.mp4", b"movie")})

    assert modes == [0o700]
