from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import httpx
import pytest

from nemovideo_fakeserver.clock import EPOCH, Clock
from nemovideo_fakeserver.surfaces.httpx_transport import AsyncTransport, SyncTransport
from nemovideo_fakeserver.wire.steps import Cut, Send, Step, Steps, Until

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import Toy

BASE = "http://fake.test"
Piece: TypeAlias = tuple[bytes, float]
Read = Callable[[Steps, float | None], tuple[list[Piece], httpx.TransportError | None]]


def _read_sync(toy: Toy, timeout: float | None) -> tuple[list[Piece], httpx.TransportError | None]:
    seen: list[Piece] = []
    with (
        httpx.Client(transport=SyncTransport(toy), timeout=timeout) as client,
        client.stream("GET", f"{BASE}/sse") as response,
    ):
        try:
            for piece in response.iter_raw():
                seen.append((piece, toy.clock.now() - EPOCH))  # noqa: PERF401 kept when it breaks off
        except httpx.TransportError as error:
            return seen, error
    return seen, None


def _read_async(toy: Toy, timeout: float | None) -> tuple[list[Piece], httpx.TransportError | None]:
    async def read() -> tuple[list[Piece], httpx.TransportError | None]:
        seen: list[Piece] = []
        async with (
            httpx.AsyncClient(transport=AsyncTransport(toy), timeout=timeout) as client,
            client.stream("GET", f"{BASE}/sse") as response,
        ):
            try:
                async for piece in response.aiter_raw():
                    seen.append((piece, toy.clock.now() - EPOCH))  # noqa: PERF401 kept when it breaks off
            except httpx.TransportError as error:
                return seen, error
        return seen, None

    return asyncio.run(read())


@pytest.fixture(params=[_read_sync, _read_async], ids=["sync", "async"])
def read(request: pytest.FixtureRequest, toy: Toy) -> Read:
    """Read a stream of these steps with a read timeout: pieces with their times, and how it broke."""

    def read(
        steps: Steps, timeout: float | None = None
    ) -> tuple[list[Piece], httpx.TransportError | None]:
        toy.streams("/sse", steps)
        result: tuple[list[Piece], httpx.TransportError | None] = request.param(toy, timeout)
        return result

    return read


def test_pieces_come_at_their_times(read: Read) -> None:
    """Each piece arrives by itself, when the stream's clock says so; an empty one does not show."""
    seen, error = read(
        [
            Send(b"a"),
            Until(EPOCH + 15),
            Send(b""),
            Send(b"b"),
            Send(b"c"),
            Until(EPOCH + 5),
            Until(EPOCH + 900),
            Send(b"d"),
        ],
        None,
    )

    assert seen == [(b"a", 0), (b"b", 15), (b"c", 15), (b"d", 900)]
    assert error is None


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        (Cut("truncated"), httpx.RemoteProtocolError),
        (Cut("half_closed"), httpx.RemoteProtocolError),
        (Cut("reset"), httpx.ReadError),
    ],
)
def test_a_cut_is_a_transport_error(read: Read, cut: Cut, kind: type[Exception]) -> None:
    """What came before the cut is read; then the connection breaks as a real one would."""
    seen, error = read([Send(b"a"), cut, Send(b"never")], None)

    assert seen == [(b"a", 0)]
    assert type(error) is kind


@pytest.mark.parametrize("timeout", [5.0, 30.0])
def test_a_gap_over_the_read_timeout(read: Read, timeout: float) -> None:
    """Waits count from the last piece, in virtual time, however many steps they are made of."""
    seen, error = read(
        [
            Until(EPOCH + 5),
            Send(b"a"),
            Until(EPOCH + 8),
            Until(EPOCH + 36),
            Send(b"too late"),
        ],
        timeout,
    )

    assert seen == [(b"a", 5)]
    assert type(error) is httpx.ReadTimeout
    assert str(error) == f"no piece came for {timeout:g} virtual seconds"


def test_time_passes_by_the_timeout(read: Read, toy: Toy) -> None:
    """A reader that gave up has waited exactly as long as it was willing to."""
    read([Send(b"a"), Until(EPOCH + 900), Send(b"b")], 300.0)

    assert toy.clock.now() == EPOCH + 300


@pytest.mark.parametrize(("timeout", "passed"), [(300.0, 300.0), (None, 0.0)])
def test_a_stall_ends_with_the_patience_of_the_reader(
    read: Read, toy: Toy, timeout: float | None, passed: float
) -> None:
    """Silence for ever is a read timeout; without one it raises at once, since a test must end."""
    seen, error = read([Send(b"a"), Cut("stall")], timeout)

    assert seen == [(b"a", 0)]
    assert type(error) is httpx.ReadTimeout
    assert toy.clock.now() == EPOCH + passed


def test_a_reader_who_leaves_ends_the_view(toy: Toy) -> None:
    """Closing a response early closes the steps, and nothing more is asked of them."""
    asked: list[str] = []

    def steps(name: str) -> Iterator[Step]:
        try:
            while True:
                asked.append(name)
                yield Send(b".")
        finally:
            asked.append(f"{name} closed")

    def leave() -> None:
        toy.streams("/sse", steps("sync"))
        with (
            httpx.Client(transport=SyncTransport(toy)) as client,
            client.stream("GET", f"{BASE}/sse") as response,
        ):
            next(response.iter_raw())

    async def leave_async() -> None:
        toy.streams("/sse", steps("async"))
        async with (
            httpx.AsyncClient(transport=AsyncTransport(toy)) as client,
            client.stream("GET", f"{BASE}/sse") as response,
        ):
            await anext(response.aiter_raw())

    leave()
    asyncio.run(leave_async())

    assert asked == ["sync", "sync closed", "async", "async closed"]


def test_running_time_is_really_waited_for(toy: Toy) -> None:
    """On a clock with a rate, pieces come no earlier than their times."""
    clock = Clock(rate=1e4)
    toy.streams("/sse", [Until(EPOCH + 20), Send(b"a")], clock)

    with httpx.Client(transport=SyncTransport(toy), timeout=None) as client:
        client.get(f"{BASE}/sse")

    assert clock.now() >= EPOCH + 20
