"""The table of rules as the documentation prints it."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_fakeserver.judge.table import CHAPTERS

TITLE = "## The rules"


def as_markdown() -> str:
    """Return the last chapter of `docs/judge.md`."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield f"{TITLE}\n"
    yield "Printed by `python -m nemovideo_fakeserver.judge`; do not edit by hand.\n"
    for title, rules in CHAPTERS:
        yield f"### {title}\n"
        yield "| rule | severity | what the documents ask | source |"
        yield "|---|---|---|---|"
        for rule in rules:
            yield f"| `{rule.name}` | {rule.severity} | {rule.says} | {rule.source} |"
        yield ""
