"""Files that may be wanted again are kept, the last ones, and not more than there is room for."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_fakeserver.media.studio.job import Job
from nemovideo_fakeserver.media.studio.recent import Recent
from support.jobs import Mutes


class Folder:
    """Files of ten bytes, made by name."""

    def __init__(self, path: Path, recent: Recent) -> None:
        self.path = path
        self.recent = recent

    def begin(self, name: str) -> Job[Path]:
        """Ask for a file."""
        return self.recent.get(name, lambda: Job(lambda _: self._written(name)))

    def ask(self, names: str) -> None:
        """Ask for files, one after the other, and let each be made."""
        for name in names:
            self.begin(name).run(Mutes())

    def left(self) -> str:
        """The names of the files that there are."""
        return "".join(sorted(path.name for path in self.path.iterdir()))

    def _written(self, name: str) -> Path:
        path = self.path / name
        path.write_bytes(bytes(10))
        return path


@pytest.mark.parametrize("most", [{"files": 3}, {"size": 39}])
def test_those_asked_for_last_are_kept(most: dict[str, int], tmp_path: Path) -> None:
    """Whether there are too many or too large ones, those that were asked for earliest go."""
    folder = Folder(tmp_path, Recent(**most, fewest=1))

    folder.ask("abc")
    assert folder.left() == "abc"
    folder.ask("a")
    folder.ask("de")

    assert folder.left() == "ade"


def test_what_has_gone_is_made_again(tmp_path: Path) -> None:
    """What is kept has one job, what has gone another."""
    folder = Folder(tmp_path, Recent(files=1, fewest=1))
    first = folder.begin("a")
    folder.ask("a")
    assert folder.begin("a") is first

    folder.ask("ba")

    assert folder.begin("a") is not first
    assert folder.left() == "a"


def test_what_is_being_made_does_not_go(tmp_path: Path) -> None:
    """However long ago it was asked for: it counts when it is there."""
    folder = Folder(tmp_path, Recent(files=2, fewest=1))
    slow = folder.begin("a")

    folder.ask("bcd")
    assert folder.begin("a") is slow
    assert folder.left() == "cd"
    slow.run(Mutes())

    assert folder.left() == "ad"


def test_the_last_ones_stay_whatever_their_size(tmp_path: Path) -> None:
    """Somebody may be about to open them."""
    folder = Folder(tmp_path, Recent(size=5, fewest=2))

    folder.ask("abc")

    assert folder.left() == "bc"


def test_what_failed_takes_no_room(tmp_path: Path) -> None:
    """It is begun anew, and pushes nothing out."""
    folder = Folder(tmp_path, Recent(files=2, fewest=1))
    failed = folder.recent.get("x", lambda: Job(lambda _: Path("/")))
    folder.ask("ab")
    failed.give_up("nobody wants it")

    assert folder.left() == "ab"
    assert folder.begin("x") is not failed


def test_a_file_that_somebody_took_away_takes_no_room(tmp_path: Path) -> None:
    """Its folder may have been emptied by hand."""
    folder = Folder(tmp_path, Recent(size=25, fewest=1))
    folder.recent.get("x", lambda: Job(lambda _: tmp_path / "x")).run(Mutes())

    folder.ask("ab")

    assert folder.left() == "ab"
