"""Words as users write them: English, Chinese, emoji, and what has to be escaped somewhere on the way."""

from __future__ import annotations

from hypothesis import strategies as st

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHINESE = "你好世界海边日落夏天的风山城市夜晚"
EMOJI = ("🎬", "🌊", "👩‍🎤", "🇨🇳", "❤️", "1️⃣")
"""One with a joiner, a flag of two letters, one with a variation selector, a keycap."""

_PIECES = (*LATIN, *"0123456789", *" .,!?&%#@/()-", *CHINESE, *EMOJI)
_AWKWARD = (
    *"\"'\\\n\t",
    "\u2028",
    "\x85",
    "</b>",
    "{}",
    "-->",
    "\ufeff",
    "é",
    "e\u0301",
    "العربية",
)

_HARD = ("\0", "\x7f", "\u200f", "ß", "İ", "𝒳")
"""What JSON may hold, and nobody writes: control characters, a mark of direction, letters that change length."""


def words(*, max_size: int = 12, awkward: bool = False) -> st.SearchStrategy[str]:
    """Texts of up to `max_size` pieces, none of them blank; they shrink to `a`.

    `awkward` adds what has to be escaped in JSON, YAML, SRT or HTML: quotes, line breaks, a byte order mark.
    """
    return _words(max_size, _AWKWARD if awkward else ())


@st.composite
def _words(draw: st.DrawFn, most: int, more: tuple[str, ...]) -> str:
    pieces = st.lists(st.sampled_from((*_PIECES, *more)), min_size=1, max_size=most)
    return draw(pieces.map("".join).map(str.strip).filter(bool))


def any_text(*, max_size: int = 12) -> st.SearchStrategy[str]:
    """Texts of up to `max_size` pieces, of blanks or of nothing, too; they shrink to nothing.

    The alphabet is the package's own: `st.text()` builds tables of all of Unicode inside the first draw
    of a fresh checkout, and Hypothesis then fails the test for being slow.
    """
    return st.lists(st.sampled_from((*_PIECES, *_AWKWARD, *_HARD)), max_size=max_size).map("".join)
