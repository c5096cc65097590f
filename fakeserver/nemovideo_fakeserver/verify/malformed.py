"""How a question is refused: one sentence, with the nearest legal word."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from nemovideo_fakeserver.verify.plain import plain


class QueryMalformed(ValueError):
    """A question that cannot be read; the message is one sentence that names what is legal."""


def no_such(what: str, word: object, legal: Iterable[str]) -> QueryMalformed:
    """Return the error for an unknown `word`: the nearest legal one, and all of them."""
    words = tuple(legal)
    told = repr(plain(str(word))[:40])
    near = get_close_matches(str(word)[:40], words, n=1, cutoff=0.5)
    hint = f"; did you mean {near[0]}?" if near else "."
    return QueryMalformed(f"{what} {told}{hint} There are: {', '.join(words)}.")
