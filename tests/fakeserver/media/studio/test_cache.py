"""Films of equal orders: each is delivered or called off, once, and whoever waits is told under no lock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from nemovideo_fakeserver.core.ports import Film
from nemovideo_fakeserver.media.studio.cache import Films
from nemovideo_fakeserver.media.studio.job import Job
from support.jobs import Mutes, elsewhere


class Edition:
    """A film that many have ordered, and the one job that makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.films = Films()
        self.job = Job(self._work)

    def order(self) -> Future[Film]:
        """Order it once more."""
        return self.films.get("name", lambda: self.job)

    def make(self) -> None:
        """Let a worker make it."""
        self.job.run(Mutes())

    def left(self) -> int:
        """How many files of it there are."""
        return len(list(self.folder.iterdir()))

    def _work(self, _: object) -> Film:
        path = self.folder / ".film.mp4"
        path.write_bytes(b"film")
        return Film(path=path, seconds=1, size=4)


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """A film that nobody has ordered yet."""
    return Edition(tmp_path)


ENDS: dict[str, Callable[[Edition, Future[Film]], None]] = {
    "made": lambda edition, _: edition.make(),
    "discarded": lambda edition, film: edition.films.discard(film),
    "closed": lambda edition, _: edition.job.give_up("the studio was closed"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_who_is_told_of_a_film_may_wait_for_others(
    end: Callable[[Edition, Future[Film]], None], edition: Edition
) -> None:
    """However it ends, another thread can order, discard and give up meanwhile."""
    film, other = edition.order(), edition.order()
    found: list[bool] = []

    def others() -> None:
        edition.films.discard(other)
        edition.films.discard(edition.order())
        edition.job.give_up("too late")

    film.add_done_callback(lambda _: found.append(elsewhere(others)))

    end(edition, film)

    assert found == [True]
    edition.films.discard(film)
    assert edition.left() == 0


def test_a_film_that_a_closed_studio_has_cancelled_can_be_discarded(edition: Edition) -> None:
    """A late cancel, or a reset, finds it done; that is no error, however often it happens."""
    film = edition.order()
    edition.job.give_up("the studio was closed")
    assert film.cancelled()

    edition.films.discard(film)
    edition.films.discard(film)

    assert film.cancelled()


def test_a_film_that_was_cancelled_by_another_hand_can_be_discarded(edition: Edition) -> None:
    """As a future it has a `cancel` of its own."""
    film, other = edition.order(), edition.order()
    assert film.cancel()
    assert other.cancel()

    edition.films.discard(film)
    edition.make()
    edition.films.discard(other)

    assert film.cancelled()
    assert edition.left() == 0


def test_a_film_that_was_called_off_is_not_delivered(
    edition: Edition, caplog: pytest.LogCaptureFixture
) -> None:
    """When the others get theirs it stays as it is, and nothing goes wrong that is only logged."""
    gone, kept = edition.order(), edition.order()
    edition.films.discard(gone)

    edition.make()

    assert gone.cancelled()
    assert kept.result(0).path.exists()
    assert edition.left() == 2
    assert caplog.text == ""


def test_a_film_that_is_discarded_while_it_is_delivered_leaves_no_file(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is whole for a moment, and goes with the edition, of which it was the last."""
    film = edition.order()

    def copy(*_: object) -> None:
        edition.films.discard(film)
        raise OSError

    monkeypatch.setattr("os.link", copy)

    edition.make()

    assert film.result(0).size == 4
    assert edition.left() == 0
