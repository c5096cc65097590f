"""A request on its way through a recording, and all that is to be told of it when it ends."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from nemovideo_proxy.model import End, Headers, Request
from nemovideo_proxy.recording import spending
from nemovideo_proxy.recording.exchange import Exchange
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.session import Session
from nemovideo_proxy.recording.spool import SpoolFile
from nemovideo_proxy.redaction import Dropped


class Passing:
    """What a door drives; whatever cannot be written raises NotRecorded, and is the end of the recording."""

    def __init__(self, session: Session, request: Request, *, base: str) -> None:
        self.request = request
        self.base = base
        self._session = session
        self._exchange: Exchange = session.recorder.begin(request, base=base)
        self._upload: SpoolFile | None = None
        self._is_paid = session.guard.is_paid(request)
        self.over = False
        if self._is_paid:
            session.guard.begun(self._exchange.number, request)

    @property
    def reframed(self) -> bool:
        """Say whether the client gets other lengths than the service announced."""
        return self._exchange.reframed

    def stream_up(self) -> None:
        """Say that the request's body comes in pieces."""
        recorder = self._session.recorder
        with recorder.guarding(), suppress(Dropped):
            recorder.redactor.request(self.request)  # what its head tells may come in its body
        with recorder.guarding():
            self._upload = recorder.spool()

    def piece_up(self, data: bytes) -> None:
        """Take a piece of the request's body."""
        recorder = self._session.recorder
        with recorder.guarding():
            if self._upload is None:
                return
            if self._upload.seen + len(data) > recorder.max_body:
                raise NotRecorded(
                    f"an upload is larger than {recorder.max_body} bytes: record it with a larger --max-body"
                )
            self._upload.feed(data)

    def sent(self) -> None:
        """Say that the request's body has come, or comes no further."""
        upload, self._upload = self._upload, None
        if upload is None:
            return
        with self._session.recorder.guarding():
            kind = self.request.header("content-type") or ""
            body = self._session.recorder.uploaded(upload, kind)
            self.request = replace(self.request, body=body)
            self._exchange.sent(self.request)

    def head(self, status: int, reason: str, version: str, headers: Headers) -> None:
        """Take the head of the reply."""
        with self._session.recorder.guarding():
            self._exchange.head(status, reason, version, headers)

    def piece(self, data: bytes) -> bytes:
        """Take a piece of the reply; returns what the client is to have now."""
        with self._session.recorder.guarding():
            return self._exchange.data(data)

    def end(self, end: End) -> bytes:
        """End it, once; returns what the client is still to have."""
        if self.over:
            return b""
        self.over = True
        guard = self._session.guard
        if self._is_paid:
            guard.ended(self._exchange.number, whole=end == "eof")
        self.sent()
        self._hear_balance()
        return self._session.recorder.end(self._exchange, end, self._session.tell)

    def _hear_balance(self) -> None:
        """A balance that the client asked for tells the guard as much as one that the guard asked for."""
        response = self._exchange.response
        if response is not None and self.request.url.startswith(spending.BALANCE):
            body = bytes(self._exchange.received)
            self._session.guard.heard(self.request, response.status, body)
