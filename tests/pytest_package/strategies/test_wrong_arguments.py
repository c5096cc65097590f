"""Arguments that cannot be meant: one sentence says so, before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nemovideo_pytest import strategies as nemo


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (
            lambda x: nemo.event_streams(dialects=[x]),
            r"no dialect is called 'x'; there are: typed,",
        ),
        (lambda x: nemo.event_streams(ends=[x]), r"no end is called 'x'; there are: closed, reset"),
        (lambda x: nemo.edits(languages=[x]), r"no language is called 'x'; there are: en, zh"),
        (lambda x: nemo.asides(languages=[x]), r"no language is called 'x'; there are: en, zh"),
        (
            lambda x: nemo.edits(families=[x]),
            r"no family of edits is called 'x'; there are: titles",
        ),
        (lambda x: nemo.sessions(acts=[x]), r"no act is called 'x'; there are: token, session"),
        (lambda x: nemo.faults(kinds=[x]), r"no kind of action is called 'x'; there are: answer"),
        (lambda x: nemo.faults(sides=[x]), r"no side is called 'x'; there are: before, after"),
        (lambda x: nemo.faults(moments=[x]), r"no moment is called 'x'; there are: turn\.acc"),
        (lambda _: nemo.edits(families=["miixng"]), r"'miixng'; did you mean mixing\? There are: "),
        (lambda _: nemo.edits(families=[]), r"no family of edits is chosen; there are: titles"),
        (lambda _: nemo.edits(languages=[]), r"no language is chosen; there are: en, zh"),
        (lambda _: nemo.event_streams(dialects=[]), r"no dialect is chosen; there are: typed"),
        (lambda _: nemo.event_streams(ends=[]), r"no end is chosen; there are: closed"),
        (lambda _: nemo.sessions(acts=()), r"no act is chosen; there are: token"),
        (lambda _: nemo.faults(kinds=[]), r"no kind of action is chosen; there are: answer"),
        (
            lambda _: nemo.sessions(acts="say"),
            r"a list of names is wanted, as in \['say'\], not 'say'",
        ),
    ],
)
def test_a_name_that_does_not_exist_is_told(ask: Callable[[Any], object], says: str) -> None:
    """With the names that do; the strategy need not be drawn from."""
    with pytest.raises(ValueError, match=says):
        ask("x")


@pytest.mark.parametrize("found", [5, "t", nemo.drafts()])
def test_edits_are_asked_of_a_draft(found: Any) -> None:
    """A strategy is none, and the sentence says how to have one drawn."""
    with pytest.raises(TypeError, match=r"edits are asked of one draft, .* drafts\(\)\.flatmap\("):
        nemo.edits(found)


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        ({"t": 5}, "t of the draft is 5, not a list"),
        ({"t": [None]}, "a track is None, not a mapping"),
        ({"t": [{"tt": 0, "sg": [{"d": "long"}]}]}, "d of a segment is 'long', not a number"),
        ({"t": [{"tt": 0, "sg": [{"m": {"speed": []}}]}]}, r"speed of the m of a segment is \[\]"),
    ],
)
def test_a_draft_with_values_of_a_wrong_type_is_told(draft: Any, says: str) -> None:
    """It says which value, and what it should be."""
    with pytest.raises(ValueError, match=says):
        nemo.edits(draft)


@settings(max_examples=100)
@given(nemo.drafts(wrong=True, max_tracks=2, max_segments=2), st.data())
def test_any_draft_is_either_told_or_edited(draft: Any, data: st.DataObject) -> None:
    """Nothing but a ValueError stands between a draft and the edits of it."""
    try:
        wishes = nemo.edits(draft)
    except ValueError:
        assume(False)

    assert data.draw(wishes).message
