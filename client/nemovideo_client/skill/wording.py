"""What a skill says to its users, in both languages.

A skill prints these sentences for an agent to say, quoted or not, often in one language only. What is
looked for is the message; what comes out is a sentence of our own that says the same.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from nemovideo_client import words
from nemovideo_client.words import Wording

Sentences: TypeAlias = tuple[tuple[str, Wording[str]], ...]
"""A pattern to look for, and what it is said as; `{site}` is the site that the pattern found."""

READY: Sentences = (
    (
        r"connected and ready|已连接就绪",
        Wording("You're connected and ready.", "已连接，准备就绪。"),
    ),
    (r"(?:you're|you are|everything is) ready|已就绪", words.READY),
)

TOP_UP: Sentences = (
    (
        r"top up at (?P<en>nemovideo\.\w+)|在\s*(?P<zh>nemovideo\.[a-z]+)\s*充值",
        Wording("Top up at {site}.", "请在 {site} 充值。"),
    ),
    (
        r"credits in your account|您的账户充值",
        Wording("Top up credits in your account.", "请为您的账户充值积分。"),
    ),
)
"""For a registered user without credits (code 2001)."""

UNLOCK: Sentences = (
    (
        r"register(?:ed|ing)? at (?P<en>nemovideo\.\w+)|(?:在|前往)\s*(?P<zh>nemovideo\.[a-z]+)\s*注册",
        Wording("Register at {site} to unlock export.", "请前往 {site} 注册以解锁导出。"),
    ),
)
"""For a blocked export (402), which is about the plan and never about credits."""

TOP_UP_ANYWHERE = Wording("Top up your credits.", "请充值积分。")
UNLOCK_ANYHOW = Wording(
    "Register or upgrade your plan to unlock export.", "请注册或升级您的套餐以解锁导出。"
)
"""For a skill that names no place; `ai-music-generator-free-ab-old` says the latter."""

NO_EXAMPLES: Wording[tuple[str, ...]] = Wording((), ())

_STATUS = r"[\"“`*]([A-Z][^\"“”`*\n]{2,60}?(?:\.{3}|…))[\"”`*]"
_STATUS_ZH = r"正在[^\s,，。;；]{1,30}?(?:\.{3}|…+)"
_TRY = r"(?im)^[^\w\n]*try (?:saying|asking)[^\w\n]*$"
_TRY_ZH = r"(?m)^[^\w\n]*(?:试试这样说|试着这样说|尝试说|可以这样说)[^\w\n]*$"
_BULLET = r"\s*(?:[-*•]\s+)+(\S.*)"


def said(table: Sentences, text: str) -> Wording[str] | None:
    """Return the first sentence of a table whose pattern is in the text, or None."""
    for pattern, wording in table:
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            site = next((name for name in found.groups() if name), "").lower()
            return Wording(wording.en.format(site=site), wording.zh.format(site=site))
    return None


def connecting(setup: str, whole: str) -> Wording[str]:
    """Return what is said while the session is made: the first words with an ellipsis in the setup."""
    en, zh = re.search(_STATUS, setup), re.search(_STATUS_ZH, whole)
    return Wording(en[1] if en else words.CONNECTING.en, zh[0] if zh else words.CONNECTING.zh)


def try_saying(body: str) -> Wording[tuple[str, ...]]:
    """Return the example requests printed for users."""
    return Wording(_bullets(body, _TRY), _bullets(body, _TRY_ZH))


def _bullets(body: str, heading: str) -> tuple[str, ...]:
    found = re.search(heading, body)
    examples: list[str] = []
    for line in body[found.end() :].split("\n") if found else ():
        bullet = re.match(_BULLET, line)
        if bullet:
            examples.append(bullet[1].strip(' \t"“”'))
        elif line.strip():
            break
    return tuple(examples)
