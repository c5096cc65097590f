"""Many needles are found as one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.redaction.needles import Needles

_words = st.text("ab", min_size=6, max_size=9).map(str.encode)


@given(st.sets(_words, max_size=30), st.text("ab", max_size=60).map(str.encode), st.booleans())
def test_needles_are_found(words: set[bytes], data: bytes, are_many: bool) -> None:
    """Within bytes, and begun at their end, whether they are few or many."""
    needles = Needles()
    for word in words | {b"%06d" % number for number in range(300 if are_many else 0)}:
        needles.add(word)

    assert set(needles.within(data)) == {word for word in words if word in data}
    lengths = [n for word in words for n in range(1, len(word)) if data.endswith(word[:n])]
    assert needles.begun(data) == max(lengths, default=0)
