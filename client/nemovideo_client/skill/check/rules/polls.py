"""How often a render is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.wording import ALL, REFERENCE, in_lines, quoted, searched
from nemovideo_client.skill.check.subject import Subject

DOCUMENTED = 30.0
SHORTEST = 10.0
"""Seconds: the vendor's reference says 10, everybody else 30."""

_EVERY = re.compile(
    r"(?is)\b(?:poll|check|quer|ask|look|retry)[^.|。]{0,120}?\b(?:every|each)\s+(?P<number>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>ms|milliseconds?|s|secs?|seconds?)\b"
    r"|(?:轮询|查询|检查)[^。|]{0,60}?每隔?\s*(?P<zh>\d+)\s*秒|每隔?\s*(?P<zh2>\d+)\s*秒(?:轮询|查询|检查)"
)
_RENDER = re.compile(r"(?i)\brender|\bexport|lambda|\bcompleted\b|\bfilm\b|渲染|导出")
_STATE = re.compile(r"(?i)\bstate\b|\bdraft\b|状态")
_SLEEP = re.compile(r"^(\d+(?:\.\d+)?)(s?)$")


def _intervals(subject: Subject) -> Iterator[tuple[int, float, str]]:
    """Give the line, the seconds and the words of each interval that is stated."""
    for line, found in searched(_EVERY, subject.document.prose):
        around = found.string[max(0, found.start() - 120) : found.end() + 120]
        if _RENDER.search(around) and not (
            _STATE.search(found[0]) and not _RENDER.search(found[0])
        ):
            number = float(found["number"] or found["zh"] or found["zh2"])
            in_thousandths = (found["unit"] or "").lower().startswith("m")
            yield line, number / 1000 if in_thousandths else number, found[0]
    polls = {call.line for call in subject.calls if call.is_at("poll")}
    for script in subject.scripts:
        lines = range(script.block.line, script.block.line + script.block.text.count("\n") + 1)
        if polls.isdisjoint(lines):
            continue
        for command in script.commands:
            waits = _SLEEP.match((command.words[1].plain or "") if command.words[1:] else "")
            if command.name == "sleep" and waits:
                yield command.line, float(waits[1]), f"sleep {waits[0]}"


def _too_fast(subject: Subject) -> Iterator[Found]:
    for line, seconds, words in _intervals(subject):
        if seconds < SHORTEST:
            yield line, f"{quoted(words)}: a render is asked about every 30 s"


def _fast(subject: Subject) -> Iterator[Found]:
    for line, seconds, words in _intervals(subject):
        if SHORTEST <= seconds < DOCUMENTED:
            yield line, f"{quoted(words)}: most documents say every 30 s, and one says 10"


def _unlimited(subject: Subject) -> Iterator[Found]:
    for number, found in in_lines(r"(?i)\bpoll(?:s|ing)?\b[^.|]{0,40}\b(?:continuously|constantly|as fast as|in a tight loop)", subject.prose.split("\n")):  # fmt: skip
        yield number, f"{quoted(found[0])}: a render is asked about every 30 s"


def _fastest(subject: Subject) -> Iterator[Found]:
    yield from _too_fast(subject)
    yield from _unlimited(subject)


RULES = (
    Rule("polls-too-fast", "warning", "Ask about a render every 30 seconds (the vendor's reference says 10).",
         f"{ALL}: export, poll every 30 s; {REFERENCE}: 10 s", _fastest),
    Rule("polls-fast", "hint", "Prefer the 30 seconds that most documents say to less.",
         f"{ALL}: export, poll every 30 s; {REFERENCE}: 10 s", _fast),
)  # fmt: skip
