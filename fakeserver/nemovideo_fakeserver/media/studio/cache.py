"""Films of equal orders: made once, each a file of its own.

The film that was made lies under a name that nobody is told; every order gets another link to it, or a
copy where the file system has no links. With the last of them it is discarded, too, or its making given
up: so no more is kept than films that somebody wants.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from threading import RLock
from uuid import uuid4
from weakref import WeakKeyDictionary

from nemovideo_fakeserver.core.ports import Film
from nemovideo_fakeserver.media.studio.workers import Job


@dataclass(eq=False, slots=True)
class _Edition:
    """One making, and the films that come of it."""

    name: str
    job: Job[Film]
    films: set[Future[Film]] = field(default_factory=set)


class Films:
    """Films by the name of their content."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._editions: dict[str, _Edition] = {}
        self._of: WeakKeyDictionary[Future[Film], _Edition] = WeakKeyDictionary()

    def get(self, name: str, make: Callable[[], Job[Film]]) -> Future[Film]:
        """Return another film of that content; it is made if there is none, nor is about to be."""
        film: Future[Film] = Future()
        with self._lock:
            edition = self._editions.get(name)
            if edition is None or edition.job.lost:
                edition = self._editions[name] = _Edition(name, make())
            edition.films.add(film)
            self._of[film] = edition
        edition.job.add_done_callback(lambda job: self._deliver(job, film))
        return film

    def discard(self, film: Future[Film]) -> None:
        """Remove a film, or call it off."""
        with self._lock:
            edition = self._of.get(film)
            if edition is None or film not in edition.films:
                return
            edition.films.remove(film)
            if film.cancel():
                film.set_running_or_notify_cancel()
            elif film.exception() is None:
                film.result().path.unlink(missing_ok=True)
            if not edition.films:
                self._drop(edition)

    def _drop(self, edition: _Edition) -> None:
        if self._editions.get(edition.name) is edition:
            del self._editions[edition.name]
        edition.job.give_up("the film was discarded while it was made; order it again")
        edition.job.add_done_callback(_remove)

    def _deliver(self, job: Future[Film], film: Future[Film]) -> None:
        with self._lock:
            if film.done():
                return
            if job.cancelled():
                film.cancel()
            if not film.set_running_or_notify_cancel():
                return
            try:
                film.set_result(_another(job.result()))
            except BaseException as problem:
                film.set_exception(problem)


def _another(film: Film) -> Film:
    path = film.path.with_name(f"film-{uuid4().hex}{film.path.suffix}")
    try:
        os.link(film.path, path)
    except (OSError, NotImplementedError):
        shutil.copyfile(film.path, path)
    return replace(film, path=path)


def _remove(job: Future[Film]) -> None:
    if not job.cancelled() and job.exception() is None:
        job.result().path.unlink(missing_ok=True)
