"""Edits and their effects, against the fake's agent: two readings of the same words that share no code."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st

from nemovideo_pytest.strategies import FAMILIES, PROJECT, Edit, asides, edits, project, projects
from nemovideo_pytest.strategies.editing.effect import read
from support.furnished import furnishing

UPLOADS = ("b.mp4", "song.mp3")
WITH_UPLOADS = ("clips", "recordings", "repetition")


@st.composite
def asked(draw: st.DrawFn, family: str) -> tuple[dict[str, Any], tuple[str, ...], Edit]:
    """A draft, uploads beside it, and an edit of a family that can be asked for there."""
    uploads = UPLOADS if family in WITH_UPLOADS else ()
    draft = draw(projects(empty=family in ("titles", "music", "generation", "clips")))
    try:
        wishes = edits(draft, families=[family], uploads=uploads)
    except ValueError:
        assume(False)
    return draft, uploads, draw(wishes)


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=12)
@given(data=st.data())
def test_the_fakes_agent_makes_every_effect_hold(family: str, data: st.DataObject) -> None:
    """What the words ask for is in the state afterwards; without the message it is not."""
    draft, uploads, edit = data.draw(asked(family))

    with furnishing(draft, uploads) as player:
        before = player.state()["draft"]
        player.say(edit.message)
        after = player.state()["draft"]

    edit.effect.check(before, after)
    assert not edit.effect.holds(before, before)


@settings(max_examples=8)
@given(projects(), asides())
def test_what_asks_for_nothing_changes_nothing(draft: dict[str, Any], aside: Edit) -> None:
    """Questions, thanks and what is to stay leave the draft alone, and cost nothing."""
    with furnishing(draft) as player:
        before, had = player.state()["draft"], player.credits()
        player.say(aside.message)

        assert aside.effect.holds(before, player.state()["draft"])
        assert player.credits() == had


@settings(max_examples=40)
@given(edits() | asides())
def test_an_effect_is_plain_data(edit: Edit) -> None:
    """It can be written down and read again."""
    assert read(edit.effect.words()) == edit.effect


@pytest.mark.parametrize("family", [family for family in FAMILIES if family != "removal"])
@settings(max_examples=5)
@given(data=st.data())
def test_an_effect_of_another_edit_does_not_hold(family: str, data: st.DataObject) -> None:
    """An empty timeline is what only somebody who asked for it gets."""
    draft, _, edit = data.draw(asked(family))
    assume(draft)

    assert not edit.effect.holds(draft, {})


def test_a_missed_effect_explains_itself() -> None:
    """It says what was to be, and what is."""
    loud = find(edits(families=["mixing"]), lambda edit: "30%" in edit.message)

    with pytest.raises(AssertionError, match="volume was to be 30 and is 40"):
        loud.effect.check(PROJECT, PROJECT)


def test_an_edit_beside_what_was_asked_for_is_told() -> None:
    """A title that is added must leave the music alone."""
    title = find(edits({}, families=["titles"]), lambda edit: "Add the title" in edit.message)
    shown = {"id": "t", "s": 0, "d": 3_000, "m": {"text": "a"}}
    noise = {"id": "m", "s": 0, "d": 3_000, "m": {}}
    after = {"t": [{"tt": 7, "sg": [shown]}, {"tt": 1, "sg": [noise]}]}

    assert title.effect.holds({}, {"t": after["t"][:1]})
    assert list(title.effect.misses({}, after)) == ["every music was to stay as it was"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=3)
@given(data=st.data())
def test_every_family_speaks_both_languages(
    family: str, language: Literal["en", "zh"], data: st.DataObject
) -> None:
    """Either can be had alone."""
    draft = project(20_000, *([10_000] if family == "order" else []))

    edit = data.draw(edits(draft, families=[family], uploads=UPLOADS, languages=[language]))

    assert (edit.family, edit.language) == (family, language)


def test_minimal_edits_are_short() -> None:
    """What Hypothesis shows in the end is the plainest way to say it."""
    title = find(edits(families=["titles"], languages=["en"]), lambda edit: '"' in edit.message)
    assert title.message in ('Add the title "a"', 'Change the title to "a"')
    assert find(edits(families=["timing"]), lambda _: True).message == "Trim the video to 1 seconds"
    assert find(edits({}, families=["generation"]), lambda _: True).message == (
        "Generate a 1 second video of a beach at dawn in 16:9"
    )


def test_what_cannot_be_asked_for_is_an_error() -> None:
    """There is no music to turn down in an empty draft, and no effect of that name."""
    with pytest.raises(ValueError, match="nothing can be asked of this draft by mixing"):
        edits({}, families=["mixing"])
    with pytest.raises(ValueError, match="no effect is called 'Magic'"):
        read({"effect": "Magic"})
