"""A studio that needs no encoder: for tests in which what a film shows does not matter."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import Future
from pathlib import Path

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.draft import Draft
from nemovideo_fakeserver.core.ports import Film, RenderOrder

FILM = bytes(range(256)) * 4
"""What every film and clip of the `Darkroom` consists of."""


class Darkroom:
    """A studio whose every file is `FILM`, there at once; unless `slow`, then the test ends the `jobs`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="darkroom-"))
        self.file = self.folder / "film.mp4"
        self.file.write_bytes(FILM)
        self.slow = False
        self.orders: list[RenderOrder] = []
        self.jobs: list[Future[Film]] = []

    def film(self, draft: Draft) -> Film:
        """Return what a finished job of this draft says of its file."""
        total = draft.get("d")
        seconds = total / 1000 if isinstance(total, int) else 0.0
        return Film(path=self.file, seconds=seconds, size=len(FILM))

    def render(self, order: RenderOrder) -> Future[Film]:
        """Take an order and, unless `slow`, fulfil it."""
        job: Future[Film] = Future()
        self.orders.append(order)
        self.jobs.append(job)
        if not self.slow:
            job.set_result(self.film(order.draft))
        return job

    def discard(self, film: Future[Film]) -> None:
        """Call off a job that is not done."""
        film.cancel()

    def make(self, _clip: Synthetic) -> Future[Path]:
        """Give the one file there is."""
        return self._there()

    def thumbnail(self, _asset: Asset) -> Future[Path]:
        """Give the one file there is."""
        return self._there()

    def close(self) -> None:
        """Leave what is unfinished unfinished, and no file behind."""
        shutil.rmtree(self.folder)

    def _there(self) -> Future[Path]:
        made: Future[Path] = Future()
        made.set_result(self.file)
        return made
