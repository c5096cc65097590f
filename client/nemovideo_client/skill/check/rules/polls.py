"""How often a render is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.durations import DURATION, seconds
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, REFERENCE
from nemovideo_client.skill.check.sentences import searched
from nemovideo_client.skill.check.subject import Subject

DOCUMENTED = 30.0
SHORTEST = 10.0
"""Seconds: the vendor's reference says 10, everybody else 30."""

_ASK = r"\b(?:poll|check|quer|ask|look|retry)"
_ASK_ZH = r"(?:轮询|查询|检查)"
INTERVALS = (
    re.compile(rf"(?is){_ASK}.{{0,120}}?\b(?:every|each)\s+{DURATION}"),
    re.compile(rf"(?is)\bpoll.{{0,120}}?\bafter\s+{DURATION}"),
    re.compile(rf"(?is)\bevery\s+{DURATION}.{{0,10}}?\bpoll"),
    re.compile(rf"(?is)\bpoll(?:ing)?[ -]interval\b.{{0,20}}?{DURATION}"),
    re.compile(rf"(?s){_ASK_ZH}.{{0,60}}?每隔?\s*{DURATION}"),
    re.compile(rf"每隔?\s*{DURATION}{_ASK_ZH}"),
    re.compile(rf"{_ASK_ZH}(?:的|时间)?间隔\D{{0,10}}?{DURATION}"),
)
_ALWAYS = re.compile(
    r"(?is)\bpoll(?:s|ing)?\b.{0,40}\b(?:continuously|constantly|as fast as|in a tight loop)"
)
_RENDER = re.compile(r"(?i)\brender|\bexport|lambda|\bcompleted\b|\bfilm\b|渲染|导出")
_STATE = re.compile(r"(?i)\bstate\b|\bdraft\b|状态")
_POLL = "/api/render/proxy/lambda/"
_SLEEP = re.compile(r"^(\d{1,9}(?:\.\d{1,9})?)(s?)$")


def _intervals(subject: Subject) -> Iterator[tuple[int, float, str]]:
    """Give the line, the seconds and the words of each interval that is stated."""
    yield from _in_sentences(subject)
    yield from _in_scripts(subject)


def _in_sentences(subject: Subject) -> Iterator[tuple[int, float, str]]:
    told = set[tuple[int, float]]()
    for line, found, sentence in searched(subject.sentences, *INTERVALS):
        of_state = _STATE.search(found[0]) and not _RENDER.search(found[0])
        stated = (line, seconds(found))
        if _RENDER.search(sentence.around) and not of_state and stated not in told:
            told.add(stated)
            yield *stated, found[0]


def _in_scripts(subject: Subject) -> Iterator[tuple[int, float, str]]:
    polls = {call.line for call in subject.calls if call.is_at("poll")}
    for script in subject.scripts:
        lines = range(script.block.line, script.block.line + script.block.text.count("\n") + 1)
        # A function of the skill's own may ask, too.
        if polls.isdisjoint(lines) and _POLL not in script.block.text:
            continue
        for command in script.commands:
            waits = _SLEEP.match((command.words[1].plain or "") if command.words[1:] else "")
            if command.name == "sleep" and waits:
                yield command.line, float(waits[1]), f"sleep {waits[0]}"


def _too_fast(subject: Subject) -> Iterator[Found]:
    for line, waited, words in _intervals(subject):
        if waited < SHORTEST:
            yield line, f"{quoted(words)}: a render is asked about every 30 s"
    for line, found, _ in searched(subject.sentences, _ALWAYS):
        yield line, f"{quoted(found[0])}: a render is asked about every 30 s"


def _fast(subject: Subject) -> Iterator[Found]:
    for line, waited, words in _intervals(subject):
        if SHORTEST <= waited < DOCUMENTED:
            yield line, f"{quoted(words)}: most documents say every 30 s, and one says 10"


RULES = (
    Rule("polls-too-fast", "warning", "Ask about a render every 30 seconds (the vendor's reference says 10).",
         f"{ALL}: export, poll every 30 s; {REFERENCE}: 10 s", _too_fast),
    Rule("polls-fast", "hint", "Prefer the 30 seconds that most documents say to less.",
         f"{ALL}: export, poll every 30 s; {REFERENCE}: 10 s", _fast),
)  # fmt: skip
