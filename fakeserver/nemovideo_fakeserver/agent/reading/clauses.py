"""A message falls into clauses, one for each thing asked.

Law: a piece of text begins a new clause only if it opens like a request (see `openings`). Any other piece
(`calm`, `with light piano`, `in neon blue`) belongs to the clause before it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nemovideo_fakeserver.agent.reading.language import lower
from nemovideo_fakeserver.agent.reading.marks import ANY, FILE, Marked, marked
from nemovideo_fakeserver.agent.reading.negation import WITHOUT
from nemovideo_fakeserver.agent.reading.openings import lasts, opening, shared_verb, styles
from nemovideo_fakeserver.agent.reading.quantities import figures
from nemovideo_fakeserver.core.assets import Asset

MOST = 20
"""Clauses of a message that are worked on; the rest is ignored."""

_SEPARATOR = re.compile(
    r"(?P<after>[.!?;]+(?= |$|\n)|[,，](?!\d)|[\n。；;、！？])"
    rf"| (?:{WITHOUT})"
    r"| (?:and|then|plus|(?<! but )with|also|but|&)(?= )"
    rf"|(?<={FILE}):(?= )"
    r"|(?<![合柔附总共])(?=(?:然后|并且|同时|接着|以及|还有|另外|并|再|和)[^,，。]{0,12}(?:加|放|删|去|改|换|调|设|剪|标题|字幕|音乐))"
)
_EDGES = " ,.;:!?。、\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One request, as written and as the other files read it.

    `lowered` is the text in lower case, with the tokens of `quantities` and the marks of `marks`; `quotes`
    are the quotations in it, `files` the uploads it names.
    """

    text: str
    lowered: str
    quotes: tuple[str, ...] = ()
    files: tuple[Asset, ...] = ()


def clauses(message: str, uploads: Sequence[Asset]) -> list[Clause]:
    """Take a tidy message apart; a message without a word has no clause."""
    whole = marked(message, uploads)
    return [_clause(piece, whole) for piece in _glued(_parted(whole.text))[:MOST]]


def _parted(text: str) -> list[str]:
    """Cut after punctuation and before joining words, losing nothing."""
    cuts = {m.end() if m["after"] else m.start() for m in _SEPARATOR.finditer(text)}
    edges = sorted({0, *cuts, len(text)})
    return [text[a:b] for a, b in itertools.pairwise(edges)]


def _glued(parts: Sequence[str]) -> list[str]:
    """Join each part that does not open like a request to what was before it."""
    pieces: list[str] = []
    for part in parts:
        lowered = lower(part).strip(_EDGES)
        if not lowered:
            continue
        before = lower(pieces[-1]) if pieces else ""
        verb = shared_verb(lowered, before) if pieces else ""
        if len(pieces) > 1 and lasts(lowered, lower(pieces[0])):
            pieces[0] += f", {lowered}"
        elif pieces and (
            styles(lowered, before) or (not verb and opening(lowered, before) == "none")
        ):
            pieces[-1] += part
        else:
            pieces.append(verb + part)
    return pieces


def _clause(piece: str, whole: Marked) -> Clause:
    return Clause(
        text=piece.strip(_EDGES),
        lowered=figures(lower(piece).strip(_EDGES)),
        quotes=whole.quotes_in(piece),
        files=whole.files_in(piece),
    )


def unmarked(text: str) -> str:
    """Return a text without marks."""
    return re.sub(ANY, "", text)
