"""Saving what is whole in a broken cassette into a new one.

A document is whole if it can be read as an interaction. Its first line need not be right: that is made
anew. What else a file holds is told, with the line it begins in.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nemovideo_proxy.cassette import index, openings
from nemovideo_proxy.cassette.beside import Beside
from nemovideo_proxy.cassette.broken import BrokenCassette, Unwritable
from nemovideo_proxy.cassette.documents import OPENING, header_of, interaction_of
from nemovideo_proxy.cassette.index import Span
from nemovideo_proxy.cassette.reading import blobs_of
from nemovideo_proxy.cassette.writer import Writer
from nemovideo_proxy.model import Header, Interaction

UNKNOWN = Header(
    upstream="unknown", recorded_at="unknown", harness="unknown", notes="The header was broken."
)
"""The header of a cassette that lost its own."""


_LAST = re.compile(rb"\nended: [0-9][0-9.e+-]*\Z")
"""What is written last: behind it nothing can be missing but the end of the line."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What could not be saved: where it stood (line, from 1), and why, in one sentence."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What came of a repair: how many interactions were saved, and what was not."""

    saved: int
    lost: tuple[Lost, ...]


def repair(path: Path | str, out: Path | str) -> Repaired:
    """Write the whole documents of the cassette at `path` into a new one at `out`.

    Raises FileExistsError if `out` is there already, and OSError where a file cannot be read or written.
    """
    path, out = Path(path), Path(out)
    found = _Found(path)
    with Writer.create(out, found.header) as writer:
        for interaction in found.numbered():
            found.copy_files(interaction, out)
            try:
                writer.add(interaction)
            except Unwritable as problem:  # a name of a header, written by hand, may be too long
                found.lost.append(Lost(1, f"interaction {interaction.number}: {problem}"))
            else:
                found.saved += 1
    return Repaired(saved=found.saved, lost=tuple(sorted(found.lost, key=lambda lost: lost.line)))


class _Found:
    """What is in a broken file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data = path.read_bytes().replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
        self.lost: list[Lost] = []
        self.saved = 0
        first, *rest = index.spans(self._data)
        header = self._header(first)
        self.header = header or UNKNOWN
        is_request = b"\nrequest:" in self._data[first.start : first.end]
        self._spans = [first, *rest] if is_request and not header else rest
        if not self._data.endswith(b"\n") and not _LAST.search(self._data):
            line = self._data.count(b"\n") + 1
            self.lost.append(Lost(line, "the last line has no end: it may be cut off"))

    def numbered(self) -> Iterator[Interaction]:
        """Yield what is whole, each with a number of its own."""
        found = list(self._whole())
        found += self._unfinished({number for number, _ in found})
        highest = max((number or 0 for number, _ in found), default=0)
        used: set[int] = set()
        for number, interaction in found:
            if number is None or number in used:
                highest += 1
                yield replace(interaction, number=highest)
            else:
                used.add(number)
                yield interaction

    def copy_files(self, interaction: Interaction, out: Path) -> None:
        """Copy the binaries of an interaction to the folder beside `out`."""
        for blob in blobs_of(interaction):
            try:
                source = Beside(self._path).path_of(blob)
            except BrokenCassette as problem:
                self.lost.append(Lost(1, f"interaction {interaction.number}: {problem.what}"))
                continue
            folder = Beside(out).folder
            folder.mkdir(exist_ok=True)
            if source.parent != folder:
                shutil.copyfile(source, folder / blob.name)

    def _header(self, span: Span) -> Header | None:
        try:
            return header_of(self._text(span), self._path, span.line)
        except (BrokenCassette, UnicodeDecodeError) as problem:
            self.lost.append(_lost(span, problem))
            return None

    def _whole(self) -> Iterator[tuple[int | None, Interaction]]:
        for span in self._spans:
            try:
                text = self._text(span)
                opening = OPENING.match(text)
                number = int(opening[1]) if opening and int(opening[1]) else None
                yield number, interaction_of(text, number or 1, self._path, span.line)
            except (BrokenCassette, UnicodeDecodeError) as problem:
                self.lost.append(_lost(span, problem))

    def _unfinished(self, known: set[int | None]) -> Iterator[tuple[int | None, Interaction]]:
        for left in openings.left_behind(self._path):
            if left.entry.number in known:
                continue
            try:
                yield left.entry.number, left.interaction()
            except BrokenCassette as problem:
                self.lost.append(Lost(1, f"{problem.path}: {problem.what}"))

    def _text(self, span: Span) -> str:
        data = self._data[span.start : span.end]
        index.refuse_breaks(data, self._path, span.line)
        return data.decode()


def _lost(span: Span, problem: ValueError) -> Lost:
    if isinstance(problem, BrokenCassette):
        return Lost(problem.line, problem.what)
    return Lost(span.line, "this is no UTF-8")
