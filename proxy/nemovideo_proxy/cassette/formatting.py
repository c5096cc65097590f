"""What a cassette looks like when it is written by us."""

from __future__ import annotations

from nemovideo_proxy.cassette.documents import header_text, interaction_text
from nemovideo_proxy.cassette.reading import Cassette


def formatted(cassette: Cassette) -> str:
    """Return the whole text of a cassette as it would be written: nothing in it but its contents matters."""
    return header_text(cassette.header) + "".join(interaction_text(each) for each in cassette)
