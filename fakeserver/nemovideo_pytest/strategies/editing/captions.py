"""Subtitles: along the picture, in words of one's own, or in another colour."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.editing.edit import Asking, Edit, wish
from nemovideo_pytest.strategies.editing.effects import Changed
from nemovideo_pytest.strategies.editing.picture_effects import Captioned
from nemovideo_pytest.strategies.editing.timeline import Kind, about
from nemovideo_pytest.strategies.editing.titles import COLORS, quotable

_REST: tuple[Kind, ...] = ("picture", "music", "title")


def captioned(asking: Asking) -> st.SearchStrategy[Edit] | None:
    """Subtitles, where there is a picture for them."""
    if not asking.film_ms:
        return None
    plain = wish(asking, "subtitles", (("Add subtitles",), ("添加字幕",)), Captioned(), keeps=_REST)
    lines = st.lists(quotable(asking), min_size=1, max_size=3).map(tuple)
    ways = [plain, lines.flatmap(lambda texts: _quoted(asking, texts)), *_colored(asking)]
    return st.one_of(ways)


def _quoted(asking: Asking, texts: tuple[str, ...]) -> st.SearchStrategy[Edit]:
    said = (("Add captions {en}",), ("添加字幕{zh}",))
    gaps: dict[str, Any] = {
        "en": " ".join(f'"{t}"' for t in texts),
        "zh": "".join(f"“{t}”" for t in texts),
    }
    return wish(asking, "subtitles", said, Captioned(texts=texts), keeps=_REST, **gaps)


def _colored(asking: Asking) -> list[st.SearchStrategy[Edit]]:
    lines = asking.of("subtitle")
    said = (("Make the subtitles {en}",), ("把字幕改成{zh}",))
    return [
        wish(
            asking,
            "subtitles",
            said,
            Changed(kind="subtitle", m={"color": color}),
            keeps=_REST,
            en=color,
            zh=zh,
        )
        for color, zh in COLORS.items()
        if lines and all(about(s).get("color") != color for s in lines)
    ]
