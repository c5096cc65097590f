from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.core.draft import TEXT, VIDEO, Draft, ready_for_export, segments, tracks

json = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["t", "tt", "sg", "x"]), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from(["t", "d", "m"]), json))
def test_readers_take_any_json_a_client_may_send(draft: Draft) -> None:
    """Reading a draft never raises; it yields objects only, and is ready when there is one to yield."""
    found = list(segments(draft))

    assert all(isinstance(item, dict) for item in (*tracks(draft), *found))
    assert ready_for_export(draft) == bool(found)


@pytest.mark.parametrize(
    ("draft", "ready"),
    [
        ({}, False),
        ({"t": []}, False),
        ({"t": [{"tt": 0, "sg": []}]}, False),
        ({"t": [{"tt": 0}, {"tt": 7, "sg": [{}]}]}, True),
    ],
)
def test_a_draft_is_ready_once_a_track_has_a_segment(draft: Draft, ready: bool) -> None:
    """The documented check before an export: a track with a segment."""
    assert ready_for_export(draft) is ready


def test_segments_can_be_asked_for_by_type() -> None:
    """One type of track yields its own segments only."""
    draft = {"t": [{"tt": tt, "sg": [{"id": id_}]} for tt, id_ in ((VIDEO, "a"), (TEXT, "b"))]}

    assert [s["id"] for s in segments(draft, TEXT)] == ["b"]
