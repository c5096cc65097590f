"""Texts that were read and hold no secret: most headers, and what a poll says, come again and again.

Law: what is clean stays so until something is learned; then all is forgotten.
"""

from __future__ import annotations

from nemovideo_proxy.redaction.known import Known

LONGEST = 1024
"""Bytes of a text that is remembered."""

MOST = 2048
"""How many texts are remembered."""


class Clean:
    """The texts in which nothing of what is known stands, nor anything that would be learned."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._texts: set[bytes] = set()
        self._learned = 0

    def __contains__(self, text: bytes) -> bool:
        return self._learned == len(self._known) and text in self._texts

    def add(self, text: bytes) -> None:
        """Remember a text that was read to its end, and from which nothing was learned."""
        if self._learned != len(self._known) or len(self._texts) == MOST:
            self._texts.clear()
            self._learned = len(self._known)
        if len(text) <= LONGEST:
            self._texts.add(text)
