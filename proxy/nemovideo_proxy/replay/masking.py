"""What is told of a live request, without its secrets.

They are known by the places they stand in, and by their shape everywhere: what stands for them is what a
recording would have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nemovideo_proxy.matching.differences import Difference
from nemovideo_proxy.matching.ids import Id
from nemovideo_proxy.model import Request
from nemovideo_proxy.places import SECRET
from nemovideo_proxy.redaction import Redactor

LONGEST = 120
"""Characters of a value that are shown. It is cut when it is masked: a part of a secret has no shape."""


class Mask:
    """Masks what is told of one request that has these `ids`."""

    def __init__(self, ids: Iterable[Id] = ()) -> None:
        self._secrets = [(found.role, found.value) for found in ids if found.role in SECRET]
        self._redactor = Redactor(known=self._secrets)

    def url(self, url: str) -> str:
        """Return a URL or a path as it may be told."""
        return self._redactor.request(Request(method="GET", url=url)).url

    def value(self, text: str) -> str:
        """Return the beginning of any text as it may be told."""
        shown = self.url(text)
        if len(shown) > LONGEST:
            shown = shown[:LONGEST] + "…"
        for role, secret in self._secrets:  # those that are too short to be known elsewhere
            shown = shown.replace(secret, f"{{{role}}}")
        return shown

    def difference(self, told: Difference) -> Difference:
        """Return a difference as it may be told."""
        recorded, asked = (text and self.value(text) for text in (told.recorded, told.asked))
        return replace(told, place=self.value(told.place), recorded=recorded, asked=asked)
