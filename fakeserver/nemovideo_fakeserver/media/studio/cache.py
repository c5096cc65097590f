"""Films of equal orders: made once, each a file of its own.

The film that was made lies under a name that nobody is told; every order gets another link to it, or a
copy where the file system has no links. With the last of them it is discarded, too, or its making given
up: so no more is kept than films that somebody wants.

Law: what becomes of a film is decided once, under the lock: it is delivered, or called off. Files are
copied, and whoever waits is told, without the lock: callbacks may do anything, and wait for anything.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from uuid import uuid4

from nemovideo_fakeserver.core.ports import Film
from nemovideo_fakeserver.media.studio.job import Job


@dataclass(eq=False, slots=True)
class _Edition:
    """One making, and the films that come of it; those are `due` of which nothing is decided."""

    name: str
    job: Job[Film]
    films: set[Future[Film]] = field(default_factory=set)
    due: set[Future[Film]] = field(default_factory=set)


class Films:
    """Films by the name of their content."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._editions: dict[str, _Edition] = {}
        self._of: dict[Future[Film], _Edition] = {}

    def get(self, name: str, make: Callable[[], Job[Film]]) -> Future[Film]:
        """Return another film of that content; it is made if there is none, nor is about to be."""
        film: Future[Film] = Future()
        with self._lock:
            edition = self._editions.get(name)
            if edition is None or edition.job.lost:
                edition = self._editions[name] = _Edition(name, make())
            edition.films.add(film)
            edition.due.add(film)
            self._of[film] = edition
        edition.job.add_done_callback(partial(self._deliver, edition, film))
        return film

    def discard(self, film: Future[Film]) -> None:
        """Remove a film, or call it off; one that is just being delivered is removed as soon as it is."""
        with self._lock:
            edition = self._of.pop(film, None)
        if edition is None:
            return
        if self._decide(edition, film):
            film.cancel()
            film.set_running_or_notify_cancel()
        film.add_done_callback(partial(self._leave, edition))

    def _deliver(self, edition: _Edition, film: Future[Film], job: Future[Film]) -> None:
        if not self._decide(edition, film):
            return
        if job.cancelled():
            film.cancel()
        if not film.set_running_or_notify_cancel():
            return
        try:
            another = _another(job.result())
        except BaseException as problem:  # whatever it is, it is for whoever waits for the film
            film.set_exception(problem)
        else:
            film.set_result(another)

    def _decide(self, edition: _Edition, film: Future[Film]) -> bool:
        """Say whether it is for the caller to deliver a film or to call it off."""
        with self._lock:
            due = film in edition.due
            edition.due.discard(film)
        return due

    def _leave(self, edition: _Edition, film: Future[Film]) -> None:
        """Remove a film that is done with, and with the last one its edition."""
        _remove(film)
        with self._lock:
            edition.films.discard(film)
            if edition.films:
                return
            if self._editions.get(edition.name) is edition:
                del self._editions[edition.name]
        edition.job.give_up("the film was discarded while it was made; order it again")
        edition.job.add_done_callback(_remove)


def _another(film: Film) -> Film:
    path = film.path.with_name(f"film-{uuid4().hex}{film.path.suffix}")
    try:
        os.link(film.path, path)
    except (OSError, NotImplementedError):
        shutil.copyfile(film.path, path)
    return replace(film, path=path)


def _remove(film: Future[Film]) -> None:
    if not film.cancelled() and film.exception() is None:
        film.result().path.unlink(missing_ok=True)
