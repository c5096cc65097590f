"""What is wrong with a skill, one plain sentence each: what an agent that follows it would do badly."""

from __future__ import annotations

import re
from collections.abc import Iterator

ATTRIBUTION = ("X-Skill-Source", "X-Skill-Version", "X-Skill-Platform")

_HAN = r"[\u4e00-\u9fff]"
DAMAGE = (
    rf"\bNEMO_{_HAN}+|\bX-(?:[A-Za-z]+-)?{_HAN}[\w-]*|\bnemo_{_HAN}+",  # translated names
    rf"{_HAN}{{1,9}}_(?:id|token|name|sse)\b",
    rf"https?://[\w.-]*{_HAN}[\w./-]*|(?<![A-Za-z])/API/[\w/]*",  # translated hosts and paths
    r"(?<![\w-])(?:nemoagent|runsse|clientid|taskname|NEMOTOKEN)\b",  # lost underscores
    r"\b(?:INLINECODE|CODEBLOCK)\d+\b",  # lost code
)
"""What machines leave of identifiers when they translate or scrape a skill."""

_LEAK = r"(?i)[?&](?:nemo_)?token=(?:\$|<)"
PRINTED = {
    "X-Skill-Source": r"X-Skill-Source:[ \t]*[\"'`]?([a-z0-9]+(?:-[a-z0-9]+)+)(?![\w.-])",
    "X-Skill-Version": r"X-Skill-Version:[ \t]*[\"'`]?(\d[\w.-]*)",
}


def deviations(name: str, version: str, body: str) -> tuple[str, ...]:
    """Return what is wrong with the body of the skill `name`; empty for a sound one."""
    return (
        *_damaged(body),
        *_leaking(body),
        *_unattributed(body),
        *_misattributed({"X-Skill-Source": name, "X-Skill-Version": version}, body),
    )


def _damaged(body: str) -> Iterator[str]:
    found = [match[0][:40] for pattern in DAMAGE if (match := re.search(pattern, body))]
    if found:
        yield f"Some identifiers are damaged ({', '.join(f'`{name}`' for name in found)})."


def _leaking(body: str) -> Iterator[str]:
    if re.search(_LEAK, body):
        yield "It prints the token in a URL."


def _unattributed(body: str) -> Iterator[str]:
    missing = [header for header in ATTRIBUTION if header not in body]
    if missing:
        yield f"It does not mention {', '.join(missing)}; an export without attribution is refused."


def _misattributed(stated: dict[str, str], body: str) -> Iterator[str]:
    for header, value in stated.items():
        printed = re.search(PRINTED[header], body)
        if printed and printed[1] != value:
            yield f"It prints {header}: {printed[1]}, but its front matter says {value}."
