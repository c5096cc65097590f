"""The studio makes whole files in workers, each once, and closes without leaving anything behind."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from types import MappingProxyType
from typing import Any

import pytest

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder, Studio
from nemovideo_fakeserver.media.children.child import Child
from nemovideo_fakeserver.media.intake.probe import probe
from nemovideo_fakeserver.media.studio.job import Ask, GivenUp, Job
from nemovideo_fakeserver.media.studio.pool import Children
from nemovideo_fakeserver.media.studio.studio import Defect, LocalStudio
from nemovideo_fakeserver.media.studio.workers import AT_ONCE, CHILDREN, Workers
from nemovideo_fakeserver.wire.messages import MediaKind, Probe

OrderMaker = Callable[..., RenderOrder]

CLIP = Synthetic(
    kind="video", seconds=2, label="sea", seed=3, width=320, height=180, fps=24,
    notes={"bpm": 120, "sections": ["intro", "drop"]},
)  # fmt: skip


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[LocalStudio]:
    """A studio in a folder of its own."""
    with LocalStudio(tmp_path / "studio") as opened:
        yield opened


def one_second(order: OrderMaker) -> RenderOrder:
    """An order for a card."""
    return order({"t": [{"tt": 0, "sg": [{"d": 1000}]}]})


def endless(order: OrderMaker, number: int = 0) -> RenderOrder:
    """An order that takes minutes."""
    sg = [{"s": 3600 * i, "d": 3600, "src": str(i + number)} for i in range(300)]
    return order({"t": [{"tt": 0, "sg": sg}]}, width=1280, height=720, fps=60)


class Counted(Workers):
    """Workers that count what they were asked to begin."""

    begun = 0

    def start(self, work: Callable[[Ask], Any]) -> Job[Any]:
        """Begin a job."""
        self.begun += 1
        return super().start(work)


class Watched(Children):
    """Children that tell which one was lent out last."""

    def __init__(self, module: str, idle: int) -> None:
        super().__init__(module, idle)
        self.taken: SimpleQueue[Child] = SimpleQueue()

    def _taken(self) -> Child:
        child = super()._taken()
        self.taken.put(child)
        return child


class Crew:
    """One worker that only a studio of the test's own uses."""

    def __init__(self, folder: Path, children: Watched, **more: float) -> None:
        self.children = children
        self.workers = Counted(self.children, most=1)
        self.studio = LocalStudio(folder, films=self.workers, small=self.workers, **more)

    def busy(self) -> int:
        """Wait until a job has got a worker, and return its number."""
        return self.children.taken.get(timeout=60).pid


@pytest.fixture(scope="module")
def children() -> Iterator[Watched]:
    """One child at most that waits for work."""
    made = Watched("worker", idle=1)
    yield made
    made.end()


@pytest.fixture
def crew(tmp_path: Path, children: Watched) -> Iterator[Crew]:
    """A studio with one worker, which has done something already."""
    made = Crew(tmp_path / "studio", children)
    made.studio.make(replace(CLIP, kind="image")).result().unlink()
    while not children.taken.empty():
        children.taken.get()
    yield made
    made.studio.close()


def left(folder: Path) -> list[str]:
    """What lies in a studio's folder."""
    return sorted(path.name for path in (folder / "studio").iterdir())


def test_the_studio_is_what_the_domain_asks_for(studio: LocalStudio) -> None:
    """It can stand where a `Studio` is wanted."""
    port: Studio = studio

    assert port is studio


def test_a_film_is_a_file_of_its_own(studio: LocalStudio, order: OrderMaker) -> None:
    """Each order gives another file, and the film says how long and how large it is."""
    first, second = (studio.render(replace(one_second(order), seed=n)).result() for n in range(2))

    assert first.path != second.path
    assert first.seconds == 1
    assert first.size == first.path.stat().st_size
    seen = probe(first.path)
    assert isinstance(seen, Probe)
    assert (seen.kind, seen.seconds) == ("video", 1)


def test_a_draft_that_is_none_fails_its_future_only(
    studio: LocalStudio, order: OrderMaker, tmp_path: Path
) -> None:
    """The error arrives with the future, nothing is left in the folder, and work goes on."""
    with pytest.raises(RenderError, match="invalid draft"):
        studio.render(order({"t": []})).result()

    assert left(tmp_path) == []
    assert studio.render(one_second(order)).result().path.exists()


