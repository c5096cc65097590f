"""How large a film is: the canvas of a draft, as it is or with the lines that an order asks for.

Documented: films are H.264 "up to 1080x1920" (topmediai-ai-music; 51840727527), and skills promise
1080p. Assumed: that this holds whichever way a film stands, that a larger draft is brought within it
and keeps its shape, and which other names of resolutions there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.core.draft import Draft
from nemovideo_fakeserver.core.ports import SIDES

SHORT, LONG = 1080, 1920
"""The most pixels of the short and of the long side of a film."""

LINES: Mapping[str, int] = {"360p": 360, "480p": 480, "540p": 540, "720p": 720, "1080p": 1080}
"""Pixels of the short side by the name of a resolution."""

BEYOND = ("1440p", "2160p", "4320p", "2k", "4k", "5k", "8k", "qhd", "uhd")
"""Names of resolutions that are more than any film has."""


def within(width: float, height: float) -> tuple[int, int]:
    """Return a size of the same shape that is within the limits of a film; one that is stays."""
    scale = min(1.0, SHORT / min(width, height), LONG / max(width, height))
    least = SIDES[0]
    return max(least, round(width * scale)), max(least, round(height * scale))


def size(draft: Draft, usual: tuple[int, int], lines: int | None) -> tuple[int, int]:
    """Return width and height of a film of `draft`, with `lines` on its short side unless None.

    What the draft says of a side is `usual` where it is no number of pixels within `SIDES`.
    """
    about = draft.get("m")
    asked = about if isinstance(about, dict) else {}
    width, height = (
        value if isinstance(value, int) and SIDES[0] <= value <= SIDES[1] else fallback
        for value, fallback in zip((asked.get("width"), asked.get("height")), usual, strict=True)
    )
    scale = lines / min(width, height) if lines else 1.0
    return within(width * scale, height * scale)
