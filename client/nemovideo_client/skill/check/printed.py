"""The table of rules as a chapter of docs/skill-check.md."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.table import CHAPTERS

TITLE = "## The rules\n"


def as_markdown() -> str:
    """Return the chapter."""
    return "".join(f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    yield from (TITLE, "Printed by `python -m nemovideo_client.skill.check`; do not edit by hand.")
    for chapter, rules in CHAPTERS:
        yield from ("", f"### {chapter}", "")
        yield "| rule | severity | what the documents ask | source |"
        yield "|---|---|---|---|"
        for rule in rules:
            yield f"| `{rule.name}` | {rule.severity} | {rule.asks} | {rule.source} |"
