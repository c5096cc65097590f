"""Reading `output`: what a film is written as.

Documented: `format` (mp4) and `quality` (high), `resolution` (1080p) and fps "if supported". Assumed:
all other values, and that what cannot be made is refused instead of passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.core.outputs import MEDIA_TYPES, QUALITIES, Output
from nemovideo_fakeserver.core.ports import RATES
from nemovideo_fakeserver.core.refusals import RequestMalformed
from nemovideo_fakeserver.core.sizes import BEYOND, LINES, LONG, SHORT

_USUAL = Output()
_SIZE = re.compile(r"(\d{1,5})[x×*](\d{1,5})")


def output(body: Mapping[str, Any]) -> Output:
    """Read the `output` of an order; raises `RequestMalformed` for what cannot be made."""
    asked = fields.mapping(body, "output", default={})
    slowest, fastest = RATES
    return Output(
        format=_format(asked),
        quality=_quality(asked),
        lines=_lines(asked),
        fps=fields.whole(asked, "fps", default=_USUAL.fps, low=slowest, high=fastest),
    )


def _format(asked: Mapping[str, Any]) -> str:
    name = _word(asked, "format") or _USUAL.format
    if name not in MEDIA_TYPES:
        raise RequestMalformed(
            f"output.format: one of {', '.join(MEDIA_TYPES)}, not {fields.shown(asked['format'])}"
        )
    return name


def _quality(asked: Mapping[str, Any]) -> str:
    """Only `high` is documented, so that nobody can say which other words are wrong."""
    word = _word(asked, "quality")
    return word if word in QUALITIES else _USUAL.quality


def _lines(asked: Mapping[str, Any]) -> int | None:
    """Read `720p` or `1280x720`; the latter by its short side, for the shape is the draft's."""
    word = _word(asked, "resolution")
    if not word:
        return None
    size = _SIZE.fullmatch(word)
    sides = sorted(map(int, size.groups())) if size else []
    name = f"{sides[0]}p" if sides else word
    if name in BEYOND or (sides and (sides[0] > SHORT or sides[1] > LONG)):
        raise RequestMalformed(
            f"output.resolution: {fields.shown(asked['resolution'])} is more than can be rendered;"
            f" films have up to {SHORT}x{LONG} pixels (as topmediai-ai-music and 51840727527 say),"
            f" so ask for one of {', '.join(LINES)}"
        )
    if name not in LINES:
        raise RequestMalformed(
            f"output.resolution: one of {', '.join(LINES)}, not {fields.shown(asked['resolution'])}"
        )
    return LINES[name]


def _word(asked: Mapping[str, Any], name: str) -> str:
    """Return a word without regard to case and spaces."""
    return "".join(fields.optional_text(asked, name).lower().split())
