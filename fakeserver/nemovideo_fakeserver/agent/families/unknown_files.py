"""Files that are spoken of but were never uploaded.

Law: what names a file that is not there gets no other one; it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nemovideo_fakeserver.agent.families.family import Deeds, Family
from nemovideo_fakeserver.agent.reading import nouns
from nemovideo_fakeserver.agent.reading.clauses import Clause
from nemovideo_fakeserver.agent.stage.bench import Bench
from nemovideo_fakeserver.core.assets import ACCEPTED

_NAME = re.compile(
    rf"[a-z0-9][a-z0-9_.-]{{0,80}}\.(?:{'|'.join(ACCEPTED)}|jpeg)(?![a-z0-9])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class UnknownFile:
    """The name of a file that is not there."""

    name: str


def recognise(clause: Clause, bench: Bench) -> UnknownFile | None:  # noqa: ARG001  # a family's signature
    """Take what names such a file; a title may be called like one."""
    if clause.quotes and nouns.mentions("title", clause.lowered):
        return None
    found = _NAME.search(" ".join((clause.text, *clause.quotes)))
    return UnknownFile(found[0]) if found else None


def perform(request: UnknownFile, bench: Bench) -> Deeds:
    """Say that the file is not there, and which files are."""
    there = ", ".join(a.filename for a in bench.uploads)
    return (
        bench.answer(
            f"I can't find {request.name}. Upload it in the media panel first"
            + (f"; so far there is {there}." if there else "."),
            f"找不到 {request.name}，请先在素材面板上传"
            + (f"；目前有 {there}。" if there else "。"),
        ),
    )


FAMILY = Family(recognise=recognise, perform=perform, stages=False)
