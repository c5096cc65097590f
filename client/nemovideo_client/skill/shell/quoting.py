"""Quotes, escapes, variables and substitutions: one part of a word at a time."""

from __future__ import annotations

import re

from nemovideo_client.skill.shell.ansi import unescaped
from nemovideo_client.skill.shell.words import Literal, Output, Part, Sum, Variable

_NAME = re.compile(r"[A-Za-z_]\w*|[0-9@*#?$!-]")
_PLAIN = re.compile(r"[^\s\\'\"`$;&|()<>]+|[<>]")
_PLAIN_INSIDE = re.compile(r"[^\\\"`$]+|\"")
_INDEX = re.compile(r"\[[^\]\n]*\]")
_BRACED = re.compile(r"[#!]?([A-Za-z_]\w*|[0-9@*#?$!-])")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_SUM = re.compile(r"\((?:[^()]|\([^()]*\))*\)", re.DOTALL)
"""What stands in `$((…))`, and not in `$((one); (two))`."""

_CLOSERS = {"{": "}", "(": ")"}
_QUOTES = {"'": "single quote", '"': "double quote", "`": "backtick"}


DEEPEST = 30
"""Quoted substitutions within each other that are read."""


class Broken(Exception):
    """The script cannot be read; `line` says where, `what` why."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


class Scan:
    """A text that is read from its beginning to its end; knows its line."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.at = 0
        self.line = line

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.at >= len(self.text)

    def see(self, pattern: str | re.Pattern[str]) -> bool:
        """Say whether that comes next."""
        return re.compile(pattern).match(self.text, self.at) is not None

    def take(self, pattern: str | re.Pattern[str]) -> str | None:
        """Take what comes next, if it is that."""
        found = re.compile(pattern).match(self.text, self.at)
        if found is None:
            return None
        self.forward(found.end())
        return found[0]

    def skip(self) -> str:
        """Take one character, whatever it is; empty at the end."""
        character = self.text[self.at : self.at + 1]
        self.forward(min(self.at + 1, len(self.text)))
        return character

    def forward(self, to: int) -> None:
        """Go on at another place."""
        self.line += self.text.count("\n", self.at, to)
        self.at = to


HERE = "<<"
"""Inside of a here-document, which is like double quotes, but for them."""

_KEPT = {'"': '$`"\\', HERE: "$`\\"}
"""What a backslash takes the meaning from inside."""


def parts(scan: Scan, inside: str = "") -> list[Part]:
    """Read one thing; `inside` double quotes or a here-document, a single quote and a blank are nothing special."""
    if not inside and scan.take('"'):
        return _double(scan)
    return [_part(scan, inside)]


def _part(scan: Scan, inside: str) -> Part:
    quote = inside and '"'
    if scan.take(r"\\\n"):
        return Literal("", quote)
    if escaped := scan.take(_ESCAPED):
        kept = not inside or escaped[1] in _KEPT[inside]
        return Literal(escaped[1] if kept else escaped, quote or "'")
    if scan.see(r"\$"):
        return _dollar(scan, quote)
    line = scan.line
    if scan.take("`"):
        return Output(_until(scan, "`").replace("\\`", "`"), quote, line)
    if not inside and scan.take("'"):
        return Literal(_until(scan, "'", escapes=False), "'")
    plain = scan.take(_PLAIN_INSIDE if inside else _PLAIN)
    return Literal(scan.skip() if plain is None else plain, quote)


def _double(scan: Scan) -> list[Part]:
    line, found = scan.line, list[Part]()
    while not scan.done:
        if scan.take('"'):
            return found or [Literal("", '"')]
        found.append(_part(scan, '"'))
    raise Broken(line, "a double quote is never closed")


def _dollar(scan: Scan, quote: str) -> Part:
    scan.skip()
    if not quote and scan.take("'"):
        return Literal(unescaped(_until(scan, "'")), "'")
    line = scan.line
    if scan.take(r"\("):
        within = _balanced(scan, "(")
        if _SUM.fullmatch(within):
            return Sum(within[1:-1], quote)
        return Output(within, quote, line)
    if scan.take(r"\{"):
        whole = _balanced(scan, "{")
        name = _BRACED.match(whole)
        return Variable(name[1], whole[name.end() :], quote) if name else Literal(whole, quote)
    name_only = scan.take(_NAME)
    return Variable(name_only, "", quote) if name_only else Literal("$", quote)


def _until(scan: Scan, quote: str, *, escapes: bool = True) -> str:
    """Return what stands before the closing quote."""
    line, start = scan.line, scan.at
    while not scan.done:
        if escapes and scan.take(_ESCAPED):
            continue
        if scan.take(quote):
            return scan.text[start : scan.at - 1]
        scan.skip()
    raise Broken(line, f"a {_QUOTES[quote]} is never closed")


def _balanced(scan: Scan, opening: str, nested: int = 0) -> str:
    """Return what stands before the closing bracket, past quotes and brackets inside."""
    line, start, depth = scan.line, scan.at, 1
    while not scan.done:
        if scan.take(_ESCAPED):
            continue
        character = scan.skip()
        if character in _QUOTES:
            _pass(scan, character, nested)
        depth += (character == opening) - (character == _CLOSERS[opening])
        if not depth:
            return scan.text[start : scan.at - 1]
    raise Broken(line, f"`${opening}` is never closed")


def _pass(scan: Scan, quote: str, depth: int) -> None:
    """Go past a quoted piece inside brackets; double quotes may hold brackets of their own."""
    if quote != '"':
        _until(scan, quote, escapes=quote == "`")
        return
    line = scan.line
    if depth > DEEPEST:
        raise Broken(line, f"more than {DEEPEST} commands stand in each other")
    while not scan.done:
        if scan.take(_ESCAPED):
            continue
        if scan.take(r"\$\("):
            _balanced(scan, "(", depth + 1)
        elif scan.skip() == '"':
            return
    raise Broken(line, "a double quote is never closed")
