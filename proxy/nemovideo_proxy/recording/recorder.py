"""A recording: its clock, its exchanges that are underway, and what becomes of them when it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from nemovideo_proxy.cassette import InUse, Unwritable
from nemovideo_proxy.model import Blob, End, Interaction, Multipart, Request
from nemovideo_proxy.recording.assets import Assets
from nemovideo_proxy.recording.exchange import Exchange, Means
from nemovideo_proxy.recording.later import Later
from nemovideo_proxy.recording.marked import NotRecorded
from nemovideo_proxy.recording.needs import Redactor, Writer
from nemovideo_proxy.recording.spool import Spool, SpoolFile
from nemovideo_proxy.recording.uploads import boundary_of, small_text, taken_apart
from nemovideo_proxy.redaction import Leak, Undecodable

MAX_BODY = 600 * 1024 * 1024
"""Bytes that one body may have, unless said otherwise."""


Written: TypeAlias = Callable[[Interaction], None]
"""Is told of each interaction that is in the cassette."""


def _nobody(_: Interaction) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Recorder:
    """Begins and ends exchanges. The first thing that cannot be written ends it: `failure` says why.

    `now` is seconds on any clock that does not go back; `rate` is how many of the service's seconds pass in
    one of it. Streams that have ended are written `later`, if that is given; `failed` is told if one of
    them could not be.
    """

    writer: Writer
    redactor: Redactor
    folder: Path
    now: Callable[[], float]
    assets: Assets | None = None
    rate: float = 1.0
    max_body: int = MAX_BODY
    later: Later | None = None
    failed: Callable[[str], None] = lambda _: None
    failure: str = ""
    _underway: dict[int, Exchange] = field(default_factory=dict)
    _means: Means = field(init=False)

    def __post_init__(self) -> None:
        began = self.now()
        self._means = Means(
            writer=self.writer,
            redactor=self.redactor,
            spool=Spool(self.folder),
            assets=self.assets,
            now=lambda: round((self.now() - began) * self.rate, 3),
            max_body=self.max_body,
        )

    @property
    def seconds(self) -> float:
        """How far into the recording it is, in the service's seconds."""
        return self._means.now()

    def begin(self, request: Request, *, base: str = "") -> Exchange:
        """Begin an exchange for a client that knows the proxy as `base`."""
        if self.failure:
            raise NotRecorded(self.failure)
        with self.guarding():
            exchange = Exchange(self._means, request, base=base)
        self._underway[exchange.number] = exchange
        return exchange

    def end(self, exchange: Exchange, end: End, written: Written) -> bytes:
        """End it; returns what the client is still to have.

        `written` is called once it is in the cassette: before this returns, but for a stream that is written
        `later`, which lies in a file of its own until then.
        """
        del self._underway[exchange.number]
        with self.guarding():
            interaction, rest = exchange.end(end)
            if interaction is None:
                return rest
            if self.later is not None and exchange.is_kept:
                self._add_later(self.later, interaction, written)
                return rest
            self.writer.add(interaction)
        written(interaction)
        return rest

    def _add_later(self, later: Later, interaction: Interaction, written: Written) -> None:
        def then(problem: BaseException | None) -> None:
            told = interaction
            try:
                with self.guarding():
                    if isinstance(problem, Leak):  # it was told after this was redacted
                        told = self.redactor.again(interaction)
                        self.writer.add(told)
                    elif problem is not None:
                        raise problem
            except NotRecorded as failure:
                self.failed(str(failure))
            else:
                written(told)

        later.do(lambda: self.writer.add(interaction), then)

    def spool(self) -> SpoolFile:
        """Begin a request body that goes to the disk while it comes."""
        return self._means.spool.open(self.redactor.opaque())

    def uploaded(self, spooled: SpoolFile, content_type: str) -> bytes | Blob | Multipart:
        """Return the body that was spooled as the cassette has it."""
        path = spooled.finish()
        if not spooled.seen:
            path.unlink()
            return b""
        boundary = boundary_of(content_type)
        body: bytes | Multipart | None = (
            taken_apart(path, boundary, self._keep) if boundary else small_text(path)
        )
        if body is None:
            return self.writer.keep(path, "")
        path.unlink()
        return body

    def guarding(self) -> Guarding:
        """Turn whatever keeps from writing into NotRecorded, for good."""
        return Guarding(self)

    def close(self, written: Written = _nobody) -> None:
        """End what is underway as lost, of which `written` is told, and settle the cassette."""
        try:
            for exchange in tuple(self._underway.values()):
                if not self.failure:
                    self.end(exchange, "lost", written)
        finally:
            if self.later is not None:
                self.later.finish()
            self._means.spool.close()
            with self.guarding():
                self.writer.mend(self.redactor.check, self.redactor.again)
            with self.guarding():
                self.writer.close()

    def _keep(self, content: bytes | memoryview, suffix: str) -> Blob:
        path = self._means.spool.new()
        with path.open(
            "xb", buffering=0
        ) as file:  # `write_bytes` would hold a view of it where it fails
            done = 0
            while done < len(content):
                done += file.write(content[done:])
        return self.writer.keep(path, suffix)


class Guarding:
    """A context: an error inside it is the end of the recording."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def __enter__(self) -> None:
        """Nothing to do yet."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None or not isinstance(error, Exception):
            return
        sentence = str(error) if isinstance(error, NotRecorded) else _sentence(error)
        self._recorder.failure = self._recorder.failure or sentence
        raise NotRecorded(sentence) from error


def _sentence(error: Exception) -> str:
    """Say what kept from writing; only of errors whose text is known to quote nothing that came in."""
    if isinstance(error, (Leak, Undecodable, InUse, Unwritable)):
        return str(error)
    if isinstance(error, OSError):
        return f"the cassette cannot be written: {error.strerror or 'input/output error'}"
    return f"the cassette cannot be written: {type(error).__name__}"
