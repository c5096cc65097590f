"""What the service answers, as frozen values. Reading them from JSON is `wire.calls`' affair.

A field that a document leaves out, or shows in one version only, may be None or empty. Secrets and the
raw JSON of a project are kept out of `repr`. Durations are in seconds unless a name says otherwise;
credits are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What every answer has: the id under which the service knows the request, where it says so."""

    request_id: str | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token(Result):
    """An anonymous token. `expires_at` is ISO 8601 as sent (7 days), `credits` what it starts with."""

    value: str = field(repr=False)
    user_id: str | None = field(default=None, repr=False)
    expires_at: str | None = None
    credits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimToken(Result):
    """Opens one project in a browser and no API; lives `expires_in` seconds."""

    value: str = field(repr=False)
    expires_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Result):
    """A project to talk about. `session_id` is a decimal string; `user_id` is missing in later versions."""

    session_id: str
    task_id: str | None = None
    user_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """One stored file: `kind` as the service names it (`video`, ...), `url` on its CDN, size in pixels."""

    filename: str
    kind: str | None = None
    url: str | None = field(default=None, repr=False)
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload(Result):
    """The files of one upload; `applied`: the session's state shows them already."""

    files: tuple[UploadedFile, ...]
    applied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits(Result):
    """`available` can be spent, `frozen` is reserved for running work, `total` is their sum."""

    available: int
    frozen: int = 0
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Result):
    """A session as it stands. `draft` is the JSON an export sends back verbatim (`{}`: nothing yet)."""

    session_id: str | None = None
    task_id: str | None = None
    task_name: str | None = None
    user_id: str | None = field(default=None, repr=False)
    draft: Json = field(default_factory=dict, repr=False)
    video_infos: tuple[Json, ...] = field(default=(), repr=False)
    canvas: Json = field(default_factory=dict, repr=False)
    analyses: Any = field(default=None, repr=False)
    generated_media: Any = field(default=None, repr=False)


OVER: frozenset[str] = frozenset({"completed", "failed", "cancelled"})
"""The statuses after which polling is pointless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Render(Result):
    """How an export stands. `progress` 0-100, `size` in bytes, `error` where it failed.

    `status` is the service's word: `pending`, `processing`, `completed` or `failed`; `cancelled` is
    assumed. Another one is kept, and polling refuses it.
    """

    id: str
    status: str
    progress: int | None = None
    url: str | None = field(default=None, repr=False)
    duration: float | None = None
    size: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished export: `path` where the film lies (None when it was not downloaded), `size` in bytes."""

    render: Render
    path: Path | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken(Result):
    """A further token of the account; `value` is known only in the answer that made it."""

    id: str
    name: str | None = None
    scopes: tuple[str, ...] = ()
    created_at: str | None = None
    expires_at: str | None = None
    revoked: bool | None = None
    value: str | None = field(default=None, repr=False)
