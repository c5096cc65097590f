"""A recorded interaction as a reply: at its recorded times, and with the values of the one who asked.

A reply that came in one go, or whose length was announced, goes out in one go when the last of it had
come: its connection can go on. A stream goes out piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo_fakeserver.clock import Clock
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Delayed, Headers, Reply, Stream
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send, Step, Until
from nemovideo_proxy.matching.rewriting import Span, moved, spliced
from nemovideo_proxy.model import Blob, End, Interaction, Piece, Response

OF_THE_CONNECTION = frozenset(
    ("connection", "keep-alive", "proxy-connection", "trailer", "transfer-encoding", "upgrade")
)
"""Headers that a door makes itself."""

CUTS: dict[End, HowToCut] = {
    "truncated": "truncated",
    "lost": "truncated",
    "reset": "reset",
    "timeout": "stall",
}
"""How a reply is broken off. Of a `lost` one nobody knows the end: that it has none is all that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """When replies are played: on `clock`, or all at once (`instant`)."""

    clock: Clock
    instant: bool

    def later(self, seconds: float, reply: Reply) -> Reply:
        """Return a reply that leaves so many seconds from now."""
        if self.instant or seconds <= 0:
            return reply
        until = self.clock.now() + seconds
        return Reply(body=Delayed(clock=self.clock, until=until, reply=reply))


class Scene:
    """An interaction as somebody is to see it, which may be played again and again.

    What does not depend on when it is played is made once; `find` says where its body lies if that is a
    file, each time.
    """

    def __init__(self, interaction: Interaction, find: Callable[[Blob], Path]) -> None:
        self._interaction = interaction
        self._find = find
        response = interaction.response
        self._whole: Reply | None = None
        if response is not None:
            self._headers = _headers(response)
            if interaction.end == "eof" and isinstance(response.body, bytes):
                self._at = _complete(response)
                self._whole = None if _is_stream(response) else self._reply(response, response.body)

    def played(self, stage: Stage) -> Reply:
        """Return the reply to somebody who asks now; raises `BrokenCassette` if its file is not there."""
        if self._whole is not None:
            return stage.later(self._at, self._whole)
        response = self._interaction.response
        if response is None:
            how = CUTS.get(self._interaction.end, "truncated")
            return stage.later(self._interaction.ended, Reply(body=Cut(how, clock=stage.clock)))
        if isinstance(response.body, bytes):
            return self._stream(response, response.body, stage)
        file = _file(self._find(response.body))
        if self._interaction.end == "eof":
            return stage.later(response.at, self._reply(response, file))
        return self._stream(response, file, stage)

    def _stream(self, response: Response, body: bytes | File, stage: Stage) -> Reply:
        start = stage.clock.now()
        if isinstance(body, File):
            steps = _file_steps(self._interaction, body, start, stage)
        else:
            steps = _steps(self._interaction, response, body, start, stage)
        stream = Stream(clock=stage.clock, steps=steps)
        return stage.later(response.at, self._reply(response, stream))

    def _reply(self, response: Response, body: bytes | File | Stream) -> Reply:
        return Reply(status=response.status, headers=self._headers, body=body)


def rewritten(response: Response, spans: list[Span]) -> Response:
    """Return a response whose body has the bytes of each span replaced; pieces and length follow."""
    body = response.body
    if not spans or not isinstance(body, bytes):
        return response
    new = spliced(body, spans)
    headers = tuple(
        (name, str(len(new)) if _is_length(name, value, body) else value)
        for name, value in response.headers
    )
    return replace(response, body=new, headers=headers, pieces=_recut(response.pieces, spans))


def _is_length(name: str, value: str, body: bytes) -> bool:
    return name.lower() == "content-length" and value == str(len(body))


def _recut(pieces: tuple[Piece, ...], spans: list[Span]) -> tuple[Piece, ...]:
    ends, total = [], 0
    for piece in pieces:
        total += piece.size
        ends.append(total)
    sizes, done = [], 0
    for end in moved(ends, spans):
        sizes.append(end - done)
        done = end
    return tuple(Piece(piece.at, size) for piece, size in zip(pieces, sizes, strict=True))


def _headers(response: Response) -> Headers:
    return tuple(
        (name, value) for name, value in response.headers if name.lower() not in OF_THE_CONNECTION
    )


def _is_stream(response: Response) -> bool:
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    announced = response.header("content-length") is not None
    return kind == "text/event-stream" or (len(response.pieces) > 1 and not announced)


def _complete(response: Response) -> float:
    return max((response.at, *(piece.at for piece in response.pieces)))


def _steps(
    interaction: Interaction, response: Response, body: bytes, start: float, stage: Stage
) -> Iterator[Step]:
    done = 0
    for piece in response.pieces:
        if not stage.instant:
            yield Until(start + piece.at)
        yield Send(body[done : done + piece.size])
        done += piece.size
    if done < len(body):
        yield Send(body[done:])
    yield from _ending(interaction, start, stage)


def _file_steps(interaction: Interaction, file: File, start: float, stage: Stage) -> Iterator[Step]:
    yield Send(file)
    yield from _ending(interaction, start, stage)


def _ending(interaction: Interaction, start: float, stage: Stage) -> Iterator[Step]:
    silent = interaction.end == "timeout"
    if not stage.instant and not silent:
        yield Until(start + interaction.ended)
    if interaction.end != "eof":
        yield Cut(CUTS[interaction.end])


def _file(path: Path) -> File:
    return File(path=path, start=0, length=path.stat().st_size)
