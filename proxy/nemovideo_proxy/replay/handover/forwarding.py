"""Requests on their way to another server of this machine, and its replies on their way back, as they come.

It is real work, done in threads: a reply is `Pending` until its head is there, and its body a stream that
waits for each piece (`Await`). The host that the client asked for is passed on, so that links in replies
lead back to where it came in.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.messages import (
    Headers,
    Part,
    Pending,
    Reply,
    Request,
    Spooled,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Await, Cut, Send, Step

THREADS = 64
"""Exchanges that can be on their way at once."""

_OF_THE_CONNECTION = frozenset(
    ("connection", "keep-alive", "transfer-encoding", "te", "upgrade", "proxy-connection")
)
_OF_THE_BODY = frozenset(("content-length", "content-type"))


class Forwarder:
    """Sends requests to where `target` says (it may take its time), with `clock` for the waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._client = httpx.Client(timeout=None, trust_env=False)  # noqa: S113 the other side is ours
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="handover")
        self._kept = tempfile.TemporaryDirectory(prefix="nemo-proxy-")

    def reply(self, request: Request, target: Callable[[], str]) -> Reply:
        """Return what the server at the base URL that `target` gives answers; it is called in a thread."""
        request = self._lasting(request)
        job = self._threads.submit(lambda: self._sent(request, target()))
        return Reply(body=Pending(clock=self._clock, job=job, resume=lambda: self._heard(job)))

    def close(self) -> None:
        """Give up what is on its way, once the other side has ended."""
        self._client.close()
        self._threads.shutdown(cancel_futures=True)
        self._kept.cleanup()

    def _lasting(self, request: Request) -> Request:
        """Return `request` with files of its own: those of a door go when it has been answered."""
        if not isinstance(request.body, Spooled):
            return request
        return replace(request, body=Spooled(tuple(map(self._keep, request.body.parts))))

    def _keep(self, part: Part) -> Part:
        kept = Path(tempfile.mkdtemp(dir=self._kept.name)) / "part"
        try:
            os.link(part.path, kept)
        except OSError:  # another file system
            kept.write_bytes(part.path.read_bytes())
        return replace(part, path=kept)

    def _sent(self, request: Request, base: str) -> httpx.Response:
        head = request.head
        url = base + head.path + (f"?{head.query}" if head.query else "")
        with ExitStack() as files:
            body = _body(request, files)
            made = self._client.build_request(
                head.method, url, headers=_passed(head.headers, whole="content" in body), **body
            )
            response = self._client.send(made, stream=True)
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            response.read()
        return response

    def _heard(self, job: Future[httpx.Response]) -> Reply:
        if problem := job.exception():
            said = f"The fake that goes on where the recording ends did not answer: {problem}\n"
            marked = (("Content-Type", "text/plain; charset=utf-8"), ("X-Nemo-Proxy", "no-fake"))
            return Reply(status=503, headers=marked, body=said.encode())
        response = job.result()
        headers = tuple(
            (name.decode("latin-1"), value.decode("utf-8", "replace"))
            for name, value in response.headers.raw
            if name.decode("latin-1").lower() not in _OF_THE_CONNECTION
        )
        if response.is_closed:
            return Reply(status=response.status_code, headers=headers, body=response.content)
        steps = self._steps(response)
        return Reply(
            status=response.status_code,
            headers=headers,
            body=Stream(clock=self._clock, steps=steps),
        )

    def _steps(self, response: httpx.Response) -> Iterator[Step]:
        pieces = response.iter_raw()
        job: Future[bytes | None] | None = None
        try:
            while True:
                job = self._threads.submit(next, pieces, None)
                yield Await(job)
                if job.exception():
                    yield Cut("truncated")
                    return
                if (piece := job.result()) is None:
                    return
                yield Send(piece)
        finally:
            if job is not None:  # a reader who leaves may leave a thread that still reads
                job.add_done_callback(lambda _: response.close())


def _passed(headers: Headers, *, whole: bool) -> list[tuple[str, str]]:
    """Return the headers that go on; those of a body that is put together anew are made with it."""
    left_out = _OF_THE_CONNECTION if whole else _OF_THE_CONNECTION | _OF_THE_BODY
    return [(name, value) for name, value in headers if name not in left_out]


def _body(request: Request, files: ExitStack) -> dict[str, Any]:
    body = request.body
    if isinstance(body, bytes):
        return {"content": body}
    if not isinstance(body, Spooled):
        return {"content": b""}
    return {
        "files": [
            (
                part.field,
                (
                    part.filename,
                    files.enter_context(part.path.open("rb")),
                    part.content_type,
                ),
            )
            for part in body.parts
        ]
    }
