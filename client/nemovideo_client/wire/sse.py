"""Server-Sent Events, decoded as the HTML standard says (section 9.2.6, "Interpreting an event stream").

Bytes in, events out; no I/O. `data:` and a blank line are an event, an empty one: some heartbeats of
NemoVideo look so, and telling them apart is not the decoder's affair. Lines are cut before they are
decoded, which no byte of a UTF-8 sequence can upset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LIMIT = 8 << 20
"""The most bytes one event may have: an ADK event may carry a whole project (assumed)."""

_DIGITS = re.compile("[0-9]{1,15}")  # more are no time to wait, and int() refuses thousands of them


class EventTooLong(ValueError):
    """An event, or a line, has more bytes than the limit; the decoder is of no use after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSentEvent:
    """One event. `id` is the last one seen in the stream, `retry` (ms) what this event itself says."""

    event: str = "message"
    data: str = ""
    id: str = ""
    retry: int | None = None


class Decoder:
    """Turns one stream into events, however its bytes are cut; linear in their number."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._line = bytearray()
        self._first_line = True
        self._after_cr = False
        self._event = ""
        self._data: list[str] = []
        self._size = 0
        self._id = ""
        self._retry: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """Yield the events that `chunk` completes; take them all before feeding the next chunk.

        Raises EventTooLong.
        """
        if not chunk:
            return
        if self._after_cr:  # CR ended the line already; LF would only make it CRLF
            chunk = chunk.removeprefix(b"\n")
        self._after_cr = chunk.endswith(b"\r")
        for piece in chunk.splitlines(keepends=True):  # of bytes: at CR, LF and CRLF only
            content = piece.rstrip(b"\r\n")
            self._line += content
            if self._size + len(self._line) > self._limit:
                raise EventTooLong(f"an event of the stream has more than {self._limit} bytes")
            if len(content) < len(piece):
                yield from self._end_line()

    def finish(self) -> bool:
        """End the stream: an event without its blank line is dropped. Say whether one was cut off so."""
        cut_off = bool(self._line or self._data)
        self._line.clear()
        self._clear()
        return cut_off

    def _end_line(self) -> Iterator[ServerSentEvent]:
        size, line = len(self._line), self._line.decode(errors="replace")
        self._line.clear()
        if self._first_line:
            line, self._first_line = line.removeprefix("\ufeff"), False
        if line:
            name, _, value = line.partition(":")
            self._take(name, value.removeprefix(" "), size)
            return
        if self._data:
            yield self._whole()
        self._clear()

    def _take(self, name: str, value: str, size: int) -> None:
        """Process one field; a comment is a field without a name, and ignored like any unknown one."""
        match name:
            case "data":
                self._data.append(value)
                self._size += size
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if _DIGITS.fullmatch(value):
                self._retry = int(value)

    def _whole(self) -> ServerSentEvent:
        return ServerSentEvent(
            event=self._event or "message",
            data="\n".join(self._data),
            id=self._id,
            retry=self._retry,
        )

    def _clear(self) -> None:
        """Forget the event, but not the last id: it stays for the events that follow."""
        self._event, self._data, self._size, self._retry = "", [], 0, None
