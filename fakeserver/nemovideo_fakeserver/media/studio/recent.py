"""Files that were made and may be wanted again: those that were asked for last.

The one that nobody has asked for the longest goes first. None goes that is being made, nor the few that
were asked for last, whatever their size: somebody may be about to open them. Who has a file open reads on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from threading import Lock

from nemovideo_fakeserver.media.studio.job import Job

MOST_FILES = 500
MOST_BYTES = 2 * 1024**3
FEWEST_FILES = 8


class Recent:
    """Jobs of files by name, at most `files` with at most `bytes` of those that are done, but always `fewest`."""

    def __init__(
        self, files: int = MOST_FILES, size: int = MOST_BYTES, fewest: int = FEWEST_FILES
    ) -> None:
        self._most_files, self._most_bytes, self._fewest = files, size, fewest
        self._lock = Lock()
        self._jobs: dict[str, Job[Path]] = {}
        self._sizes: dict[str, int] = {}

    def get(self, name: str, make: Callable[[], Job[Path]]) -> Job[Path]:
        """Return the job of that name, begun anew if there is none or it came to nothing."""
        with self._lock:
            known = self._jobs.pop(name, None)
            job = self._jobs[name] = make() if known is None or known.lost else known
        if job is not known:
            job.add_done_callback(partial(self._weigh, name))
        return job

    def _weigh(self, name: str, job: Future[Path]) -> None:
        """Note what a file takes, and make room for it."""
        with self._lock:
            if self._jobs.get(name) is not job:  # it failed, and somebody was quick to ask again
                return
            if job.cancelled() or job.exception() is not None:
                del self._jobs[name]
                return
            self._sizes[name] = _size(job.result())
            for old in list(self._surplus()):
                del self._sizes[old]
                self._jobs.pop(old).result().unlink(missing_ok=True)

    def _surplus(self) -> Iterator[str]:
        """Yield the names of what is done and too much, the last asked for being counted first."""
        files = taken = 0
        for name in reversed(self._jobs):
            if name in self._sizes:
                files, taken = files + 1, taken + self._sizes[name]
                beyond = files > self._most_files or taken > self._most_bytes
                if beyond and files > self._fewest:
                    yield name


def _size(path: Path) -> int:
    """Return what a file takes, which may have been taken away meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
