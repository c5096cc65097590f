"""Signs, colours, widths and times."""

from __future__ import annotations

import re

import pytest

from nemovideo_fakeserver.timeline import ASCII, LINES, draw, signs_for, wants_colour
from nemovideo_fakeserver.timeline.cells import cells, fitted
from nemovideo_fakeserver.timeline.times import elapsed
from support.facts_of import Telling, a_film

FILM = a_film().facts


@pytest.mark.parametrize(
    ("environ", "terminal", "wanted"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_that_nobody_told_no(
    environ: dict[str, str], terminal: bool, wanted: bool
) -> None:
    """NO_COLOR with any value says no; an empty one says nothing."""
    assert wants_colour(environ, terminal=terminal) is wanted


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-16", "gb18030"])
def test_lines_are_drawn_where_they_can_be(encoding: str) -> None:
    """An encoding with the signs gets them."""
    assert signs_for(encoding) is LINES


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "no-such-encoding", None])
def test_ascii_is_drawn_where_lines_cannot_be(encoding: str | None) -> None:
    """An encoding without them, or none that is known, gets ASCII."""
    assert signs_for(encoding) is ASCII


def test_colour_changes_nothing_but_the_colour() -> None:
    """Without its colours, the coloured drawing is the plain one."""
    coloured = draw(FILM, colour=True)

    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == draw(FILM)


def test_what_strangers_say_cannot_steer_the_terminal() -> None:
    """Control characters, colour codes and direction marks are shown, not sent."""
    told = Telling()
    told.chat("\x1b[2J\x07 hi \u202e\r\n there")

    assert r"“\x1b[2J\x07 hi \u202e\r\n there”" in draw(told.facts)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("标题", 4),
        ("ｆｕｌｌ", 8),
        ("한국", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("🎬", 2),
    ],
)
def test_characters_take_the_cells_they_take(text: str, width: int) -> None:
    """Chinese, Korean, full-width letters and emoji take two, combining marks none."""
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [("标题", 3, "标"), ("标题", 4, "标题"), ("abc", 0, ""), ("e\u0301x", 1, "e\u0301")],
)
def test_a_text_is_cut_between_characters(text: str, room: int, kept: str) -> None:
    """A wide character that does not fit is left out whole; a mark stays with its letter."""
    assert fitted(text, room) == kept


def test_a_tower_of_marks_ends() -> None:
    """Marks that take no room are not shown without end."""
    told = Telling()
    told.chat("e" + "\u0301" * 1_000)

    assert len(fitted("e" + "\u0301" * 1_000, 5)) <= 20
    assert all(len(line) < 400 for line in draw(told.facts).splitlines())


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0:00.0"),
        (2.54, "0:02.5"),
        (59.96, "1:00.0"),
        (3_723.4, "1:02:03.4"),
        (604_801, "7d 00:00:01.0"),
        (-2, "-0:02.0"),
        (float("inf"), "?"),
    ],
)
def test_time_is_told_to_the_tenth(seconds: float, told: str) -> None:
    """Minutes always, hours and days where there are any."""
    assert elapsed(seconds) == told
