"""What a conversation shows. Any front end can render these: a terminal, a web page, a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from nemovideo_client.errors import NemoError

Stage: TypeAlias = Literal["upload", "render", "download"]


@dataclass(frozen=True, slots=True)
class Status:
    """A few words on what is going on; the next one takes their place."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """Words for the user. Pieces follow each other without a gap until one is `done`."""

    text: str
    done: bool = True


@dataclass(frozen=True, slots=True)
class Timeline:
    """The tracks as they are, a line each under a heading."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A place for the browser; the URL may hold a claim token, so it stays out of `repr`."""

    label: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Working:
    """How far something has come: `done` of `total` (bytes, or per cent of a render; None: unknown)."""

    stage: Stage
    done: int
    total: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that is there: the film, or subtitles. `size` is in bytes."""

    path: Path
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something the user might say next."""

    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, in words for people; `error` is for programs."""

    text: str
    error: NemoError


Shown: TypeAlias = Status | Say | Timeline | Link | Working | Delivered | Suggestion | Problem
