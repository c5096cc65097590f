"""Markdown into the parts of a document. markdown-it-py finds the blocks, as CommonMark and GitHub have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nemovideo_client.errors import SkillUnreadable, UsageError
from nemovideo_client.skill import frontmatter
from nemovideo_client.skill.document import backticks
from nemovideo_client.skill.document.parts import Block, Document, Row, Span, Trouble
from nemovideo_client.skill.document.source import Source

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(source: Source) -> Document:
    """Return the parts of a text, whatever it is. Raises UsageError where markdown-it-py is missing."""
    front, trouble, first = _front(source.text)
    lines = source.text.split("\n")
    lines[:first] = [""] * first
    body = "\n".join(lines)
    tokens = _tokens(body)
    prose = tuple(_prose(tokens))
    return Document(
        lines=tuple(lines),
        text=body,
        front=front,
        trouble=trouble,
        broken=source.broken,
        blocks=tuple(_blocks(tokens)),
        rows=tuple(_rows(tokens)),
        prose=prose,
        spans=tuple(found for span in prose for found in backticks.spans(span.text, span.line)),
    )


def _front(text: str) -> tuple[frontmatter.FrontMatter | None, Trouble | None, int]:
    """Return the front matter, or what is wrong with it, and how many lines it takes."""
    head = text[: frontmatter.LIMIT]
    try:
        front = frontmatter.read(head, "-")
    except SkillUnreadable as error:
        _, line, what = error.message.split(":", 2)
        return None, Trouble(int(line), f"{what.strip()}. {error.next_step}"), 0
    return front, None, head[: len(head) - len(front.body)].count("\n")


def _tokens(body: str) -> Sequence[Token]:
    try:
        from markdown_it import MarkdownIt
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"Checking a skill needs {missing.name}, which is not installed",
            next_step="Run pip install 'nemovideo-harness[cli]'.",
        ) from None
    reader = MarkdownIt("commonmark").enable("table")
    # What stands inside a line we read ourselves: its tokens do not know their lines.
    reader.core.ruler.disable(["inline", "text_join"])
    return reader.parse(body)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            language = token.info.split()[0].lower() if token.info.split() else ""
            yield Block(token.map[0] + 1 + (token.type == "fence"), language, token.content)


def _prose(tokens: Sequence[Token]) -> Iterator[Span]:
    for token in tokens:
        if token.type in ("inline", "html_block") and token.map:
            yield Span(token.map[0] + 1, token.content)


def _rows(tokens: Sequence[Token]) -> Iterator[Row]:
    heads: tuple[str, ...] = ()
    cells: list[str] = []
    line = 0
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.type == "tr_open" and token.map:
            cells, line = [], token.map[0] + 1
        elif token.type == "inline" and before and before.type in ("th_open", "td_open"):
            cells.append(token.content.strip())
        elif token.type == "tr_close" and cells:
            yield Row(line, heads, tuple(cells))
        elif token.type == "thead_close":
            heads = tuple(cells)
        elif token.type == "table_close":
            heads = ()
