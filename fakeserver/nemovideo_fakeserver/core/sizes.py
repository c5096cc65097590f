"""How large a film is: the canvas of a draft, as it is or with the lines that an order asks for.

Documented: films are H.264 "up to 1080x1920" (topmediai-ai-music; 51840727527), and skills promise
1080p. Assumed: that this holds whichever way a film stands, that a draft of any size is brought within
it and keeps its shape, and which other names of resolutions there are.
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


FEW, MANY = 1, 1e100
"""What can be meant as the pixels of a side: more would be beyond the arithmetic, not only beyond films."""


def within(width: float, height: float) -> tuple[int, int]:
    """Return a size of the same shape that is within the limits of a film; one that is stays."""
    least = SIDES[0]
    short, long = sorted((width, height))
    scale = min(max(1.0, least / short), SHORT / short, LONG / long)
    return max(least, round(width * scale)), max(least, round(height * scale))


def size(draft: Draft, usual: tuple[int, int], lines: int | None) -> tuple[int, int]:
    """Return width and height of a film of `draft`, with `lines` on its short side unless None.

    It is `usual` where the draft says of a side what is no number of pixels.
    """
    about = draft.get("m")
    asked = about if isinstance(about, dict) else {}
    across, down = _pixels(asked.get("width")), _pixels(asked.get("height"))
    width, height = usual if across is None or down is None else (across, down)
    scale = lines / min(width, height) if lines else 1.0
    return within(width * scale, height * scale)


def _pixels(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if FEW <= value <= MANY else None
