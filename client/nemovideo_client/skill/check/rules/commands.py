"""Commands that a shell would not read as they are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import SHELL
from nemovideo_client.skill.check.searching import in_lines
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.check.wrapping import wrapped

_BLANK_AFTER = re.compile(r"\\[ \t]+$")


def _unreadable(subject: Subject) -> Iterator[Found]:
    for script in subject.scripts:
        if script.broken:
            yield script.broken.line, f"no shell can read this: {script.broken.what}"


def _not_continued(subject: Subject) -> Iterator[Found]:
    for script in subject.scripts:
        for number, _ in in_lines(_BLANK_AFTER, script.block.text.split("\n")):
            yield (
                script.block.line + number - 1,
                "a blank behind the backslash: the command ends here",
            )
        for command in script.commands:
            if re.match(r"--?[A-Za-z]", command.name):
                yield (
                    command.line,
                    f"{quoted(command.name)} begins a command of its own: the line before does not end with a backslash",
                )


def _in_background(subject: Subject) -> Iterator[Found]:
    for script in subject.scripts:
        for first, second in zip(script.commands, script.commands[1:], strict=False):
            if first.after == "&" and second.joined == "&" and first.line == second.line:
                yield (
                    first.line,
                    "a bare `&` ends the command and leaves it in the background; quote the URL, or write `&&`",
                )


def _through_functions(subject: Subject) -> Iterator[Found]:
    for name, calls in wrapped(subject.scripts).items():
        first, number = calls[0].line, len(calls)
        times = "1 request" if number == 1 else f"{number} requests"
        yield (
            first,
            f"{times} through the function {quoted(name)} {'is' if number == 1 else 'are'} not seen here",
        )


RULES = (
    Rule("command-unreadable", "error", "Close every quote and bracket.",
         f"{SHELL}: quoting", _unreadable),
    Rule("continuation-broken", "error", "End each line of a command but the last with a backslash, and nothing behind it.",
         f"{SHELL}: escape character", _not_continued),
    Rule("background-command", "warning", "Quote URLs with `&` in them, and join commands with `&&`.",
         f"52125688124: mkdir & echo; {SHELL}: lists", _in_background),
    Rule("requests-unseen", "hint", "Write requests as curl commands: what goes through a function of the skill's own is not checked.",
         f"{SHELL}: function definition", _through_functions),
)  # fmt: skip
