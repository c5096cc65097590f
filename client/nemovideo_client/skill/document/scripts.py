"""Which blocks of a document are shell, and their commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nemovideo_client.skill.document.parts import Block, Document
from nemovideo_client.skill.shell.commands import Command, parse
from nemovideo_client.skill.shell.quoting import Broken

SHELL = frozenset(
    {"sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession", "terminal"}
)
_UNNAMED = frozenset({"", "text", "txt", "plaintext", "code"})
_CURL = re.compile(r"(?m)^\s*(?:[$%>] )?(?:\w+=(?:\"?\$\(|`))?curl\s")
_PROMPT = re.compile(r"[$%] ")


@dataclass(frozen=True, slots=True)
class Script:
    """The commands of a block, or why it cannot be read; `block` has it as it stands."""

    block: Block
    commands: tuple[Command, ...] = ()
    broken: Broken | None = None


def scripts(document: Document) -> Iterator[Script]:
    """Give the scripts of a document, in order."""
    for block in document.blocks:
        if block.language in SHELL or (block.language in _UNNAMED and _CURL.search(block.text)):
            yield script(block)


def script(block: Block) -> Script:
    """Read a block as shell."""
    try:
        return Script(block, parse(_typed(block.text), block.line))
    except Broken as broken:
        return Script(block, (), broken)


def _typed(text: str) -> str:
    """Return what somebody typed: of a session in a terminal, what stands behind the prompts."""
    if not re.search(r"(?m)^[$%] ", text):
        return text
    lines, typing = list[str](), False
    for line in text.split("\n"):
        prompted = _PROMPT.match(line)
        if prompted:
            lines.append(line[2:])
        else:
            lines.append(line.removeprefix("> ") if typing else "")
        typing = (prompted is not None or typing) and line.endswith("\\")
    return "\n".join(lines)