def test_a_render_that_breaks_leaves_no_half_file(
    studio: LocalStudio, order: OrderMaker, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """When a source has vanished in the meantime, the future says so and the folder stays clean."""
    gone = tmp_path / "gone.mp4"
    gone.write_bytes(samples["mp4"].read_bytes())
    sg = [{"d": 1000}, {"s": 1000, "d": 500, "src": "u", "m": {"volume": 0}}]
    asked = order({"t": [{"tt": 0, "sg": sg}]}, {"u": gone})
    gone.unlink()

    with pytest.raises(RenderError, match=r"can no longer be opened; upload that again$"):
        studio.render(asked).result()

    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "suffix"), [("video", ".mp4"), ("image", ".png"), ("audio", ".mp3")]
)
def test_synthetic_media_are_what_they_are_described_as(
    kind: MediaKind, suffix: str, studio: LocalStudio
) -> None:
    """Kind, length, size and rate of the file are those of the description."""
    path = studio.make(replace(CLIP, kind=kind)).result()

    seen = probe(path)
    assert path.suffix == suffix
    assert isinstance(seen, Probe)
    assert (seen.kind, seen.format) == (kind, suffix[1:])
    assert (seen.width, seen.height) == ((0, 0) if kind == "audio" else (320, 180))
    assert seen.seconds == (0 if kind == "image" else pytest.approx(2, abs=0.06))
    assert seen.fps == (24 if kind == "video" else 0)


def test_equal_clips_are_made_once(studio: LocalStudio) -> None:
    """Equal descriptions share the future, whatever holds their notes; others do not."""
    same = replace(CLIP, notes=MappingProxyType({"sections": ["intro", "drop"], "bpm": 120}))
    other = replace(CLIP, seed=4)

    assert studio.make(CLIP) is studio.make(same)
    assert studio.make(CLIP).result() != studio.make(other).result()


