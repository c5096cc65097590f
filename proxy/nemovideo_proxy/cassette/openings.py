"""Exchanges that are not over: each a document of its own in `<cassette>.open/`, which grows.

It is written so that a kill leaves it readable: request and head come whole with a rename, pieces line
by line, and a last line without an end is not looked at. What is missing is only how it ended.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nemovideo_proxy.cassette import frames, privacy
from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.cassette.documents import (
    OPENING,
    head_keys,
    made_of,
    opening_of,
    request_keys,
)
from nemovideo_proxy.cassette.index import Entry
from nemovideo_proxy.cassette.json_styles import PLAIN
from nemovideo_proxy.cassette.yaml_reading import Text
from nemovideo_proxy.cassette.yaml_writing import row, written
from nemovideo_proxy.model import Headers, Interaction, Request, Response
from nemovideo_proxy.signature import Signature

Seal = Callable[[bytes], None]
"""Is called with all that is to be written, and raises to refuse it."""

_FRAMES = "  frames:\n"


def folder_of(path: Path) -> Path:
    """Return where the unfinished exchanges of a cassette lie."""
    return path.with_name(f"{path.name}.open")


def unsealed(_: bytes) -> None:
    """Refuse nothing."""


class Opening:
    """An exchange that is under way. It stays readable whatever happens, until `drop`."""

    def __init__(self, path: Path, number: int, at: float, request: Request, seal: Seal) -> None:
        self._path = path
        self._seal = seal
        self._file: int | None = None
        self._has_frames = False
        opening = opening_of(number, request)
        self._text = f"{opening}\n{written({'at': at, 'request': request_keys(request)})}"
        self._replace(self._text)

    def head(self, status: int, reason: str, version: str, headers: Headers, at: float) -> None:
        """Note that a reply began, `at` seconds after the request did."""
        response = Response(status=status, reason=reason, version=version, headers=headers, at=at)
        self._replace(self._text + written({"response": head_keys(response)}))
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND)

    def piece(self, at: float, data: bytes) -> None:
        """Note that bytes of the reply came."""
        if self._file is None:
            raise RuntimeError("a reply has its head before its body")
        lines = [frames.told(frame, PLAIN) for frame in frames.split(data)] or [frames.raw(data)]
        lines[0] = {"at": at} | lines[0]
        text = "" if self._has_frames else _FRAMES
        encoded = (text + "".join(row(line, "    ") for line in lines)).encode()
        self._seal(encoded)
        append(self._file, encoded)
        self._has_frames = True

    def release(self) -> None:
        """Write no more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def drop(self) -> None:
        """Forget it: it is in the cassette, or not to be kept."""
        self.release()
        self._path.unlink(missing_ok=True)

    def _replace(self, text: str) -> None:
        encoded = text.encode()
        self._seal(encoded)
        part = self._path.with_suffix(".part")
        with open(part, "wb", opener=privacy.opener) as file:
            file.write(encoded)
        part.replace(self._path)


def append(file: int, data: bytes) -> None:
    """Write bytes to the end of a file, with one call where the system takes them all, or none of them."""
    end = os.fstat(file).st_size
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(file, view) :]
    except BaseException:
        os.ftruncate(file, end)
        raise


@dataclass(frozen=True, slots=True)
class Left:
    """An unfinished exchange as it was found: its entry, its file, and what was in it."""

    entry: Entry
    place: Path
    data: bytes

    def interaction(self) -> Interaction:
        """Return it up to its last whole frame; raises `BrokenCassette`."""
        try:
            return self._read()
        except (BrokenCassette, UnicodeDecodeError) as problem:
            what = problem.what if isinstance(problem, BrokenCassette) else "this is no UTF-8"
            line = problem.line if isinstance(problem, BrokenCassette) else 1
            raise BrokenCassette(self.place, line, what, "remove the file to go on") from None

    def _read(self) -> Interaction:
        whole = self.data[: self.data.rfind(b"\n") + 1].decode().removesuffix(_FRAMES)
        text = Text(whole, self.place, 1)
        if isinstance(text.value, dict):
            text.value |= {"end": "lost", "ended": _last(text.value.get("response"))}
        return made_of(text, self.entry.number)


def left_behind(path: Path) -> list[Left]:
    """Return the unfinished exchanges of a cassette."""
    folder = folder_of(path)
    places = sorted(folder.glob("*.yaml")) if folder.is_dir() else ()
    return [left for place in places if (left := _left(place))]


def _left(place: Path) -> Left | None:
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        return None  # it was finished meanwhile
    match = OPENING.match(data.decode("latin-1"))
    if match is None:
        return None
    signature = Signature(*match.groups()[1:])
    return Left(Entry(int(match[1]), signature, 1, 0, len(data), place), place, data)


def _last(response: object) -> float:
    """Return the last time that an unfinished reply tells of."""
    if not isinstance(response, dict):
        return 0.0
    rows = response.get("frames") or []
    times = [frame["at"] for frame in rows if isinstance(frame, dict) and "at" in frame]
    last: float = times[-1] if times else response.get("at", 0.0)
    return last
