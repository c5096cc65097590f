"""A script into words and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.shell.quoting import HERE, Broken, Scan, parts
from nemovideo_client.skill.shell.words import Literal, Part, Sign, Text, Token, Word

_SIGN = re.compile(r"[0-9]?>&[0-9-]|&>>?|\d?>>|\d?>\|?|<<<|<<-?|\d?<&?|&&|\|\||;;|[;&|()\n]")
_PLACEHOLDER = re.compile(r"<[A-Za-z][\w.'-]*(?: [\w.'-]+)*>")
"""`<session_id>` is what people write for a value; to a shell it would be a file to read."""

_END = re.compile(r"[ \t\n;&|()<>]")


def tokens(script: str, line: int = 1) -> Iterator[Token]:
    """Give the tokens of a script that begins at `line`. Raises Broken where a quote is never closed."""
    scan = Scan(script, line)
    waiting: list[tuple[str, bool]] = []
    while not scan.done:
        if scan.take(r"[ \t]+|\\\n"):
            continue
        if scan.take(r"#[^\n]*"):
            continue
        here = scan.line
        sign = None if scan.see(_PLACEHOLDER) else scan.take(_SIGN)
        if sign is None:
            yield word(scan)
            continue
        yield Sign(here, sign)
        if sign in ("<<", "<<-"):
            scan.take(r"[ \t]+")
            end = word(scan)
            yield end
            waiting.append((end.plain or "", end.bare == ""))
        elif sign == "\n":
            for mark, quoted in waiting:
                yield _here_document(scan, mark, quoted=quoted)
            waiting.clear()


def word(scan: Scan) -> Word:
    """Read a word."""
    begin, found = scan.line, list[Part]()
    while not scan.done:
        if placeholder := scan.take(_PLACEHOLDER):
            found.append(Literal(placeholder))
            continue
        if scan.see(_END):
            break
        found += parts(scan)
    joined = tuple(_joined(found))
    if not joined:
        raise Broken(begin, f"`{scan.skip()}` has no place there")
    return Word(begin, joined, scan.line)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Put neighbours of one kind of quote together; an empty literal stays where it is all there is."""
    last: Literal | None = None
    for one in parts:
        if isinstance(one, Literal) and last is not None and last.quote == one.quote:
            last = Literal(last.text + one.text, last.quote)
            continue
        if last is not None:
            yield last
        last = one if isinstance(one, Literal) else None
        if last is None:
            yield one
    if last is not None:
        yield last


def _here_document(scan: Scan, mark: str, *, quoted: bool) -> Text:
    line, lines = scan.line, list[str]()
    while not scan.done:
        text = scan.take(r"[^\n]*") or ""
        scan.take(r"\n")
        if text.lstrip("\t") == mark or text.strip() == mark:
            break
        lines.append(text)
    text = "\n".join(lines)
    if quoted:
        return Text(line, Word(line, (Literal(text, "'"),), scan.line))
    inner = Scan(text, line)
    found = list[Part]()
    while not inner.done:
        found += parts(inner, inside=HERE)
    return Text(line, Word(line, tuple(_joined(found)), scan.line))
