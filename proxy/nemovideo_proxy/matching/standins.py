"""What stands for secrets in the free text of a recording: known by its form, and the same as any text there.

A live client says there what the recorded one had said before it was redacted. No map tells what that was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from nemovideo_proxy import places
from nemovideo_proxy.redaction.pseudonyms import named

MARK = "\ufdd0"
"""What is put in the place of a stand-in: a character that is in no text."""

SHORTEST, SHORTEST_NUMBER = 4, 8
"""Letters and digits from which on a word, or a mere number, is taken for a stand-in."""

_RUN = re.compile(r"[A-Za-z0-9_@.+\-é某𠮷]+")
_FOREIGN = re.compile(r"[é某𠮷]{2,}")
_NUMBER = re.compile(r"[0-9A-Fa-f\W_]+")
_DIGIT = re.compile(r"[0-9]")
_AROUND = "._+-@"


def marked(text: str) -> str:
    """Return a recorded text with a `MARK` for each stand-in."""
    if not _DIGIT.search(text) and not _FOREIGN.search(text):
        return text
    return _RUN.sub(lambda run: _marked(run[0]), text)


def each_marked(value: Any) -> Any:
    """Return a recorded JSON value with its texts `marked`; so are numbers under the keys of secrets."""
    return _each(value, marked, lambda said: MARK if named(said) else said)


def as_said(value: Any) -> Any:
    """Return a live JSON value in the form of one that is `each_marked`."""
    return _each(value, str, str)


def pieces(text: str) -> tuple[str, ...]:
    """Return what stands around the stand-ins of a text that was `marked`."""
    return tuple(text.split(MARK))


def fits(around: Sequence[str], text: str, gap: Callable[[str], object] = bool) -> bool:
    """Say whether a text has all these pieces, in order, from its beginning to its end.

    `gap` says what may stand between two. It takes the time of one look through the text.
    """
    first, *between, last = around
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in between:
        found = text.find(piece, at + 1, end)
        if found < 0 or not gap(text[at:found]):
            return False
        at = found + len(piece)
    return bool(gap(text[at:end]))


def alike(recorded: str, asked: str) -> bool:
    """Say whether a live text is a recorded one, whatever its stand-ins stand for."""
    around = pieces(marked(recorded))
    return recorded == asked or (len(around) > 1 and fits(around, asked))


def _marked(run: str) -> str:
    core = run.strip(_AROUND)
    if _stands_in(core):
        return run.replace(core, MARK, 1)
    return ".".join(MARK if _stands_in(word) else word for word in _foreign(run).split("."))


def _foreign(run: str) -> str:
    return _FOREIGN.sub(MARK, run)


def _stands_in(text: str) -> bool:
    found = named(text)
    if found is None or not found[1]:
        return False
    shortest = SHORTEST_NUMBER if _NUMBER.fullmatch(text) else SHORTEST
    return sum(map(str.isalnum, text)) >= shortest


def _each(value: Any, text: Callable[[str], str], number: Callable[[str], str]) -> Any:
    match value:
        case dict():
            return {
                key: number(str(inner))
                if type(inner) is int and places.IN_JSON.get(key.lower()) in places.SECRET
                else _each(inner, text, number)
                for key, inner in value.items()
            }
        case list():
            return [_each(inner, text, number) for inner in value]
        case str():
            return text(value)
        case _:
            return value
