"""The code of a document, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.document.parts import Span


def code(subject: Subject) -> Iterator[Span]:
    """Give the code of a document, line by line: scripts, and what stands between backticks."""
    yield from commands(subject)
    scripts = {id(script.block) for script in subject.scripts}
    for block in subject.document.blocks:
        if id(block) not in scripts:
            for number, line in enumerate(block.text.split("\n"), block.line):
                yield Span(number, line)
    yield from subject.document.spans


def commands(subject: Subject) -> Iterator[Span]:
    """Give the lines of the scripts."""
    for script in subject.scripts:
        for number, line in enumerate(script.block.text.split("\n"), script.block.line):
            yield Span(number, line)
