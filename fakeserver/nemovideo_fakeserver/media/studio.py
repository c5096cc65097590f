"""The studio on this machine: workers that write files, and a folder that never shows half of one.

A file is written under a name of its own and renamed when it is whole. What encodes is imported by
the worker that needs it first, because that takes longer than most of the work.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Event, Lock
from typing import Self, TypeVar
from uuid import uuid4
from weakref import WeakKeyDictionary

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import Film, RenderOrder

T = TypeVar("T")

SUFFIXES = {"video": ".mp4", "image": ".png", "audio": ".mp3"}


class GivenUp(CancelledError):
    """The work was begun and not done: its film was discarded, or the studio closed."""


class LocalStudio:
    """A `core.ports.Studio` with `workers` threads; `folder` is created when it is missing.

    Use as a context manager, or call `close`.
    """

    def __init__(self, folder: Path, workers: int = 2) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="studio")
        self._closing = Event()
        self._stops: WeakKeyDictionary[Future[Film], Event] = WeakKeyDictionary()
        self._made: dict[str, Future[Path]] = {}
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, order: RenderOrder) -> Future[Film]:
        """Start encoding a film. The future fails with RenderError when the draft cannot be rendered."""
        stop = Event()
        film = self._pool.submit(self._render, order, stop)
        self._stops[film] = stop
        return film

    def discard(self, film: Future[Film]) -> None:
        """Give up a film of this studio: end its work within a frame or two, and remove its file."""
        self._stops[film].set()
        film.cancel()
        film.add_done_callback(_remove)

    def make(self, clip: Synthetic) -> Future[Path]:
        """Start making the file of a synthetic clip; equal clips share one file, and one future."""
        name = _name(clip)
        with self._lock:
            known = self._made.get(name)
            if known is None or (known.done() and (known.cancelled() or known.exception())):
                known = self._made[name] = self._pool.submit(self._make, clip, self._folder / name)
            return known

    def thumbnail(self, asset: Asset) -> Future[Path]:
        """Start making a small JPEG of an asset, once for each hash."""
        name = f"thumbnail-{asset.hash}.jpg"
        with self._lock:
            known = self._made.get(name)
            if known is None or (known.done() and (known.cancelled() or known.exception())):
                path = self._folder / name
                known = self._made[name] = self._pool.submit(self._shrink, asset, path)
            return known

    def close(self) -> None:
        """Cancel what has not begun, break off what has, and wait until the workers are gone."""
        self._closing.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _render(self, order: RenderOrder, stop: Event) -> Film:
        from nemovideo_fakeserver.media.film import making  # PyAV takes 0.4 s to load

        path = self._folder / f"film-{uuid4().hex}.mp4"
        made = self._whole(
            path, lambda part: making.render(order, part, partial(self._proceed, stop))
        )
        return Film(path=path, seconds=made.seconds, size=made.size)

    def _make(self, clip: Synthetic, path: Path) -> Path:
        from nemovideo_fakeserver.media import synthetic  # PyAV takes 0.4 s to load

        self._whole(path, lambda part: synthetic.make(clip, part, self._proceed))
        return path

    def _shrink(self, asset: Asset, path: Path) -> Path:
        from nemovideo_fakeserver.media import thumbnail  # PyAV takes 0.4 s to load

        self._whole(path, lambda part: thumbnail.make(asset, part))
        return path

    def _whole(self, path: Path, work: Callable[[Path], T]) -> T:
        """Let `work` write a file beside `path`, and move it there when it is done; else remove it."""
        part = path.with_name(f".{uuid4().hex}.part")
        try:
            result = work(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return result

    def _proceed(self, stop: Event | None = None) -> None:
        if self._closing.is_set():
            raise GivenUp("the studio was closed while it worked; start a new one to try again")
        if stop is not None and stop.is_set():
            raise GivenUp("the film was discarded while it was made; order it again")


def _remove(film: Future[Film]) -> None:
    if not film.cancelled() and film.exception() is None:
        film.result().path.unlink(missing_ok=True)


def _name(clip: Synthetic) -> str:
    """Return a file name that equal clips share."""
    notes = sorted(clip.notes.items())
    shown = (clip.seconds, clip.label, clip.seed, clip.width, clip.height, clip.fps, notes)
    return f"{clip.kind}-{blake2b(repr(shown).encode(), digest_size=12).hexdigest()}{SUFFIXES[clip.kind]}"
