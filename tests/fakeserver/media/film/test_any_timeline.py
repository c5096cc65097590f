"""Whatever a client sends as a draft becomes a film of its length, or an error in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.outputs import MEDIA_TYPES
from nemovideo_fakeserver.core.ports import RenderError, RenderOrder
from nemovideo_fakeserver.media.film import making
from support.sounding import sound

SECONDS = 0.6

notes = st.fixed_dictionaries(
    {},
    optional={
        "volume": st.integers(-5, 200) | st.floats(),
        "duck": st.integers(-5, 200) | st.floats(),
        "speed": st.floats(),
        "fade_in": st.floats(0, 500),
        "fade_out": st.floats(0, 500),
        "bpm": st.floats(),
    },
)
segments = st.lists(
    st.fixed_dictionaries(
        {"d": st.integers(-10, 700)},
        optional={
            "s": st.integers(-50, 900) | st.floats(),
            "in": st.integers(-50, 3000) | st.floats(),
            "src": st.sampled_from(["mp4", "jpg", "mp3", "nobody"]) | st.none(),
            "m": notes,
        },
    ),
    min_size=1,
    max_size=4,
)


drafts = st.builds(
    lambda tt, sg, title: {
        "t": [{"tt": tt, "sg": sg}],
        "d": SECONDS * 1000,
        "m": {"title": title},
    },
    st.sampled_from([0, 1]),
    segments,
    st.text(max_size=5),
)


@example(draft={"t": [{"tt": 1, "sg": [{"d": 100, "src": "jpg"}]}], "d": 600}, form="mp4")
@example(draft={"t": [{"tt": 0, "sg": [{"d": 100, "src": "mp3"}]}], "d": 600}, form="mp4")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=drafts, form=st.sampled_from(sorted(MEDIA_TYPES)))
def test_any_timeline_becomes_a_film_of_its_length(
    draft: dict[str, Any],
    form: str,
    samples: Mapping[str, Path],
    order: Callable[..., RenderOrder],
    tmp_path: Path,
) -> None:
    """Pictures as sound, sound as picture, odd numbers and titles, in any format: it plays to its end."""
    asked = replace(order(draft, samples), format=form)
    path = tmp_path / "film"

    try:
        made = making.render(asked, path)
    except RenderError:
        assert all(segment["d"] <= 0 for segment in draft["t"][0]["sg"])
        return

    assert made.seconds == SECONDS
    kinds = kinds_of(path)
    if "video" in kinds and form != "gif":
        with av.open(str(path)) as file:
            assert sum(1 for _ in file.decode(video=0)) == SECONDS * 10
    if "audio" in kinds:
        assert len(sound(path)) / 48_000 == pytest.approx(SECONDS, abs=0.03)


def kinds_of(path: Path) -> set[str]:
    """What a file has: a picture, a sound, or both."""
    with av.open(str(path)) as file:
        return {stream.type for stream in file.streams}
