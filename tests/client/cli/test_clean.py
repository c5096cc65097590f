"""What reaches a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.cli.clean import clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a lo-fi loop, 80 BPM", "a lo-fi loop, 80 BPM"),
        ("标题“你好，世界” ✅ ⏳ 👩‍🚀", "标题“你好，世界” ✅ ⏳ 👩‍🚀"),
        ("two\nlines\n", "two\nlines\n"),
        ("a\ttab", "a\ttab"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b2J", "2J"),
        ("over\rwritten", "over\nwritten"),
        ("paragraph\u2029separator", "paragraph\nseparator"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud83d pair", "half  pair"),
        ("", ""),
    ],
    ids=ascii,
)
def test_words_stay_and_orders_go(text: str, shown: str) -> None:
    """Text in any script is as it was; nothing is left that a terminal would obey."""
    assert clean(text) == shown


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    """But for line ends and tabs; and cleaning twice changes nothing."""
    cleaned = clean(text)

    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in cleaned)
    assert clean(cleaned) == cleaned
