"""Reading `output`: what a film is written as.

Documented: `format` (mp4) and `quality` (high), `resolution` (1080p) and fps "if supported". Assumed:
all other values, and that what cannot be made is refused instead of passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
    _check_sides(asked)
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
    if name in BEYOND or _beyond(sides):
        raise _too_large(f"output.resolution: {fields.shown(asked['resolution'])}")
    if name not in LINES:
        raise RequestMalformed(
            f"output.resolution: one of {', '.join(LINES)}, not {fields.shown(asked['resolution'])}"
        )
    return LINES[name]


def _check_sides(asked: Mapping[str, Any]) -> None:
    """Refuse a `width` and `height` beyond the limit. Else they say nothing: the canvas is the draft's."""
    said = {name: asked[name] for name in ("width", "height") if _is_number(asked.get(name))}
    if _beyond(sorted(said.values())):
        raise _too_large(", ".join(f"output.{name}: {fields.shown(said[name])}" for name in said))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _beyond(sides: Sequence[float]) -> bool:
    """Say whether sides, from the shortest to the longest, are more than those of any film."""
    return any(side > most for side, most in zip(reversed(sides), (LONG, SHORT), strict=False))


def _too_large(said: str) -> RequestMalformed:
    return RequestMalformed(
        f"{said} is more than can be rendered: a film has at most {SHORT}x{LONG} pixels, upright or"
        f" across; ask for a resolution of {', '.join(LINES)}, of which 1080p is the most"
    )


def _word(asked: Mapping[str, Any], name: str) -> str:
    """Return a word without regard to case and spaces."""
    return "".join(fields.optional_text(asked, name).lower().split())
