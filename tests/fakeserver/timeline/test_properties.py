"""What holds for the drawing of any facts."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline import ASCII, LINES, draw
from nemovideo_fakeserver.timeline.cells import cells
from support.facts_of import ACCOUNT, SESSION, Telling, a_film, journals

_scopes = st.sampled_from([{}, {"session": SESSION}, {"account": ACCOUNT}, {"session": "ses_2"}])


_looks = st.fixed_dictionaries(
    {
        "width": st.integers(1, 130),
        "signs": st.sampled_from([LINES, ASCII]),
        "most": st.integers(0, 30),
        "colour": st.booleans(),
    }
)


@settings(max_examples=50)  # a journal is long
@given(journals(), _scopes, _looks)
def test_any_facts_can_be_drawn(
    facts: list[Fact], scope: dict[str, Any], look: dict[str, Any]
) -> None:
    """It never fails, is never wider than asked, and sends no control character but its colours."""
    drawn = draw(facts, **scope, **look)

    plain = re.sub(r"\x1b\[(0|2|3[1236])m", "", drawn) if look["colour"] else drawn
    for line in plain.split("\n"):
        assert line.isprintable()
        assert cells(line) <= look["width"]
        assert line == line.rstrip()
        assert look["signs"] is LINES or line.isascii()


@given(st.text(max_size=300), st.integers(10, 100))
def test_another_measure_finds_no_line_too_wide(message: str, width: int) -> None:
    """A terminal library that counts cells in its own way agrees that a message stays on the page."""
    told = Telling()
    told.chat(message)

    assert all(cell_len(line) <= width for line in draw(told.facts, width=width).split("\n"))


@given(st.integers(1, 26))
def test_at_most_so_many_rows_are_drawn(most: int) -> None:
    """Three lines of head, and the rows."""
    assert len(draw(a_film().facts, most=most).splitlines()) <= 3 + most
