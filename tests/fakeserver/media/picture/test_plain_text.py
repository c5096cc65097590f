"""What is left of a text when only what can be drawn is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.media.picture.plain_text import MOST, plain


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Paradise Found", "Paradise Found"),
        ("  two \t words\u3000 ", "two   words"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("cafe\u0301", "café"),
        ("a\u200bb\x00c\u202ed\ufe0f", "abcd"),
        ("\ud83d", "\ufffd"),
        ("", ""),
    ],
)
def test_spaces_become_plain_and_what_is_unseen_goes(text: str, left: str) -> None:
    """Letters and their accents stay."""
    assert plain(text) == left


@pytest.mark.parametrize("text", ["海" * 10_000, "a" * (MOST + 1), "a" + "\u200b" * 10_000])
def test_too_much_text_ends_in_an_ellipsis(text: str) -> None:
    """The reader sees that there was more."""
    assert plain(text).endswith("…")
    assert plain(text).startswith(text[0])
    assert len(plain(text)) <= MOST


@given(text=st.text(st.characters(), max_size=50))
def test_any_text_is_left_with_seen_characters(text: str) -> None:
    """No control character but the newline comes through, and half a pair never does."""
    left = plain(text)

    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in left if c != "\n")
    left.encode()
