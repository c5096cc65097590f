"""The studio on this machine: it has files made by workers, in a folder that never shows half of one.

A file is written under a name of its own and renamed when it is whole. What makes it is a process that
is ended when nobody wants the file any more, or when it takes too much: then nothing of it is left.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any, Self, TypeVar
from uuid import uuid4
from weakref import WeakSet

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder
from nemovideo_fakeserver.media import refusals
from nemovideo_fakeserver.media.children.child import Died, Overran
from nemovideo_fakeserver.media.studio import orders
from nemovideo_fakeserver.media.studio.cache import Films
from nemovideo_fakeserver.media.studio.job import Ask, Job
from nemovideo_fakeserver.media.studio.recent import Recent
from nemovideo_fakeserver.media.studio.workers import FILMS, SMALL, Workers

T = TypeVar("T")

SECONDS = 900.0
"""Real seconds that making a film or a clip may take. What `budget` allows takes less than half of it, where uploads
are what they say of themselves, and no further from one key frame to the next than it expects; an hour of
music takes a fifth."""

GLANCE_SECONDS = 60.0
"""Real seconds that making a small picture may take."""

_log = logging.getLogger(__name__)


class Defect(RuntimeError):
    """A worker could not make a file, for a reason that is not in the order; the text is its trace."""


class LocalStudio:
    """A `core.ports.Studio`; `folder` is created when it is missing. A film or a clip may take `seconds`.

    Use as a context manager, or call `close`. Equal films are made once, and copied. In a fork of the
    process that opened it there is nothing to discard or to close: the files are not the fork's.
    """

    def __init__(
        self,
        folder: Path,
        *,
        films: Workers = FILMS,
        small: Workers = SMALL,
        seconds: float = SECONDS,
        glance_seconds: float = GLANCE_SECONDS,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder.absolute()
        self._film_workers, self._small_workers = films, small
        self._seconds, self._glance_seconds = seconds, glance_seconds
        self._owner = os.getpid()
        self._films = Films()
        self._files = Recent()
        self._lock = RLock()
        self._closed = False
        self._jobs: WeakSet[Job[Any]] = WeakSet()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, order: RenderOrder) -> Future[Film]:
        """Start encoding a film. The future fails with RenderError when the draft cannot be rendered."""
        try:
            line = orders.line(orders.order_to_dict(order))
        except RenderError as refused:
            return _failed(refused)
        path = self._folder / f".{uuid4().hex}.{order.format}"

        def film(ask: Ask) -> Film:
            return Film(path=path, **self._whole(ask, "render", line, path, self._seconds))

        return self._films.get(_digest(line), lambda: self._start(self._film_workers, film))

    def discard(self, film: Future[Film]) -> None:
        """Give up a film of this studio: end its work at once unless others want the same, and remove its file."""
        if self._owner == os.getpid():
            self._films.discard(film)

    def make(self, clip: Synthetic) -> Future[Path]:
        """Start making the file of a synthetic clip; equal clips share one file, and one future."""
        line = orders.line(orders.clip_to_dict(clip))
        name = f"{clip.kind}-{_digest(line)}.{clip.format}"
        return self._shared("make", line, name, self._seconds)

    def thumbnail(self, asset: Asset) -> Future[Path]:
        """Start making the small picture (JPEG) of an asset; equal assets share one."""
        line = orders.line(orders.asset_to_dict(asset))
        return self._shared(
            "thumbnail", line, f"thumbnail-{_digest(line)}.jpg", self._glance_seconds
        )

    def close(self) -> None:
        """Cancel what has not begun, end what has, and wait until nothing of it is left."""
        if self._owner != os.getpid():
            return
        with self._lock:
            self._closed = True
            jobs = list(self._jobs)
        for job in jobs:
            job.give_up("the studio was closed while it worked; start a new one to try again")
        wait_for(jobs)

    def _shared(self, do: str, line: str, name: str, seconds: float) -> Future[Path]:
        path = self._folder / name

        def made(ask: Ask) -> Path:
            self._whole(ask, do, line, path, seconds)
            return path

        return self._files.get(name, lambda: self._start(self._small_workers, made))

    def _start(self, workers: Workers, work: Callable[[Ask], T]) -> Job[T]:
        job = workers.start(work)
        with self._lock:
            self._jobs.add(job)
            closed = self._closed
        if closed:
            job.give_up("the studio is closed; start a new one")
        return job

    def _whole(self, ask: Ask, do: str, of: str, path: Path, seconds: float) -> dict[str, Any]:
        """Let a worker write a file beside `path`, and move it there when it is done; else remove it."""
        part = path.with_name(f".{uuid4().hex}.part")
        try:
            said = _asked(ask, f"[{json.dumps(do)}, {json.dumps(str(part))}, {of}]", seconds)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return said


def _asked(ask: Ask, line: str, seconds: float) -> dict[str, Any]:
    """Return what a worker says of what it made. Raises RenderError and `Defect`."""
    try:
        said: dict[str, Any] = json.loads(ask(line, seconds))
    except Overran as overran:
        raise refusals.too_much(f"it takes more than {seconds:g} s to make") from overran
    except Died as died:
        _log.warning("a worker of the studio died: %s", died)
        raise RenderError(
            "render failed: the encoder died in the midst of it; submit it again under a new id, and"
            " if that does not help without the files uploaded last: one may be damaged"
        ) from died
    if "refused" in said:
        raise RenderError(said["refused"])
    if "failed" in said:
        raise Defect(said["failed"])
    done: dict[str, Any] = said["done"]
    return done


def _failed(problem: Exception) -> Future[Film]:
    film: Future[Film] = Future()
    film.set_exception(problem)
    return film


def _digest(line: str) -> str:
    return blake2b(line.encode(), digest_size=12).hexdigest()
