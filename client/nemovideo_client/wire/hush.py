"""Makes what the service wrote fit to be shown: no secret, no control characters, not too long."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

LONGEST = 300
"""How many characters of a message are kept."""

ELLIPSIS = "…"

SHORTEST = 8
"""Characters of a secret. A shorter client id (`me`) is no secret, and would leave holes in any sentence."""


def hush(text: str, secrets: Iterable[str]) -> str:
    """Return `text` with every occurrence of a secret replaced by an ellipsis."""
    # The longest first: a secret that begins another one must not leave that one's tail behind.
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, ELLIPSIS)
    return text


def tidy(text: str, secrets: Iterable[str] = ()) -> str:
    """Return `text` on one line, without secrets and control characters, cut to `LONGEST`."""
    # Hushed before it is cut, or the cut could go through a secret and leave its beginning.
    plain = hush("".join(map(_printed, text)), secrets).strip()
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + ELLIPSIS


def _printed(character: str) -> str:
    if character.isspace():
        return " "
    # Cc, Cf, Cs and their like: escape sequences, reversed writing, halves of surrogate pairs.
    return "" if unicodedata.category(character).startswith("C") else character
