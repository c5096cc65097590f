"""The document as such."""

from __future__ import annotations

from collections.abc import Iterator

from nemovideo_client.skill.check.rule import Found, Rule
from nemovideo_client.skill.check.rules.sources import ALL
from nemovideo_client.skill.check.subject import Subject


def _no_front_matter(subject: Subject) -> Iterator[Found]:
    trouble = subject.document.trouble
    if trouble is not None:
        yield trouble.line, trouble.what


RULES = (
    Rule("front-matter-unreadable", "error", "Begin with front matter that has a name and a version: the attribution headers come from it.",
         f"{ALL}: skill attribution (read from the front matter)", _no_front_matter),
)  # fmt: skip
