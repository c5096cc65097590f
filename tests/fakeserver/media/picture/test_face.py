"""The typeface has the letters it says it has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nemovideo_fakeserver.media.picture.face import face

MISSING = "\U0001f600"


def drawn(text: str, size: int = 24) -> bytes:
    """The pixels of a text."""
    page = Image.new("L", (2 * size, 2 * size))
    face(size).draw(page, 4, 1.5 * size, text)
    return page.tobytes()


@pytest.mark.parametrize(
    "letters",
    [
        "AZaz09&@",
        "éñßøÅ",
        "ąłőşžıĐŵ",
        "ΑΩαωΈ",
        "ЯяЄїґ",
        "“”‘’–—…•",
        "€£¥₿",
        "霓虹城市夜景",
        "啊齄",
        "あア",
        "，。！《》「」",
        "Ａ１～",
        "→★①",
    ],
)
def test_letters_have_shapes_of_their_own(letters: str) -> None:
    """None of them is empty, none is the box of a missing character, no two are the same."""
    shapes = {drawn(letter) for letter in letters}

    assert len(shapes) == len(letters)
    assert not shapes & {drawn(MISSING), drawn(" ")}


@pytest.mark.parametrize("letter", ["م", "\ufffd", "\U00020000", "ก"])
def test_a_missing_character_is_a_box(letter: str) -> None:
    """Emoji, rare hanzi, Arabic and Thai are seen to be missing."""
    assert drawn(letter) == drawn(MISSING)
    assert np.frombuffer(drawn(letter), np.uint8).any()


def test_all_of_gb_2312_is_there() -> None:
    """Each of its 6,763 hanzi is another shape than the box."""
    rows = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    hanzi = "".join(code.decode("gb2312", "ignore") for code in rows)
    box = drawn(MISSING, 12)

    assert len(hanzi) == 6763
    assert not [letter for letter in hanzi if drawn(letter, 12) == box]


@given(text=st.text(st.sampled_from("aW 海。é…"), max_size=8))
def test_the_width_is_how_far_the_ink_may_reach(text: str) -> None:
    """A text is as wide as its characters, and its ink ends with it."""
    page = Image.new("L", (300, 60))
    face(24).draw(page, 20, 40, text)

    assert face(24).width(text) == sum(face(24).width(letter) for letter in text)
    left, _, right, _ = page.getbbox() or (20, 0, 20, 0)
    assert left >= 20 - 2
    assert right <= 20 + face(24).width(text) + 2
