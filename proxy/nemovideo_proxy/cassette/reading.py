"""An open cassette: its index, and each interaction when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from nemovideo_proxy.cassette import index, openings
from nemovideo_proxy.cassette.beside import Beside
from nemovideo_proxy.cassette.broken import BrokenCassette, to_repair
from nemovideo_proxy.cassette.documents import header_of, interaction_of
from nemovideo_proxy.cassette.index import Entry, Span
from nemovideo_proxy.cassette.openings import Left
from nemovideo_proxy.model import Blob, Header, Interaction, Multipart
from nemovideo_proxy.signature import Signature, signature_of

REMEMBERED = 32
"""Interactions that are kept parsed."""


class Cassette:
    """A cassette as it lay on disk when it was opened; unfinished exchanges are part of it.

    Opening reads the file and its index lines, and parses the header alone. The file is read and not
    mapped: an editor that shortens it meanwhile cannot pull it away under a replay.
    """

    def __init__(
        self,
        path: Path,
        data: bytes,
        header: Header,
        entries: tuple[Entry, ...],
        left: Iterable[Left],
    ) -> None:
        self.path = path
        self.header = header
        self.entries = entries
        """In order of number."""
        self._data = data
        self._left = {each.entry.number: each for each in left}
        self._beside = Beside(path)
        self._cached = lru_cache(REMEMBERED)(self._read)

    @classmethod
    def open(cls, path: Path | str) -> Cassette:
        """Open a cassette; raises `BrokenCassette`, and OSError where no file can be read."""
        path = Path(path)
        left = openings.left_behind(path)  # before the file: what is finished meanwhile is in there
        data = path.read_bytes()
        if b"\r" in data:
            index.refuse_breaks(data, path)
        data, (first, *rest) = _whole(data, path)
        header = header_of(_text(data, first, path), path, first.line)
        entries: list[Entry] = []
        before, learn = 0, _learner(data, path)
        for span in rest:
            entries.append(index.entry_of(data, span, path, before, learn))
            before = entries[-1].number
        known = {entry.number for entry in entries}
        entries += [each.entry for each in left if each.entry.number not in known]
        return cls(path, data, header, index.in_order(entries, path), left)

    def interaction(self, entry: Entry) -> Interaction:
        """Return an interaction; raises `BrokenCassette` if its document is none."""
        return self._cached(entry)

    def text(self, entry: Entry) -> str:
        """Return the document of an interaction as it stands in its file."""
        if entry.unfinished is not None:
            return self._left[entry.number].data.decode()
        return _text(self._data, Span(entry.line, entry.start, entry.end), self.path)

    def path_of(self, blob: Blob) -> Path:
        """Return where a binary lies; raises `BrokenCassette` unless it is there with its size."""
        return self._beside.path_of(blob)

    def check(self, blob: Blob) -> None:
        """Read a binary, and raise `BrokenCassette` if it is not what its name says."""
        self._beside.check(blob)

    def orphans(self) -> tuple[Path, ...]:
        """Return the files in the folder beside that no interaction has; parses all."""
        return self._beside.others(blob for each in self for blob in blobs_of(each))

    @property
    def size(self) -> int:
        """The length of the file in bytes, without a document that was not written to its end."""
        ends = [entry.end for entry in self.in_file()]
        return max(ends, default=next(index.spans(self._data)).end)

    def in_file(self) -> list[Entry]:
        """Return the entries whose documents are in the file itself, in the order they stand there."""
        written = (entry for entry in self.entries if entry.unfinished is None)
        return sorted(written, key=lambda entry: entry.start)

    def close(self) -> None:
        """Forget what was read."""
        self._data = b""
        self._cached.cache_clear()

    def __iter__(self) -> Iterator[Interaction]:
        return map(self.interaction, self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, entry: Entry) -> Interaction:
        if entry.unfinished is not None:
            return self._left[entry.number].interaction()
        found = interaction_of(self.text(entry), entry.number, self.path, entry.line)
        signature = signature_of(found.request)
        if signature != entry.signature:
            what = f"this line says `{entry.signature}`, and the request is `{signature}`"
            raise BrokenCassette(
                self.path, entry.line, what, f"correct it, or {to_repair(self.path)}"
            )
        return found


def blobs_of(interaction: Interaction) -> Iterator[Blob]:
    """Yield the binaries of an interaction."""
    bodies: list[object] = [interaction.request.body]
    if isinstance(interaction.request.body, Multipart):
        bodies += [part.body for part in interaction.request.body.parts]
    if interaction.response is not None:
        bodies.append(interaction.response.body)
    return (body for body in bodies if isinstance(body, Blob))


def is_empty(path: Path) -> bool:
    """Say whether nothing was ever recorded into the file at `path`; raises what `Cassette.open` does."""
    if path.is_file() and path.stat().st_size == 0 and not openings.left_behind(path):
        return True
    with Cassette.open(path) as cassette:
        return not cassette.entries


def _text(data: bytes, span: Span, path: Path) -> str:
    part = data[span.start : span.end]
    index.refuse_breaks(part, path, span.line)
    try:
        return part.decode()
    except UnicodeDecodeError as problem:
        line = span.line + part.count(b"\n", 0, problem.start)
        raise BrokenCassette(path, line, "this is no UTF-8", to_repair(path)) from None


def _learner(data: bytes, path: Path) -> index.Learn:
    def learn(span: Span, number: int) -> Signature:
        return signature_of(
            interaction_of(_text(data, span, path), number, path, span.line).request
        )

    return learn


def _whole(data: bytes, path: Path) -> tuple[bytes, list[Span]]:
    """Return a file without a document that a killed recording did not get to the end of, and its documents."""
    spans = list(index.spans(data))
    last = spans[-1]
    end = index.whole(data, last)
    if end == len(data) or (data.endswith(b"\n") and len(spans) == 1):
        return data, spans
    cut = _cut(data, last, end, path)
    if cut is not None and not openings.folder_of(path).is_dir():
        raise cut
    return (data, spans) if cut is None else (data[:end], list(index.spans(data[:end])))


def _cut(data: bytes, last: Span, end: int, path: Path) -> BrokenCassette | None:
    """Return what is wrong with a last document that does not end as they are written."""
    if not data.endswith(b"\n"):
        line = data.count(b"\n", 0, end) + 1
        what = "the file is cut off in this document: its last line has no end"
        return BrokenCassette(path, line, what, to_repair(path))
    try:
        interaction_of(_text(data, last, path), 0, path, last.line)
    except BrokenCassette as problem:
        return problem
    return None
