"""One exchange as plain values: what is to be sent, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")

Headers: TypeAlias = tuple[tuple[str, str], ...]

Progress: TypeAlias = Callable[[int, int | None], None]
"""Told bytes done and bytes in all (None: unknown) while a body travels."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file to send: read from `path` while it is sent, under `filename`."""

    path: Path
    filename: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to be. `url` is a path below the base URL, or an absolute URL.

    Headers may hold a token and stay out of `repr`. The body is `json` or `files` (multipart, field
    `files`), never both.
    """

    method: str
    url: str
    headers: Headers = field(default=(), repr=False)
    json: Any = field(default=None, repr=False)
    files: tuple[FilePart, ...] = ()
    progress: Progress | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers (names in lower case) and body; the body of an opened stream is read on its own."""

    status: int
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def request_id(self) -> str | None:
        """The id under which the service knows the request (`X-Request-Id`; assumed)."""
        return self.header("x-request-id")


Repeat: TypeAlias = Literal["safe", "unsent"]
"""`safe`: repeating it changes nothing and costs nothing. `unsent`: only if no byte can have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[T]):
    """One call of one endpoint.

    `endpoint` names it in errors (method and path with `{}` for ids, so that no id is printed),
    `read` turns the reply's unwrapped data into a result and raises KeyError, TypeError or ValueError
    on data it cannot read. `authorized`: the token goes with it.
    """

    endpoint: str
    request: Request
    read: Callable[[Any], T] = field(repr=False)
    repeat: Repeat = "unsent"
    authorized: bool = True
