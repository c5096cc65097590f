"""The signs a drawing is made of, and its colours.

Two sets of signs: one with lines and hearts, one of ASCII for terminals and files that have no other.
Colour is asked for, never assumed; `NO_COLOR` (https://no-color.org) says no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.verify.plain import ascii_only, plain

Tone: TypeAlias = Literal["plain", "quiet", "good", "bad", "odd", "said"]

_CODES: dict[Tone, str] = {"quiet": "2", "good": "32", "bad": "31", "odd": "33", "said": "36"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is drawn; `opens` to `works` make the span of a stream."""

    ascii: bool
    opens: str
    inside: str
    passes: str
    closes: str
    breaks: str
    works: str
    heart: str
    text: str
    times: str
    minus: str
    dot: str
    leads: str
    more: str
    quotes: tuple[str, str]

    def safe(self, text: str) -> str:
        """Return a text from anybody as it may stand in the drawing."""
        return ascii_only(text) if self.ascii else plain(text)

    def many(self, part: str, times: int) -> str:
        """Return a part that came `times` in a row: `♥×3`, `call ×2`."""
        if times == 1:
            return part
        gap = " " if any(map(str.isalnum, part)) else ""
        return f"{part}{gap}{self.times}{times}"

    def quoted(self, text: str) -> str:
        """Return what somebody said."""
        return f"{self.quotes[0]}{self.safe(text)}{self.quotes[1]}"


LINES = Signs(
    ascii=False,
    opens="╭",
    inside="├",
    passes="│",
    closes="╰",
    breaks="╳",
    works="┊",
    heart="♥",
    text="“…”",
    times="×",
    minus="−",
    dot=" · ",
    leads=" → ",
    more="…",
    quotes=("“", "”"),
)
ASCII = Signs(
    ascii=True,
    opens=",",
    inside="|",
    passes="|",
    closes="`",
    breaks="x",
    works=":",
    heart="beat",
    text='"..."',
    times="x",
    minus="-",
    dot=", ",
    leads=" -> ",
    more="...",
    quotes=('"', '"'),
)


def signs_for(encoding: str | None) -> Signs:
    """Return the signs that a stream with this encoding can show."""
    try:
        "╭├│╰╳┊♥“…”×−·→".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return LINES


def wants_colour(environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Say whether to draw in colour: on a terminal that knows colours, and nobody said no."""
    return terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def painted(text: str, tone: Tone) -> str:
    """Return a text in the colour of its tone."""
    code = _CODES.get(tone)
    return f"\x1b[{code}m{text}\x1b[0m" if code and text.strip() else text
