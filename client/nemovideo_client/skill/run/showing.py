"""Commands and requests as people read them, without secrets."""

from __future__ import annotations

import shlex
from pathlib import Path

from nemovideo_client.skill.run.masking import masked
from nemovideo_client.skill.run.outgoing import Outgoing
from nemovideo_client.skill.shell.commands import Command
from nemovideo_client.skill.shell.words import Literal, Sum, Variable, Word


def shown(command: Command) -> str:
    """Return a command as it is written, more or less."""
    words = [*(f"{one.name}=…" for one in command.assignments), *map(_written, command.words)]
    return masked(" ".join(words))


def _written(word: Word) -> str:
    joined = ""
    for part in word.parts:
        if isinstance(part, Literal):
            joined += part.text
        elif isinstance(part, Variable):
            joined += f"${{{part.name}{part.rest}}}" if part.rest else f"${part.name}"
        elif isinstance(part, Sum):
            joined += f"$(({part.text}))"
        else:
            joined += f"$({part.script})"
    return joined


def displayed(leaving: Outgoing, base: str) -> str:
    """Return a request as a command that could be pasted, but for its secrets."""
    url = leaving.url.replace(base, "$NEMO_API_URL", 1)
    pieces = ["curl", "-X", leaving.method, f'"{url}"']
    for name, value in leaving.headers:
        pieces += ["-H", shlex.quote(f"{name}: {value}")]
    for name, value, is_file in leaving.form:
        shown_value = f"@{Path(value).name}" if is_file else value
        pieces += ["-F", shlex.quote(f"{name}={shown_value}")]
    if leaving.body is not None and not leaving.form:
        pieces += ["-d", shlex.quote(leaving.body)]
    return masked(" ".join(pieces))
