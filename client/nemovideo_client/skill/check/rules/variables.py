"""Variables: whether they are set, or somebody who follows the skill knows what to put there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.wording import ALL, SHELL, quoted
from nemovideo_client.skill.check.subject import Subject, defined
from nemovideo_client.skill.meanings import GIVEN, meaning
from nemovideo_client.skill.shell.walking import own, uses
from nemovideo_client.skill.shell.words import Literal

ENVIRONMENT = frozenset(
    [
        "NEMO_TOKEN",
        "NEMO_API_URL",
        "NEMO_WEB_URL",
        "NEMO_CLIENT_ID",
        "NEMO_USER_ID",
        "SKILL_SOURCE",
        "HOME",
        "PWD",
        "USER",
        "LOGNAME",
        "HOSTNAME",
        "RANDOM",
        "SECONDS",
        "EPOCHSECONDS",
        "EPOCHREALTIME",
        "TMPDIR",
        "PATH",
        "SHELL",
        "UID",
        "LANG",
        "PPID",
        "IFS",
    ]
)
"""What a shell has, and what the vendor's skill 1.9 takes from the environment."""

_IN_QUOTES = re.compile(r"\$\{?([A-Za-z_]\w*)")


def _undefined(subject: Subject) -> Iterator[Found]:
    front = subject.document.front
    known = {*defined(subject.scripts), *ENVIRONMENT, *(front.env if front else ())}
    told = set[str]()
    for name, line in _uses(subject):
        if name in known or name in told or not name[0].isalpha() or meaning(name) in GIVEN:
            continue
        told.add(name)
        if not _explained(name, subject):
            yield line, f"{quoted(f'${name}')} is used, and nothing sets it or says what it is"


def _uses(subject: Subject) -> Iterator[tuple[str, int]]:
    """Give what requests need: what else a script does with its variables is its own matter."""
    for script in subject.scripts:
        yield from uses(one for one in script.commands if one.name == "curl" or one.assignments)


def _explained(name: str, subject: Subject) -> bool:
    """Say whether the name stands in prose or in a comment; a draft is not set, and has only one place to be from."""
    if meaning(name) == "draft" and re.search(r"\bdraft", subject.prose):
        return True
    comments = (
        line.partition("#")[2]
        for script in subject.scripts
        for line in script.block.text.split("\n")
    )
    as_a_word = re.compile(
        rf"(?<![$\w{{]){re.escape(name)}(?!\w)|\$\{{?{re.escape(name)}\}}?`?\s*(?:=|:|→|is\b)"
    )
    return any(as_a_word.search(text) for text in (subject.prose, *comments))


def _too_early(subject: Subject) -> Iterator[Found]:
    set_at = defined(subject.scripts)
    told = set[str]()
    for name, line in _uses(subject):
        if line < set_at.get(name, 0) and name not in told and name not in ENVIRONMENT:
            told.add(name)
            yield line, f"{quoted(f'${name}')} is used here, and set at line {set_at[name]}"


def _in_single_quotes(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        for word in own(call.command):
            for part in word.parts:
                found = _IN_QUOTES.search(part.text) if isinstance(part, Literal) else None
                if found and isinstance(part, Literal) and part.quote == "'" and len(part.text) > 1:
                    yield (
                        word.line,
                        f"{quoted(found[0])} stands in single quotes, where a shell leaves it as it is",
                    )


RULES = (
    Rule("undefined-variable", "error", "Set every variable, or say what it is.",
         f"{ALL}: setup (NEMO_TOKEN, session_id); {SHELL}: parameter expansion", _undefined),
    Rule("variable-used-early", "warning", "Set a variable before it is used.",
         f"52125688124: uses $API before it is set; {SHELL}: parameter expansion", _too_early),
    Rule("variable-in-single-quotes", "error", "Put variables in double quotes: single quotes keep them as they are.",
         f"{SHELL}: single quotes", _in_single_quotes),
)  # fmt: skip
