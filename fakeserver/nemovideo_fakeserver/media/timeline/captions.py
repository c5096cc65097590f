"""Words on the screen, as a text segment says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nemovideo_fakeserver.media.timeline.colours import WHITE, Rgb, colour
from nemovideo_fakeserver.media.values import mapping, number, text

SIZES = (8.0, 200.0)
USUAL_SIZE = 48.0
PLACES = (
    "top-left",
    "top-center",
    "top-right",
    "center",
    "bottom-left",
    "bottom-center",
    "bottom-right",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """`text` for `seconds` from `start`. `size` is in points of 1/720 of the canvas's short side; fades in seconds.

    `place` is one of `PLACES`, `colour` red, green and blue from 0 to 255.
    """

    text: str
    start: float
    seconds: float
    colour: Rgb = WHITE
    place: str = "center"
    size: float = USUAL_SIZE
    bold: bool = False
    italic: bool = False
    fade_in: float = 0.0
    fade_out: float = 0.0

    @property
    def end(self) -> float:
        """The second at which the words are gone."""
        return self.start + self.seconds


def caption(segment: Mapping[str, Any]) -> Caption | None:
    """Understand a text segment; None for one without words or without length."""
    about = mapping(segment.get("m"))
    words = text(about.get("text")).strip()
    seconds = number(segment.get("d"), 0) / 1000
    if not words or seconds <= 0:
        return None
    subtitle = about.get("role") == "subtitle"
    return Caption(
        text=words,
        start=number(segment.get("s"), 0) / 1000,
        seconds=seconds,
        colour=colour(about.get("color")),
        place=_place(about.get("position"), "bottom-center" if subtitle else "center"),
        size=number(about.get("size"), 24.0 if subtitle else USUAL_SIZE, *SIZES),
        bold=about.get("bold") is True,
        italic=about.get("italic") is True,
        fade_in=min(seconds, number(about.get("fade_in"), 0) / 1000),
        fade_out=min(seconds, number(about.get("fade_out"), 0) / 1000),
    )


def _place(name: object, usual: str) -> str:
    place = text(name).strip().lower()
    return place if place in PLACES else usual
