"""Drafts: what they have, what may be missing, and how small they get."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from nemovideo_client.draft.summary import summary
from nemovideo_pytest.strategies import drafts, furnished, json_values, project, projects, words
from support.furnished import furnishing

UNSHRUNK = settings(phases=[Phase.generate], max_examples=2_000)
KNOWN = {"t", "d", "m", "tt", "sg", "id", "s", "src", "in"}


def segments(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """All segments of a draft."""
    return [s for track in draft.get("t", ()) for s in track["sg"]]


@settings(max_examples=40)
@given(drafts(missing=False, unknown=False, overlaps=False))
def test_a_plain_draft_has_every_key_in_its_place(draft: dict[str, Any]) -> None:
    """With nothing missing, unknown or overlapping, a draft is as the documents show it."""
    assert draft.keys() == {"t", "d", "m"}
    for track in draft["t"]:
        assert track.keys() == {"tt", "sg"}
        assert track["tt"] in (0, 1, 7)
        ends = [s["s"] + s["d"] for s in track["sg"]]
        assert all(s["s"] >= end for s, end in zip(track["sg"][1:], ends, strict=False))
    assert all(segment.keys() <= KNOWN for segment in segments(draft))


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda d: any(t["tt"] == 3 for t in d.get("t", ())), id="unknown track"),
        pytest.param(lambda d: "fps" in d, id="unknown key"),
        pytest.param(lambda d: any("d" not in s for s in segments(d)), id="missing length"),
        pytest.param(lambda d: "🎬" in json.dumps(d, ensure_ascii=False), id="emoji"),
        pytest.param(lambda d: "海" in json.dumps(d, ensure_ascii=False), id="Chinese"),
    ],
)
def test_awkward_drafts_can_be_had(wanted: Any) -> None:
    """Each of the surprises comes up."""
    assert wanted(find(drafts(), wanted, settings=UNSHRUNK))


def test_a_draft_shrinks_to_nothing() -> None:
    """The smallest draft is that of an empty project; the smallest with a text has one segment that says `a`."""
    texts = drafts(tracks=[7], unknown=False, max_tracks=1, max_segments=1)
    titled = find(texts, lambda d: any("text" in s.get("m", {}) for s in segments(d)))
    (segment,) = segments(titled)

    assert find(drafts(), lambda _: True) == {}
    assert titled.keys() == {"t"}
    assert segment["m"] == {"text": "a"}


@settings(max_examples=40)
@given(drafts(wrong=True) | json_values(), st.sampled_from(["en", "zh"]))
def test_the_clients_summary_reads_all_of_them(draft: Any, language: Any) -> None:
    """Whatever is generated is JSON, and the client of this repository puts it in words."""
    json.dumps(draft)

    assert isinstance(summary(draft, language), str)


@settings(max_examples=8)
@given(projects())
def test_a_project_can_be_laid_on_the_timeline_of_a_fake(draft: dict[str, Any]) -> None:
    """A scripted turn gives a session exactly this draft, and costs nothing."""
    with furnishing(draft) as player:
        assert player.state()["draft"] == draft
        assert player.credits()["frozen"] == 0


def test_unknown_keys_are_laid_too() -> None:
    """What a scenario has no word for goes with it all the same."""
    draft = project(5_000, music=None, title=None)
    draft["t"][0]["sg"][0]["x7"] = "kept"
    draft["m"]["mood"] = "calm"

    with furnishing(draft) as player:
        assert player.state()["draft"] == draft


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        ({"t": [{"tt": 3, "sg": []}]}, "no track of type 3"),
        ({"t": [{"tt": 0, "sg": [{"s": 0}]}]}, "no segment without id and d"),
    ],
)
def test_what_cannot_be_laid_is_told(draft: dict[str, Any], says: str) -> None:
    """A scenario knows three types of track, and names every segment."""
    with pytest.raises(ValueError, match=says):
        furnished(draft)


@given(words(awkward=True))
def test_words_are_never_blank(text: str) -> None:
    """They say something, and no more blanks than needed around it."""
    assert text == text.strip() != ""


def test_words_shrink_to_a_letter() -> None:
    """The smallest text is `a`."""
    assert find(words(), lambda _: True) == "a"
