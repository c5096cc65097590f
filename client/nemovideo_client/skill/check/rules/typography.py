"""Characters that look right in commands, and are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.code import code, commands
from nemovideo_client.skill.check.rules.sources import SCRAPED, SHELL
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.document.scripts import Script
from nemovideo_client.skill.shell.walking import own
from nemovideo_client.skill.shell.words import Literal, Part

_FULL_WIDTH = re.compile(
    r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff04\uff1d\uff3f\uff02\uff07\uff5b\uff5d\uff0f\uff3c\uff0d]"
    r"|X-[\w-]{1,40}：|(?:Authorization|Content-Type|Accept)：|\\?\"：|\\?\"，\s*\\?\""
)
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u00a0\u00ad\u200b\u2028\u2029\u202a-\u202f\u2060-\u2064\ufeff]")  # fmt: skip
_QUOTES = "“”„‟‘’‚«»″′"
_KEY = re.compile(rf"[{{,\[]\s*[{_QUOTES}]|[{_QUOTES}]\s*[:}}]")


def _typographic(subject: Subject) -> Iterator[Found]:
    told = set[int]()
    for script in subject.scripts:
        for line, sign in _signs(script):
            if line not in told:
                told.add(line)
                yield line, f"{quoted(sign)} in a command: a shell wants plain quotes and hyphens"


def _signs(script: Script) -> Iterator[tuple[int, str]]:
    if script.broken:
        for number, line in enumerate(script.block.text.split("\n"), script.block.line):
            yield from ((number, sign) for sign in line if sign in _QUOTES)
    for command in script.commands:
        for word in own(command):
            yield from ((word.line, sign) for part in word.parts if (sign := _sign(part)))


def _sign(part: Part) -> str:
    """Return what is typographic where it has to be plain: outside of quotes, or around a key of JSON."""
    if not isinstance(part, Literal):
        return ""
    if not part.quote:
        dash = part.text[0] if part.text.startswith(("–", "—")) else ""
        return dash or next((sign for sign in part.text if sign in _QUOTES), "")
    key = _KEY.search(part.text)
    return key[0] if key else ""


def _full_width(subject: Subject) -> Iterator[Found]:
    for span in commands(subject):
        found = _FULL_WIDTH.search(span.text)
        if found:
            yield (
                span.line,
                f"{quoted(found[0])} in a command is full-width; a shell and HTTP want ASCII",
            )


def _invisible(subject: Subject) -> Iterator[Found]:
    for span in code(subject):
        found = _INVISIBLE.search(span.text)
        if found:
            yield (
                span.line,
                f"U+{ord(found[0]):04X} in code cannot be seen, and is no blank to a shell",
            )


RULES = (
    Rule("typographic-characters", "error", "Use plain quotes and hyphens in commands.",
         f"{SHELL}: quoting", _typographic),
    Rule("full-width-characters", "error", "Use ASCII in commands, outside of what users say.",
         f"{SCRAPED}; {SHELL}: quoting", _full_width),
    Rule("invisible-characters", "error", "Have nothing in code that cannot be seen: no-break spaces, zero-width characters, NUL.",
         f"{SHELL}: token recognition", _invisible),
)  # fmt: skip
