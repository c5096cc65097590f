"""A recording in memory, of whatever format: what a conversion takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nemovideo_proxy.model import Blob, Body, Header, Interaction, Multipart, Part


class Unreadable(Exception):
    """A file that does not hold what its format says: where (`line` from 1, if known), and what is wrong."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def nothing_beside(blob: Blob) -> bytes:
    """Refuse to read a blob of a recording that has none."""
    raise Unreadable(f"{blob.name}: there are no files beside this recording")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Interactions in order of number; `read` gives the content of their blobs.

    `lost` has a sentence for each thing that could not be carried over into this value.
    """

    header: Header
    interactions: tuple[Interaction, ...]
    read: Callable[[Blob], bytes] = nothing_beside
    lost: tuple[str, ...] = ()

    def bytes_of(self, body: Body) -> bytes:
        """Return a body as it went over the wire."""
        match body:
            case bytes():
                return body
            case Blob():
                return self.read(body)
            case Multipart():
                return b"".join(self._lines(body))

    def blobs(self) -> tuple[Blob, ...]:
        """Return the binaries of all interactions, each once."""
        bodies: list[object] = []
        for interaction in self.interactions:
            sent = interaction.request.body
            bodies += [p.body for p in sent.parts] if isinstance(sent, Multipart) else [sent]
            bodies.append(interaction.response and interaction.response.body)
        return tuple(dict.fromkeys(body for body in bodies if isinstance(body, Blob)))

    def _lines(self, body: Multipart) -> list[bytes]:
        boundary = b"--" + body.boundary.encode("latin-1")
        lines = [self._part(boundary, part) for part in body.parts]
        return [*lines, boundary, b"--\r\n"]

    def _part(self, boundary: bytes, part: Part) -> bytes:
        head = "".join(f"{name}: {value}\r\n" for name, value in part.headers).encode("latin-1")
        content = self.bytes_of(part.body)
        return boundary + b"\r\n" + head + b"\r\n" + content + b"\r\n"
