"""From our requests to httpx's, and from its exceptions to ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypedDict

import httpx

from nemovideo_client.errors import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    UsageError,
)
from nemovideo_client.wire.messages import Answer, FilePart, Progress, Request

_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
"""Raised before the first byte of a request leaves."""

LARGEST = 1 << 26
"""Bytes of a whole answer, decoded; a stream and a film are read piece by piece instead."""

_ABSOLUTE = ("http://", "https://")


class Parts(TypedDict, total=False):
    """What `httpx.Client.build_request` takes."""

    method: str
    url: str
    headers: list[tuple[str, str]]
    json: Any
    files: list[tuple[str, tuple[str, Any, str]]]
    timeout: httpx.Timeout


def is_elsewhere(request: Request) -> bool:
    """Say whether the request goes to a URL that came in a reply, and not to the API."""
    return request.url.startswith(_ABSOLUTE)


@contextmanager
def parts(request: Request, base_url: str, timeout: float, read: float) -> Iterator[Parts]:
    """Give the parts of a request; its files are open as long as the context is.

    `timeout` is for connecting and writing, `read` for every wait for the other side; in seconds.
    """
    url = request.url if is_elsewhere(request) else base_url + request.url
    given = Parts(
        method=request.method,
        url=url,
        headers=list(request.headers),
        timeout=httpx.Timeout(timeout, read=read),
    )
    if request.json is not None:
        given["json"] = request.json
    with ExitStack() as files:
        if request.files:
            watch = _Watch(request.files, request.progress)
            given["files"] = [
                ("files", (part.filename, watch.over(files, part), part.content_type))
                for part in request.files
            ]
        yield given


class _Watch:
    """Tells how much of some files was read, all together."""

    def __init__(self, files: tuple[FilePart, ...], progress: Progress | None) -> None:
        self._progress = progress
        self._total = sum(_size(part.path) for part in files)
        self._done = 0

    def over(self, stack: ExitStack, part: FilePart) -> _Watched:
        return _Watched(stack.enter_context(_opened(part.path)), self)

    def read(self, count: int) -> None:
        self._done += count
        if self._progress is not None and count:
            self._progress(self._done, self._total)


class _Watched:
    """A file that tells its watch what is read: the part of a file's manners that httpx uses."""

    def __init__(self, file: IO[bytes], watch: _Watch) -> None:
        self._file = file
        self._watch = watch
        self.fileno = file.fileno
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._watch.read(len(chunk))
        return chunk


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as problem:
        raise _unreadable(path, problem) from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as problem:
        raise _unreadable(path, problem) from None


def _unreadable(path: Path, problem: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be read: {problem.strerror}", next_step="Name a file that is there."
    )


def answer_of(response: httpx.Response, body: bytes = b"") -> Answer:
    """Return what came back, header names in lower case."""
    headers = tuple((name.lower(), value) for name, value in response.headers.multi_items())
    return Answer(status=response.status_code, headers=headers, body=body)


@contextmanager
def failures() -> Iterator[None]:
    """Turn httpx's exceptions into ours; which one it was stays visible as the cause, without its headers."""
    try:
        yield
    except httpx.TimeoutException as problem:
        raise APITimeoutError(
            "NemoVideo took too long to answer", sent=not isinstance(problem, _UNSENT)
        ) from _bare(problem)
    except httpx.HTTPError as problem:
        sent = not isinstance(problem, _UNSENT)
        what = "The connection to NemoVideo broke" if sent else "NemoVideo could not be reached"
        raise APIConnectionError(what, sent=sent) from _bare(problem)
    except httpx.StreamError as problem:
        raise APIConnectionError("The stream was closed while it was read", sent=True) from problem


def _bare(problem: httpx.HTTPError) -> httpx.HTTPError:
    """Return the exception with a request that shows no token: tracebacks get reported."""
    with suppress(RuntimeError):  # it has no request
        problem.request = httpx.Request(problem.request.method, problem.request.url)
    return problem


def built(http: httpx.Client | httpx.AsyncClient, given: Parts, *, link: bool) -> httpx.Request:
    """Return httpx's request. Raises UsageError for what cannot be sent, APIResponseError for a bad link."""
    if http.is_closed:
        raise UsageError("This client is closed", next_step="Make another one.")
    try:
        url = httpx.URL(given["url"])
        url.host  # noqa: B018 decodes the name of the host, or fails to
    except (httpx.InvalidURL, UnicodeError):
        if link:
            raise APIResponseError("The link makes no sense") from None
        raise UsageError("The base URL makes no sense", next_step="Check it.") from None
    try:
        return http.build_request(**given)
    except UnicodeError:
        raise UsageError(
            "A text or a file name cannot be written as UTF-8", next_step="Write it otherwise."
        ) from None
    except ValueError as problem:  # NaN in a draft
        raise UsageError(f"This cannot be written as JSON: {problem}") from None
