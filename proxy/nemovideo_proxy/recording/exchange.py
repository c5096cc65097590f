"""One request and what comes of it, while it comes: what the client gets, and what is written.

The law:

* What is written has passed redaction; what the client gets has not.
* The client gets every byte at once, but for JSON (held until it is whole, so that URLs in it can be put in
  place) and an unfinished line that has begun a URL.
* Whatever cannot be written raises NotRecorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from nemovideo_proxy.model import (
    Blob,
    Body,
    End,
    Headers,
    Interaction,
    Piece,
    Request,
    Response,
    first,
)
from nemovideo_proxy.recording import media_kinds
from nemovideo_proxy.recording.assets import Assets, Rewriting
from nemovideo_proxy.recording.decoding import Decoder, Plain, decoder_of, without_coding
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.needs import Live, Opening, Redactor, Writer
from nemovideo_proxy.recording.spool import Spool, SpoolFile
from nemovideo_proxy.redaction import Dropped

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of text that one reply may have: it is held in memory until it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What exchanges write with. `now` is seconds into the recording; `max_body` in bytes."""

    writer: Writer
    redactor: Redactor
    spool: Spool
    assets: Assets | None
    now: Callable[[], float]
    max_body: int


class Exchange:
    """Fed by a door in this order: `body` (a request that streams), `head`, `data`, `end`."""

    def __init__(self, means: Means, request: Request, *, base: str = "") -> None:
        self.number = means.writer.next_number()
        self.at = means.now()
        self.request = request
        self.response: Response | None = None
        self.received = bytearray()
        """The text of the reply so far, before redaction: for whoever watches, never for the disk."""
        self._means = means
        self._base = base
        self._opening: Opening | None = None
        self._pieces: list[Piece] = []
        self._spooled: SpoolFile | None = None
        self._decoder: Decoder = Plain()
        self._live: Live | None = None
        self._rewriting: Rewriting | None = None
        self._held = bytearray()
        self._holds = False

    def sent(self, request: Request) -> None:
        """Take the request as it turned out to be, where its body came after it had begun."""
        self.request = request

    def head(self, status: int, reason: str, version: str, headers: Headers) -> None:
        """Take the head of the reply."""
        at = self._age()
        if self.request.method != "HEAD":
            self._limit(length_of(headers) or 0)
        self._decoder = decoder_of(headers)
        kept = without_coding(headers)
        content_type = media_kinds.content_type_of(headers)
        self.response = Response(status=status, reason=reason, version=version, headers=kept, at=at)
        if media_kinds.is_stream(content_type):
            self._open(self.response)
        if self._opening is not None:
            self._live = self._means.redactor.stream(content_type)
        elif not media_kinds.is_text(content_type):
            self._spooled = self._means.spool.open(self._means.redactor.opaque())
        if self._means.assets is not None and media_kinds.names_urls(content_type):
            self._rewriting = Rewriting(self._means.assets, self._base)
            self._holds = not media_kinds.is_stream(content_type)

    @property
    def is_kept(self) -> bool:
        """Say whether all that came of it would survive the end of the process."""
        return self._opening is not None

    @property
    def reframed(self) -> bool:
        """Say whether the client gets other lengths than the service sent."""
        return self._rewriting is not None or not isinstance(self._decoder, Plain)

    def data(self, data: bytes) -> bytes:
        """Take a piece of the reply; returns what the client is to have of it now."""
        data = self._decoder.feed(data)
        if not data:
            return b""
        at = self._age()
        self._pieces.append(Piece(at, len(data)))
        if self._spooled is not None:
            self._to_file(self._spooled, data)
            return data
        self._to_opening(at, data)
        return self._for_client(data)

    def end(self, end: End) -> tuple[Interaction | None, bytes]:
        """Return the exchange as it ended and may be written, and what the client is still to have.

        It is None where the user's rules leave the exchange out.
        """
        rest = self._last_for_client()
        try:
            interaction = self._interaction(end)
        except Dropped:
            if self._opening is not None:
                self._opening.drop()
            return None, rest
        if self._opening is not None and self._live is not None:
            self._keep(self._opening, self._live.finish())
        return interaction, rest

    def _open(self, response: Response) -> None:
        """Keep a stream from here on, whatever happens; what is not one is over before that would matter."""
        redactor = self._means.redactor
        try:
            safe = redactor.request(self.request)
        except Dropped:
            return
        head = redactor.head(response)
        self._opening = self._means.writer.begin(self.number, self.at, safe)
        self._opening.head(head.status, head.reason, head.version, head.headers, response.at)

    def _age(self) -> float:
        return round(self._means.now() - self.at, 3)

    def _to_file(self, spooled: SpoolFile, data: bytes) -> None:
        self._limit(spooled.seen + len(data))
        spooled.feed(data)

    def _limit(self, size: int) -> None:
        if size > self._means.max_body:
            raise NotRecorded(
                f"a reply is larger than {self._means.max_body} bytes: record it with a larger --max-body"
            )

    def _to_opening(self, at: float, data: bytes) -> None:
        if len(self.received) + len(data) > TEXT_LIMIT:
            raise NotRecorded(f"a reply of text is larger than {TEXT_LIMIT} bytes")
        self.received += data
        if self._opening is None or self._live is None:
            return
        self._keep(self._opening, self._live.feed(at, data))

    def _keep(self, opening: Opening, pieces: Iterable[tuple[float, bytes]]) -> None:
        for when, safe in pieces:
            opening.piece(when, safe)

    def _for_client(self, data: bytes) -> bytes:
        if self._rewriting is None:
            return data
        if self._holds:
            self._held += data
            return b""
        return self._rewriting.feed(data)

    def _last_for_client(self) -> bytes:
        if self._rewriting is None:
            return b""
        return self._rewriting.feed(bytes(self._held)) + self._rewriting.finish()

    def _interaction(self, end: End) -> Interaction:
        return Interaction(
            number=self.number,
            at=self.at,
            request=self._means.redactor.request(self.request),
            response=self._whole(),
            ended=self._age(),
            end=end,
        )

    def _whole(self) -> Response | None:
        if self.response is None:
            return None
        body: Body = bytes(self.received) if self._spooled is None else self._kept(self._spooled)
        assert isinstance(body, (bytes, Blob))
        return self._means.redactor.response(
            replace(self.response, body=body, pieces=tuple(self._pieces))
        )

    def _kept(self, spooled: SpoolFile) -> bytes | Blob:
        path = spooled.finish()
        if not spooled.seen:
            path.unlink()
            return b""
        headers = () if self.response is None else self.response.headers
        return self._means.writer.keep(
            path, media_kinds.suffix_of(media_kinds.content_type_of(headers))
        )


def length_of(headers: Headers) -> int | None:
    """Return the length that headers announce, or None."""
    said = (first(headers, "content-length") or "").strip()
    return int(said) if said.isascii() and said.isdigit() else None
