"""What was recorded, as a visitor is to read it: with its own values, and addresses that lead here.

The law: a scene rests on the record, on the visitor, on what is bound for it, and on the address under
which it came to us. What is bound only grows, so its size says whether it is still the same: scenes are
remembered under all four, and none is ever out of date.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from nemovideo_proxy.matching.lanes import Record
from nemovideo_proxy.matching.rewriting import Span, joined, spliced
from nemovideo_proxy.model import Response
from nemovideo_proxy.replay import lengths, redirecting
from nemovideo_proxy.replay.assets import Assets
from nemovideo_proxy.replay.playing import Scene, rewritten
from nemovideo_proxy.replay.visitor import Visitor

REMEMBERED = 128
"""Scenes that are kept, the last ones played."""


class Teller:
    """Puts what was recorded into the terms of whoever reads it; `assets` have addresses here."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._remembered = lru_cache(REMEMBERED)(self._scene)

    def scene(self, record: Record, visitor: Visitor, base: str) -> Scene:
        """Return a record as `visitor` is to see it, whose address of us is `base`."""
        return self._remembered(record, visitor, visitor.binding.size, base)

    def live(self, text: bytes, visitor: Visitor, base: str) -> bytes:
        """Return a text made of what was recorded as a visitor is to read it."""
        addresses = self._assets.spans_again(text, base, visitor.number)
        return spliced(text, joined(addresses, visitor.binding.outgoing(text)))

    def _scene(self, record: Record, visitor: Visitor, _bound: int, base: str) -> Scene:
        interaction = lengths.fitted(record.read())
        if interaction.response is not None:
            led = redirecting.led(
                interaction.response,
                record,
                base,
                lambda url: self._assets.address(url, base, visitor.number),
            )
            told = self._told(led, visitor, base)
            interaction = replace(interaction, response=told)
        return Scene(interaction, record.source.path_of)

    def _told(self, response: Response, visitor: Visitor, base: str) -> Response:
        body = response.body
        spans = self._spans(body, visitor, base) if isinstance(body, bytes) and body else []
        headers = tuple(
            (name, visitor.binding.outgoing_text(self._assets.text(value, base, visitor.number)))
            for name, value in response.headers
        )
        return rewritten(replace(response, headers=headers), spans)

    def _spans(self, text: bytes, visitor: Visitor, base: str) -> list[Span]:
        """Return what is to be replaced in a recorded text for a visitor to read."""
        return joined(
            self._assets.spans(text, base, visitor.number), visitor.binding.outgoing(text)
        )
