"""What a document consists of. Every part knows its line; the first line of a file is 1."""

from __future__ import annotations

from dataclasses import dataclass, field

from nemovideo_client.skill.frontmatter import FrontMatter


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced or indented piece of code; `line` is that of its first line of content."""

    line: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text on one or more lines: prose, or what stands between backticks."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and the heads of its columns."""

    line: int
    heads: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the front matter cannot be read."""

    line: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document; `front` is None where `trouble` says why.

    `lines` are those below the front matter, which are empty above it: number n is `lines[n - 1]`.
    """

    lines: tuple[str, ...]
    front: FrontMatter | None = None
    trouble: Trouble | None = None
    broken: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    rows: tuple[Row, ...] = ()
    prose: tuple[Span, ...] = ()
    text: str = field(default="", repr=False)
