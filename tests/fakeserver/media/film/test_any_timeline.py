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
from nemovideo_fakeserver.media.picture.looks import AMOUNTS, FILTERS
from nemovideo_fakeserver.media.picture.transitions import MIXES
from nemovideo_fakeserver.media.timeline.captions import PLACES
from support.sounding import sound

SECONDS = 0.6

percent = st.integers(-200, 200) | st.floats()
milliseconds = st.floats(0, 500)
fades = {"fade_in": milliseconds, "fade_out": milliseconds}
notes = st.fixed_dictionaries(
    {},
    optional={
        **fades,
        "volume": percent,
        "duck": percent,
        "speed": st.floats(),
        "bpm": st.floats(),
        "transition": st.sampled_from(sorted(MIXES)) | st.text(max_size=3),
        "filter": st.sampled_from(sorted(FILTERS)) | st.text(max_size=3),
        **dict.fromkeys(AMOUNTS, percent),
    },
)
words = st.fixed_dictionaries(
    {"text": st.text(max_size=12) | st.sampled_from(["Hello\nWorld", "你好", "a" * 90])},
    optional={
        **fades,
        "color": st.sampled_from(["red", "neon blue", "#12f", "no colour"]),
        "position": st.sampled_from([*PLACES, "nowhere"]),
        "size": st.floats(-10, 300),
        "bold": st.booleans(),
        "italic": st.booleans(),
        "role": st.sampled_from(["title", "subtitle"]),
    },
)
place = {
    "s": st.integers(-50, 900) | st.floats(),
    "in": st.integers(-50, 3000) | st.floats(),
    "src": st.sampled_from(["mp4", "jpg", "mp3", "nobody"]) | st.none(),
}


def tracks(tt: int, notes: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    """Tracks of a type, with a few segments."""
    about = notes if tt == 7 else notes | st.none()
    segment = st.fixed_dictionaries({"d": st.integers(-10, 700), "m": about}, optional=place)
    return st.fixed_dictionaries(
        {"tt": st.just(tt), "sg": st.lists(segment, min_size=1, max_size=most)}
    )


drafts = st.builds(
    lambda t, title: {"t": t, "d": SECONDS * 1000, "m": {"title": title}},
    st.lists(
        tracks(0, notes, 4) | tracks(1, notes, 3) | tracks(7, words, 2),
        min_size=1,
        max_size=3,
    ),
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
    """Pictures as sound, sound as picture, words, looks, transitions, odd numbers, in any format: it plays to its end."""
    asked = replace(order(draft, samples), format=form)
    path = tmp_path / "film"

    try:
        made = making.render(asked, path)
    except RenderError:
        assert all(segment["d"] <= 0 for track in draft["t"] for segment in track["sg"])
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
