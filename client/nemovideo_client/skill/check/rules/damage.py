"""What machines leave of identifiers and commands when they translate, scrape or beautify a skill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.identifiers import ANYWHERE, IN_CODE
from nemovideo_client.skill.check.marks import shown
from nemovideo_client.skill.check.quoting import listed, quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.code import code, commands
from nemovideo_client.skill.check.rules.sources import SCRAPED, SHELL
from nemovideo_client.skill.check.searching import in_lines
from nemovideo_client.skill.check.subject import Call, Subject

MOJIBAKE = re.compile(
    r"(?:[\u00c2-\u00ef][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026"
    r"\u2030\u2039\u203a\u20ac\u2122]{1,2}){2,}|\u00e2\u20ac[\u2122\u0153\u009d\u00a6\u201c\u201d]|\u00f0\u0178|\ufffd"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
_MASKED = re.compile(
    r"\b[a-z]+(?:_[a-z]+)*_(?:x{3,}|X{3,})\b|\*{3,}|\bBearer (?:x{3,}|X{3,}|\.{3}|…)|"
    r"\b(?:nmv_usr|clm|anon|task|session|render)_[\w-]{0,80}(?:\.{3}|…)|\b\d{6,}(?:\.{3}|…)"
)


def _identifiers(subject: Subject) -> Iterator[Found]:
    found: dict[int, list[str]] = {}
    for number, line in enumerate(subject.document.lines, 1):
        names = [match[0][:40] for match in ANYWHERE.finditer(line)]
        if names:
            found.setdefault(number, []).extend(names)
    for span in code(subject):
        names = [match[0][:40] for match in IN_CODE.finditer(span.text)]
        if names:
            found.setdefault(span.line, []).extend(names)
    for number in sorted(found):
        names = list(dict.fromkeys(found[number]))
        yield (
            number,
            f"{listed(map(quoted, names[:4]))} {'is' if len(names) == 1 else 'are'} damaged",
        )


def _mojibake(subject: Subject) -> Iterator[Found]:
    for number, found in in_lines(MOJIBAKE, subject.document.lines):
        if number not in subject.document.broken:
            yield number, f"{quoted(found[0])} was written in one encoding and read in another"


def _entities(subject: Subject) -> Iterator[Found]:
    for span in commands(subject):
        found = _ENTITY.search(span.text)
        if found:
            yield span.line, f"{quoted(found[0])} in a command is HTML, which a shell does not read"


def _masked(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        for text in _sent(call):
            found = _MASKED.search(text)
            if found:
                yield (
                    call.line,
                    f"{quoted(found[0])} in a command is what is left of a value; write a variable",
                )
                break


def _sent(call: Call) -> Iterator[str]:
    yield shown(call.request.url)
    yield from (shown(f"{name}: {value}") for name, value in call.request.headers)
    yield shown(call.request.body or "")


def _not_text(subject: Subject) -> Iterator[Found]:
    for number in subject.document.broken:
        yield number, "this line is not UTF-8"


RULES = (
    Rule("damaged-identifier", "error", "Spell identifiers as the API does: no translation, lost underscores, escapes or links in them.",
         SCRAPED, _identifiers),
    Rule("html-entities", "error", 'Write `&`, `<` and `"` in commands as they are.',
         f"{SHELL}: token recognition", _entities),
    Rule("masked-value", "error", "Use variables in commands, not what is left of a token or id.",
         "61891902917: a token with a masked tail", _masked),
    Rule("mojibake", "warning", "Store the file as UTF-8, from a text that was read as such.",
         "53310630634: UTF-8 read as Latin-1", _mojibake),
    Rule("not-utf-8", "error", "Store the file as UTF-8.",
         "53310630634: UTF-8 read as Latin-1", _not_text),
)  # fmt: skip
