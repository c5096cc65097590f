"""Words become text: what stands for something else is replaced by it. Where the values come from is not said here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from nemovideo_client.skill.shell.quoting import Broken, Scan, parts
from nemovideo_client.skill.shell.words import Literal, Output, Part, Sum, Variable, Word

_DEFAULT = re.compile(r":?[-=]")
_DEMAND = re.compile(r":?\?")
_ALL = re.compile(r"\[[@*]\]")
_DEEPEST = 8
_ITEM = re.compile(r"\[(\d{1,4})\]")
_TRIMMED = re.compile(r"(%%?|##?)([^*?\[$]*)")


class Values(Protocol):
    """Knows what to put in. `before` is the text of the word so far, which tells what is wanted."""

    def variable(self, name: str, rest: str, before: str) -> tuple[str, ...]:
        """Return the value of a variable, a list having any number of them."""

    def is_set(self, name: str) -> bool:
        """Say whether a variable has a value, so that no default is needed."""

    def output(self, output: Output, before: str) -> str:
        """Return what a command would print."""

    def sum(self, asked: Sum) -> str:
        """Return what `$((…))` comes to."""

    def text(self, literal: Literal, before: str) -> str:
        """Return a text that stands for itself; a value may have its place in it all the same."""


def expand(word: Word, values: Values, depth: int = 0) -> tuple[str, ...]:
    """Return the arguments that a word becomes: mostly one."""
    fields, solid = [""], False
    for part in word.parts:
        pieces = list(_pieces(part, values, fields[-1], depth))
        solid = solid or bool(part.quote and not _is_list(part)) or any(pieces)
        if pieces:
            fields[-1] += pieces[0]
            fields += pieces[1:]
    return tuple(fields) if solid else ()


def text(word: Word, values: Values) -> str:
    """Return a word as one text, as an assignment has it."""
    joined = ""
    for part in word.parts:
        joined += " ".join(_pieces(part, values, joined, 0, split=False))
    return joined


def part_of(found: tuple[str, ...], rest: str) -> tuple[str, ...] | None:
    """Return what `${name…}` takes of a value: all of a list, an item, what a trim leaves; None for anything else."""
    first = found[0] if found else ""
    if rest in ("[@]", "[*]"):
        return found
    if not rest:
        return (first,)
    if item := _ITEM.fullmatch(rest):
        return found[int(item[1]) :][:1] or ("",)
    if trimmed := _TRIMMED.fullmatch(rest):
        trim = first.removesuffix if rest[0] == "%" else first.removeprefix
        return (trim(trimmed[2]),)
    return None


def _is_list(part: Part) -> bool:
    return isinstance(part, Variable) and _ALL.match(part.rest) is not None


def _pieces(
    part: Part, values: Values, before: str, depth: int, *, split: bool = True
) -> Iterator[str]:
    if isinstance(part, Literal):
        yield values.text(part, before)
        return
    if isinstance(part, Output):
        found = [values.output(part, before)]
    elif isinstance(part, Sum):
        found = [values.sum(part)]
    else:
        found = list(_variable(part, values, before, depth))
    if _is_list(part) or part.quote or not split:
        yield from found
    else:
        yield from (piece for value in found for piece in value.split())


def _variable(part: Variable, values: Values, before: str, depth: int) -> Iterator[str]:
    default = _DEFAULT.match(part.rest)
    if default and not values.is_set(part.name) and depth < _DEEPEST:
        yield "".join(
            piece
            for inner in _inside(part.rest[default.end() :])
            for piece in _pieces(inner, values, before, depth + 1)
        )
        return
    rest = "" if default or _DEMAND.match(part.rest) else part.rest
    yield from values.variable(part.name, rest, before)


def _inside(default: str) -> list[Part]:
    scan, found = Scan(default, 1), list[Part]()
    try:
        while not scan.done:
            found += parts(scan, '"')
    except Broken:
        return [Literal(default)]
    return found
