"""Variables: whether they are set, or somebody who follows the skill knows what to put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL, SHELL
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
    ]  # a list of words is read as one
)
"""What a shell has, and what the vendor's skill 1.9 takes from the environment."""

_WORD = re.compile(r"(?<![$\w{])[A-Za-z_]\w*")
_SAID = re.compile(r"\$\{?([A-Za-z_]\w*)\}?`?\s{0,9}(?:=|:|→|is\b)")
_IN_QUOTES = re.compile(r"\$\{?([A-Za-z_]\w*)")


def _undefined(subject: Subject) -> Iterator[Found]:
    front = subject.document.front
    known = {*defined(subject.scripts), *ENVIRONMENT, *(front.env if front else ())}
    known |= _explained(subject)
    # A draft is not set, and has only one place to be from.
    clear = GIVEN | {"draft"} if re.search(r"\bdraft", subject.prose) else GIVEN
    for name, line in _uses(subject):
        if name not in known and name[0].isalpha() and meaning(name) not in clear:
            known.add(name)
            yield line, f"{quoted(f'${name}')} is used, and nothing sets it or says what it is"


def _uses(subject: Subject) -> Iterator[tuple[str, int]]:
    """Give what requests need: what else a script does with its variables is its own matter."""
    for script in subject.scripts:
        yield from uses(one for one in script.commands if one.name == "curl" or one.assignments)


def _explained(subject: Subject) -> AbstractSet[str]:
    """Return the names that stand in prose or in a comment, or are said to be something there."""
    names = {*_WORD.findall(subject.prose), *_SAID.findall(subject.prose)}
    for script in subject.scripts:
        for line in script.block.text.split("\n"):
            names.update(_WORD.findall(line.partition("#")[2]))
    return names


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