def test_a_clip_that_failed_is_tried_again(
    studio: LocalStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure is not remembered for ever."""
    folder = tmp_path / "studio"
    folder.rmdir()
    with pytest.raises(Defect, match="No such file"):
        studio.make(CLIP).result()
    folder.mkdir()

    assert studio.make(CLIP).result().exists()


# Equal orders


def test_equal_orders_are_made_once(crew: Crew, order: OrderMaker) -> None:
    """The second film is there at once, even when no worker can be had: another file of the same bytes."""
    first = crew.studio.render(one_second(order)).result()
    waiting = crew.studio.render(endless(order))

    again = crew.studio.render(one_second(order))

    assert again.done()
    assert again.result().path != first.path
    assert again.result().path.read_bytes() == first.path.read_bytes()
    assert replace(again.result(), path=first.path) == first
    crew.studio.discard(waiting)


def test_orders_that_differ_are_made_each(crew: Crew, order: OrderMaker) -> None:
    """Whatever differs, another film is begun."""
    asked = one_second(order)
    others = ({"seed": 8}, {"width": 128}, {"fps": 20}, {"quality": "low"}, {"draft": {"d": 1}})
    before = crew.workers.begun

    for change in ({}, *others):
        crew.studio.render(replace(asked, **change))

    assert crew.workers.begun == before + 1 + len(others)


def test_what_is_being_made_is_made_for_all(crew: Crew, order: OrderMaker, tmp_path: Path) -> None:
    """Discarding one of two films leaves the other; without the last nothing is worked on."""
    first, second = (crew.studio.render(endless(order)) for _ in range(2))
    crew.busy()

    crew.studio.discard(first)
    assert first.cancelled()
    [worker] = crew.children._lent
    assert worker.alive

    crew.studio.discard(second)
    assert second.cancelled()
    assert crew.studio.render(one_second(order)).result().path.exists()
    assert len(left(tmp_path)) == 2


def test_discarding_a_film_leaves_its_equal(crew: Crew, order: OrderMaker, tmp_path: Path) -> None:
    """Each goes for itself, and with the last one everything."""
    films = [crew.studio.render(one_second(order)) for _ in range(3)]
    paths = [film.result().path for film in films]

    for number, film in enumerate(films):
        crew.studio.discard(film)
        assert [path.exists() for path in paths] == [n > number for n in range(3)]

    assert left(tmp_path) == []


def test_a_film_that_failed_is_tried_again(
    crew: Crew, order: OrderMaker, samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """A failure is kept for nobody."""
    clip = tmp_path / "clip.mp4"
    shutil.copyfile(samples["mp4"], clip)
    asked = order({"t": [{"tt": 0, "sg": [{"d": 100, "src": "u"}]}]}, {"u": clip})
    clip.unlink()
    assert isinstance(crew.studio.render(asked).exception(), RenderError)
    shutil.copyfile(samples["mp4"], clip)

    assert crew.studio.render(asked).result().path.exists()


def test_where_there_are_no_links_films_are_copied(
    crew: Crew, order: OrderMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without hard links costs space, and nothing else."""

    def link(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", link)
    films = [crew.studio.render(one_second(order)).result() for _ in range(2)]

    assert films[0].path.read_bytes() == films[1].path.read_bytes()
    assert films[0].path.stat().st_nlink == 1


# Ends


def test_closing_breaks_off_and_cancels(crew: Crew, order: OrderMaker, tmp_path: Path) -> None:
    """What runs ends at once, what waits is cancelled, nothing is begun, and no half file stays."""
    running, waiting = crew.studio.render(endless(order)), crew.studio.render(one_second(order))
    crew.busy()

    crew.studio.close()

    assert waiting.cancelled()
    with pytest.raises(GivenUp, match="was closed"):
        running.result()
    with pytest.raises(CancelledError):
        crew.studio.render(one_second(order)).result()
    assert left(tmp_path) == []


def test_closing_waits_until_the_last_worker_has_stopped(
    crew: Crew, order: OrderMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever removes the folder after that takes nothing from under a worker's feet."""
    give_back, stopping, closed = crew.children._give_back, Event(), Event()
    early: list[bool] = []

    def slowly(child: Child) -> None:
        stopping.set()
        early.append(closed.wait(0.1))
        give_back(child)

    monkeypatch.setattr(crew.children, "_give_back", slowly)
    running = crew.studio.render(endless(order))
    crew.busy()

    crew.studio.close()
    closed.set()

    assert stopping.wait(60)
    assert running.exception(60) is not None
    assert early == [False]


def test_discarding_ends_the_work_and_frees_the_worker(
    crew: Crew, order: OrderMaker, tmp_path: Path
) -> None:
    """A film that is being made is broken off, and the next one need not wait for its end."""
    running = crew.studio.render(endless(order))
    crew.busy()

    crew.studio.discard(running)
    after = crew.studio.render(one_second(order))

    assert after.result().path.exists()
    assert running.cancelled()
    assert len(left(tmp_path)) == 2


def test_discarding_what_waits_or_is_done_leaves_no_file(
    studio: LocalStudio, order: OrderMaker, tmp_path: Path
) -> None:
    """A finished film loses its file, one that failed has none, and discarding twice is discarding once."""
    done, failed = studio.render(one_second(order)), studio.render(order({"t": []}))
    done.result()
    failed.exception()

    for film in (done, failed, done):
        studio.discard(film)

    assert left(tmp_path) == []


def test_a_film_that_takes_too_long_is_refused_in_words(
    order: OrderMaker, tmp_path: Path, children: Watched
) -> None:
    """The worker is killed, and the sentence says what would be quicker."""
    hasty = Crew(tmp_path / "studio", children, seconds=0.05)

    with pytest.raises(RenderError, match=r"takes more than 0\.05 s .* shorten it"):
        hasty.studio.render(endless(order)).result()

    assert left(tmp_path) == []


def test_a_small_picture_has_less_time_than_a_film(
    upload: Callable[..., Asset], samples: Mapping[str, Path], tmp_path: Path, children: Watched
) -> None:
    """What takes longer than a glance is broken off; films and clips have their own time."""
    hasty = Crew(tmp_path / "studio", children, glance_seconds=0.0)
    assert hasty.studio.make(replace(CLIP, kind="image")).result().exists()

    with pytest.raises(RenderError, match="takes more than 0 s"):
        hasty.studio.thumbnail(upload("u", samples["mp4"])).result()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that nobody can catch")
def test_a_worker_that_dies_costs_one_film(
    crew: Crew, order: OrderMaker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The one that it made fails with a sentence that names no path, and is logged; the next has a new worker."""
    film = crew.studio.render(endless(order))
    waiting = crew.studio.render(one_second(order))
    os.kill(crew.busy(), signal.SIGKILL)

    with pytest.raises(RenderError, match=r"the encoder died .* submit it again") as told:
        film.result()
    assert str(tmp_path) not in str(told.value)
    assert "-9" in caplog.text
    assert waiting.result().path.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that nobody can catch")
def test_a_worker_that_died_while_it_waited_costs_nothing(crew: Crew, order: OrderMaker) -> None:
    """What somebody ended between two films is replaced."""
    [child] = crew.children._idle
    os.kill(child.pid, signal.SIGKILL)
    child._process.wait()

    assert crew.studio.render(one_second(order)).result().path.exists()


def test_what_json_cannot_say_is_refused(studio: LocalStudio, order: OrderMaker) -> None:
    """Such a draft cannot have come from a client; its film fails in words, and nothing is raised."""
    film = studio.render(order({"t": [{"tt": 0, "sg": [{"d": 1000, "m": {1: 1, "a": b""}}]}]}))

    with pytest.raises(RenderError, match="cannot be written as JSON"):
        film.result()
    studio.discard(film)


# Many at a time


def test_studios_share_their_workers(order: OrderMaker, tmp_path: Path) -> None:
    """Many studios in many threads make each its own film, with no more processes than for one."""

    def made(number: int) -> Film:
        with LocalStudio(tmp_path / str(number)) as studio:
            film = studio.render(replace(one_second(order), width=16 * (number + 1))).result()
            assert film.path.parent == tmp_path / str(number)
            return film

    with ThreadPoolExecutor(8) as threads:
        films = list(threads.map(made, range(8)))

    assert len({film.path.read_bytes() for film in films}) == 8
    assert len(CHILDREN._idle) <= AT_ONCE
