"""A recording that is an attempt until its test has passed: only then is it the cassette.

The law: what is recorded lies in `<cassette>.rewrite/` while the test runs. A test that passes puts it in the
place of the cassette, in one step. Of a test that does not, the cassette stays as it was, and the attempt is
kept beside it as `<name>.failed.yaml`: it may have cost credits, and shows what happened. The next recording of
that cassette takes it away. Where nothing was recorded, nothing is kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from nemovideo_proxy import Cassette, Recording
from nemovideo_proxy.recording import rewriting
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.replay.modes import Mode


class Attempt:
    """Records the service at `upstream` for the cassette at `path`; `now` is the service's time.

    Raises `InUse` where another process records the same cassette, and what `Recording` does.
    """

    def __init__(
        self, path: Path, *, mode: Mode, upstream: str, now: Callable[[], float], notes: str
    ) -> None:
        self._path = path
        self._place = rewriting.beside(path)
        try:
            self._before = 0
            if mode == "all" and path.exists():
                _copied(path, self._place)
                self._before = _length(path)
            self.recording = Recording(
                self._place,
                upstream=upstream,
                now=now,
                mode="all" if mode == "all" else "once",
                notes=notes,
                recorded_at=datetime.fromtimestamp(int(now()), UTC),
            )
        except BaseException:
            rewriting.give_up(self._place)
            raise

    def settle(self, *, well: bool) -> None:
        """Let it be the cassette if all went `well`, else keep it under its other name; raises NotRecorded."""
        self.recording.close()
        _forget(failed(self._path))
        well = well and not self.recording.failure
        if well or not self.is_empty():
            rewriting.put_in_place(self._place, self._path if well else failed(self._path))

    def is_empty(self) -> bool:
        """Say whether nothing has been recorded so far, behind what was there."""
        return _length(self._place) == self._before

    def clear(self) -> None:
        """Take away what is left of it, where it could not be settled."""
        with suppress(NotRecorded):
            self.recording.close()
        rewriting.give_up(self._place)


def failed(path: Path) -> Path:
    """Return where the attempt of a test that failed is kept."""
    return path.with_name(f"{path.stem}.failed{path.suffix}")


def _length(path: Path) -> int:
    """Return how many interactions are in a cassette."""
    with Cassette.open(path) as cassette:
        return len(cassette.entries)


def _copied(path: Path, place: Path) -> None:
    shutil.copy2(path, place)
    files = path.with_name(f"{path.stem}.files")
    if files.is_dir():
        shutil.copytree(files, place.with_name(files.name))


def _forget(path: Path) -> None:
    path.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(f"{path.stem}.files"), ignore_errors=True)
