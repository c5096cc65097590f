"""A film is there whole or not at all, and what was there before stays until then."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from nemovideo_client.drive.aio import AsyncDriver
from nemovideo_client.errors import APIConnectionError, UsageError
from nemovideo_client.wire.messages import Progress, Request
from nemovideo_client.wire.steps import Flow, Open, Save, Write
from support.driving import BASE, NOON, Drive, Handler, Pieces

GET = Request(method="GET", url="/film")
OLD, NEW = b"the old film", b"the new film"


def save(path: Path, size: int | None = None, progress: Progress | None = None) -> Flow[int]:
    """Open a stream and save it."""
    yield Open(GET, 1)
    saved: int = yield Save(path, size, progress)
    return saved


def film(*pieces: bytes | BaseException) -> Handler:
    """Answer with a body of these pieces."""
    return lambda _: httpx.Response(200, stream=Pieces(pieces))


@pytest.fixture(params=[None, OLD], ids=["new", "in place of another"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the film goes: nothing is there, or an older one."""
    path = tmp_path / "film.mp4"
    if request.param is not None:
        path.write_bytes(request.param)
    return path


@pytest.fixture
def untouched(path: Path) -> Callable[[], bool]:
    """Says whether the folder is as it was before."""

    def listing() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in path.parent.iterdir()}

    before = listing()
    return lambda: listing() == before


@pytest.mark.parametrize("size", [len(NEW), None])
def test_whole(drive: Drive, path: Path, size: int | None) -> None:
    """Every byte is there, and nothing else in the folder."""
    _, saved = drive(save(path, size), film(NEW[:5], NEW[5:]))

    assert saved == len(NEW)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == {"film.mp4": NEW}


@pytest.mark.parametrize("size", [len(NEW) + 1, len(NEW) - 1, 0])
def test_not_whole(drive: Drive, path: Path, untouched: Callable[[], bool], size: int) -> None:
    """Fewer bytes than announced, or more, are a broken connection, and leave nothing."""
    with pytest.raises(APIConnectionError, match=f"{len(NEW)} of {size} bytes") as raised:
        drive(save(path, size), film(NEW))

    assert raised.value.sent
    assert untouched()


@pytest.mark.parametrize(
    ("problem", "raised"),
    [
        (httpx.ReadError("reset"), APIConnectionError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
    ids=lambda value: type(value).__name__,
)
def test_broken_off(
    drive: Drive,
    path: Path,
    untouched: Callable[[], bool],
    problem: BaseException,
    raised: type[BaseException],
) -> None:
    """Whatever ends it early, nothing is left of it."""
    with pytest.raises(raised):
        drive(save(path), film(NEW[:5], problem))

    assert untouched()


def test_cancelled(path: Path, untouched: Callable[[], bool]) -> None:
    """A task that is cancelled while it saves leaves nothing."""

    class Silent(Pieces):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield NEW[:5]
            await asyncio.Event().wait()

    async def scene() -> None:
        transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Silent([])))
        begun = asyncio.Event()
        async with httpx.AsyncClient(transport=transport) as http:
            driver = AsyncDriver(lambda: http, sleep=asyncio.sleep, now=lambda: NOON)
            flow = save(path, progress=lambda _, __: begun.set())
            task = asyncio.create_task(driver.run(flow, BASE, 1))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(scene())

    assert untouched()


@pytest.mark.parametrize("size", [len(NEW), None])
def test_progress(drive: Drive, path: Path, size: int | None) -> None:
    """Bytes are told as they come, with the total where it is known; the old film is there till the end."""
    before = path.read_bytes() if path.exists() else None
    told: list[tuple[int, int | None]] = []
    there: list[bytes | None] = []

    def hear(done: int, total: int | None) -> None:
        told.append((done, total))
        there.append(path.read_bytes() if path.exists() else None)

    drive(save(path, size, hear), film(NEW[:5], NEW[5:]))

    assert told == [(5, size), (len(NEW), size)]
    assert there == [before, before]


def test_progress_that_fails(drive: Drive, path: Path, untouched: Callable[[], bool]) -> None:
    """What a caller's function raises is raised, and leaves nothing."""

    def hear(_: int, __: int | None) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drive(save(path, progress=hear), film(NEW))

    assert untouched()


def steps(path: Path, times: int = 1) -> list[Flow[Any]]:
    """Return flows that write there."""

    def small() -> Flow[None]:
        yield Write(path, NEW * times)

    return [save(path), small()]


@pytest.mark.parametrize("number", [0, 1], ids=["save", "write"])
@pytest.mark.parametrize("place", ["missing/film.mp4", "file/film.mp4", "folder"])
def test_no_place_for_it(drive: Drive, tmp_path: Path, place: str, number: int) -> None:
    """A place that cannot be written is the caller's to mend, and nothing is left beside it."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    flow = steps(tmp_path / place)[number]

    with pytest.raises(UsageError) as raised:
        drive(flow, film(NEW))

    assert str(tmp_path / place) in str(raised.value)
    assert raised.value.next_step.startswith("Name a ")
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["file", "folder"]


@pytest.fixture
def still_untouched(untouched: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Says the same of a folder on a disk where a file has room for ten bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    yield untouched
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("number", [0, 1], ids=["save", "write"])
@pytest.mark.parametrize("times", [1, 10_000], ids=["at the end", "under way"])
def test_no_room_for_it(
    drive: Drive, path: Path, still_untouched: Callable[[], bool], number: int, times: int
) -> None:
    """A disk that is full, whether that shows at once or when all is written out, is left as it was."""
    with pytest.raises(UsageError, match="cannot be written") as raised:
        drive(steps(path, times)[number], film(NEW * times))

    assert str(path) in str(raised.value)
    assert still_untouched()


def test_a_small_file(drive: Drive, path: Path) -> None:
    """Written as it is, in place of what was there."""
    drive(steps(path)[1], film())

    assert path.read_bytes() == NEW


def test_through_a_link(drive: Drive, tmp_path: Path) -> None:
    """A link stays, and what it points to is replaced."""
    there = tmp_path / "there.mp4"
    there.write_bytes(OLD)
    link = tmp_path / "link.mp4"
    link.symlink_to(there)

    drive(save(link), film(NEW))

    assert link.is_symlink()
    assert there.read_bytes() == NEW


def test_never_in_place_of_a_device(drive: Drive) -> None:
    """What is no ordinary file is left alone."""
    with pytest.raises(UsageError, match="no ordinary file"):
        drive(save(Path("/dev/full")), film(NEW))

    assert Path("/dev/full").is_char_device()


def test_nothing_is_no_film(drive: Drive, path: Path, untouched: Callable[[], bool]) -> None:
    """An empty body takes nobody's place."""
    with pytest.raises(APIConnectionError, match="Not a byte"):
        drive(save(path), film())

    assert untouched()
