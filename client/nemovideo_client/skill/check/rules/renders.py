"""Ids of renders."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.bodies import parsed
from nemovideo_client.skill.check.marks import MARK
from nemovideo_client.skill.check.quoting import quoted
from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import REFERENCE, VENDOR
from nemovideo_client.skill.check.subject import Subject
from nemovideo_client.skill.meanings import meaning


def _fixed(subject: Subject) -> Iterator[Found]:
    for call in subject.calls:
        body = parsed(call.request.body) if call.is_at("render") else None
        value = body.get("id") if isinstance(body, dict) else None
        if isinstance(value, str) and value and not _open(value):
            yield call.line, f"every export has the id {quoted(value)}; the second one is refused"


def _open(value: str) -> bool:
    return (
        bool(MARK.search(value) or meaning(value) or any(sign in value for sign in "<{$[*…"))
        or "..." in value
        or "xxx" in value
    )


RULES = (
    Rule("render-id-fixed", "error", "Make a new id for every render.",
         f"{REFERENCE}: a new id for each render; {VENDOR}", _fixed),
)  # fmt: skip
