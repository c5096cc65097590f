"""Which times of a picture go when a text trims it.

Law: `to` and `keep` name what stays and so does a time without any verb; a verb of removing names what
goes. Times are milliseconds from the start of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_fakeserver.agent.reading import lengths
from nemovideo_fakeserver.agent.reading.quantities import DURATION, take_range

SHORTEST_MS = 1_000
"""What is trimmed to a length keeps at least this much."""

_REMOVES = re.compile(
    r"\b(?:trim|cut|crop|remov|delet|drop|chop|skip|clip|los|get rid)(?:e|ming|ting|ping)?\b|(?<!混)剪|裁|截|切|删|去掉|去除|不要"
)
_KEEPS = re.compile(r"\bkeep\b|\bonly\b|\bjust\b|\bleave\b|保留|只要|只留|只用|留下|截取")
_TO_WHAT_STAYS = re.compile(
    r"\b(?:to|into|at|as)(?: only| just)?(?: the| its)? (?:very )?(?:first|initial|opening|last|final)\b|[到成至为](?:最?前|开头|后面?|最后|结尾)"
)
_OUT = re.compile(r"\bout\b|\bremov|\bdelet|\bcut\b|剪掉|剪去|删|去掉|去除|切掉|裁掉|截掉")

_FIRST = re.compile(rf"(?:\b(?:first|initial|opening)|前面?|最初)的? ?{DURATION}")
_LAST = re.compile(rf"(?:\b(?:last|final|ending)|后面?|最后)的? ?{DURATION}")
_FRONT = re.compile(
    rf"(?:\b(?:start|beginning|front)\b|开头|片头|开始)[^‹]{{0,8}}{DURATION}|{DURATION}[^‹]{{0,4}} (?:off|from|at)(?: of)? the (?:very )?(?:start|beginning|front)"
)
_BACK = re.compile(
    rf"(?:\bend\b|结尾|末尾|片尾|尾部)[^‹]{{0,8}}{DURATION}|{DURATION}[^‹]{{0,4}} (?:off|from|at)(?: of)? the (?:very )?end\b"
)
_BOTH = re.compile(r"\b(?:both|each|either) (?:end|side)s?\b|首尾|两[头端]|前后各?")
_AFTER = re.compile(rf"\b(?:after|past) (?:the )?{DURATION}|{DURATION} ?(?:之后|以后|后面)")
_BEFORE = re.compile(
    rf"\b(?:before|until|up to) (?:the )?{DURATION}|{DURATION} ?(?:之前|以前|前面)"
)
_LENGTH = re.compile(DURATION)
HALF = re.compile(r"\b(first|last|second) half\b(?: of)?|(前|后)半[段部]?分?")
_BARE = re.compile(
    rf"(?:(?:just|only|use|take|show|give|me|us|i|we|want|need|like|would|the|please|只|就|要|用|取|留) ?){{0,6}}(?:(?:first|last|initial|final|opening)|最?前面?|最?后面?|开头|结尾)的? ?(?:{DURATION}|half\b|半)[^‹]{{0,12}}"
)


def bare(lowered: str) -> bool:
    """Say whether a text is nothing but a stretch of time: `first 5 seconds only`, `前5秒`."""
    return _BARE.fullmatch(lowered) is not None


def going(lowered: str, length: int) -> tuple[tuple[int, int], ...]:
    """Return the times of a picture of `length` that go, in rising order."""
    lowered = HALF.sub(lambda m: f"{_side(m[0])} ‹{length // 2}›", lowered)
    keep = _keeps(lowered)
    between, _ = take_range(lowered)
    if between:
        a, b = (min(t, length) for t in between)
        return ((a, b),) if _OUT.search(lowered) and not keep else ((0, a), (b, length))
    named = tuple(_ends(lowered, length))
    if named and keep:
        return tuple(_rest(named, length))
    return named or _by_time(lowered, length)


def _side(words: str) -> str:
    return "first" if "first" in words or "前" in words else "last"


def _keeps(lowered: str) -> bool:
    if _KEEPS.search(lowered) or _TO_WHAT_STAYS.search(lowered):
        return True
    return not _REMOVES.search(lowered) and bool(_FIRST.search(lowered) or _LAST.search(lowered))


def _ends(lowered: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches at the start and at the end that a text names."""
    if _BOTH.search(lowered) and (each := _LENGTH.search(lowered)):
        at = min(int(each[1]), length)
        yield from ((0, at), (max(at, length - at), length))
        return
    front = _FIRST.search(lowered) or _FRONT.search(lowered)
    if front:
        yield 0, min(_ms(front), length)
    back = _LAST.search(lowered) or _BACK.search(lowered)
    if back:
        yield max(0, length - _ms(back)), length


def _ms(match: re.Match[str]) -> int:
    return int(next(g for g in match.groups() if g))


def _rest(kept: tuple[tuple[int, int], ...], length: int) -> Iterator[tuple[int, int]]:
    """Yield what lies outside of the times kept; something stays, however short the time named."""
    at = 0
    for a, b in kept:
        wide = max(b - a, min(SHORTEST_MS, length))
        begin = min(a, length - wide)
        yield at, begin
        at = begin + wide
    yield at, length


def _by_time(lowered: str, length: int) -> tuple[tuple[int, int], ...]:
    if after := _AFTER.search(lowered):
        return ((min(_ms(after), length), length),)
    if before := _BEFORE.search(lowered):
        return ((0, min(_ms(before), length)),)
    plain = _LENGTH.search(lowered)
    wanted = lengths.changed(lowered, length)
    if wanted is None and plain:
        wanted = max(SHORTEST_MS, int(plain[1]))
    return () if wanted is None or wanted <= 0 else ((min(wanted, length), length),)
