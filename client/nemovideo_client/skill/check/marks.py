"""Marks for what a document does not say: the value of a variable, the output of a command.

They are private characters of Unicode, so that `$SID` which a shell would replace can be told from `$SID`
in single quotes, which it would not.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


_SIGNS = re.compile(r"[^\w$(){}. -]+")
"""What would mean something to those who look for quotes, keys, or the parts of a URL."""


def marked(name: str) -> str:
    """Return the mark for a thing."""
    return f"{OPEN}{_SIGNS.sub(' ', name)}{CLOSE}"


def hidden(text: str) -> str:
    """Return a text whose marks say nothing: what stands in them has quotes and keys of its own."""
    return MARK.sub(marked(""), text)


def shown(text: str) -> str:
    """Return a text as the document has it."""
    return MARK.sub(r"\1", text)


def whole(text: str) -> bool:
    """Say whether a text is one mark, and nothing else."""
    return MARK.fullmatch(text) is not None
