"""A draft is read whatever is missing in it, and whatever else is in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from nemovideo_client.draft.timeline import Segment, read, ready
from nemovideo_pytest.strategies import drafts, json_values

DOCUMENTED: dict[str, Any] = {
    "t": [
        {"tt": 0, "sg": [{"id": "seg_1", "s": 0, "d": 8000, "src": "https://cdn.test/beach.mp4",
                          "in": 500, "m": {"name": "beach.mp4"}}]},
        {"tt": 1, "sg": [{"id": "seg_2", "s": 0, "d": 8000, "m": {"name": "Lo-fi", "volume": 35}}]},
        {"tt": 7, "sg": [{"id": "seg_3", "s": 1000, "d": 3000,
                          "m": {"text": "Paradise Found", "color": "white", "fade_in": 1000}}]},
    ],
    "d": 8000,
    "m": {"title": "project", "width": 1920, "height": 1080},
}  # fmt: skip


def only(draft: Any) -> Segment:
    """Return the only segment of a draft."""
    (segment,) = read(draft).segments
    return segment


def test_the_documented_draft_is_read() -> None:
    """Every key of docs/draft.md lands in its field."""
    line = read(DOCUMENTED)

    clip, music, title = line.segments
    assert [track.kind for track in line.tracks] == ["video", "audio", "text"]
    assert (line.duration, line.title, line.width, line.height) == (8000, "project", 1920, 1080)
    assert (clip.id, clip.start, clip.end, clip.offset) == ("seg_1", 0, 8000, 500)
    assert (clip.name, clip.source) == ("beach.mp4", "https://cdn.test/beach.mp4")
    assert (music.name, music.volume, music.track) == ("Lo-fi", 35, 1)
    assert (title.text, title.color, title.fade_in, title.end) == (
        "Paradise Found",
        "white",
        1000,
        4000,
    )


@pytest.mark.parametrize(
    "track",
    [
        {"tt": 1, "sg": [{"d": 5000, "m": {"name": "Jazz", "volume": 40}}]},
        {"tt": 1, "sg": [{"d": 5000, "name": "Jazz", "volume": 40}]},
        {"tt": 1, "d": 5000, "m": {"name": "Jazz", "volume": 40}, "sg": [{}]},
        {"tt": 1.0, "name": "Jazz", "d": 5000, "sg": [{"id": 7, "m": {"volume": 40}}]},
    ],
)
def test_settings_are_found_on_every_level(track: dict[str, Any]) -> None:
    """`d` and `m` may sit on the segment or on its track, and settings beside `m` as well as in it."""
    segment = only({"t": [track]})

    assert (segment.kind, segment.name, segment.volume) == ("audio", "Jazz", 40)
    assert segment.duration == 5000


def test_the_segment_outdoes_its_track() -> None:
    """What the segment says counts before what its track says."""
    segment = only({"t": [{"m": {"name": "track"}, "sg": [{"m": {"name": "segment"}}]}]})

    assert segment.name == "segment"


def test_segments_without_a_start_lie_end_to_end() -> None:
    """Where no segment says when it starts, one follows the other."""
    line = read({"t": [{"tt": 0, "sg": [{"d": 2000}, {"d": 3000}, {"d": 1000}]}]})

    assert [s.start for s in line.segments] == [0, 2000, 5000]
    assert line.duration == 6000


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://cdn.test/a/my%20clip.mp4?key=1", "my clip.mp4"),
        ("/mnt/userdata/x/clip.mp4", "clip.mp4"),
        ("clip.mp4", "clip.mp4"),
        ("https://cdn.test/", None),
    ],
)
def test_a_nameless_segment_is_called_after_its_file(source: str, name: str | None) -> None:
    """The last part of the source, without its query."""
    assert only({"t": [{"sg": [{"src": source}]}]}).name == name


@pytest.mark.parametrize("wrong", ["9", True, None, [], {}, float("nan"), float("inf"), 10**400])
@pytest.mark.parametrize("key", ["s", "d", "in", "volume", "speed", "size", "fade_in"])
def test_a_number_of_the_wrong_type_is_missing(key: str, wrong: object) -> None:
    """Neither words nor truth values nor what no timeline can hold are numbers."""
    segment = only({"t": [{"sg": [{key: wrong}]}]})

    assert (segment.start, segment.duration, segment.offset, segment.fade_in) == (
        0,
        None,
        None,
        None,
    )
    assert (segment.volume, segment.speed, segment.size) == (None, None, None)


@pytest.mark.parametrize("wrong", [3, True, None, [], {}, "", "  "])
def test_a_text_of_the_wrong_type_is_missing(wrong: object) -> None:
    """Only words are words."""
    segment = only({"t": [{"sg": [{"m": {"text": wrong, "name": wrong, "color": wrong}}]}]})

    assert (segment.text, segment.name, segment.color) == (None, None, None)


@pytest.mark.parametrize("tt", [2, "0", True, None, 10**400])
def test_an_unknown_type_of_track_is_another_kind(tt: object) -> None:
    """Only the three documented numbers are kinds; `true` is not 1."""
    assert read({"t": [{"tt": tt, "sg": []}]}).tracks[0].kind == "other"


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (DOCUMENTED, True),
        ({"t": [{"sg": []}, {"sg": [{}]}]}, True),
        ({}, False),
        ({"t": []}, False),
        ({"t": None}, False),
        ({"t": [{"tt": 0, "sg": []}]}, False),
        ({"t": [{"tt": 0}]}, False),
    ],
)
def test_a_draft_with_a_segment_is_ready(draft: dict[str, Any], expected: bool) -> None:
    """`t` exists and a track has a non-empty `sg`."""
    assert ready(draft) is expected


@given(json_values() | drafts(wrong=True))
def test_nothing_is_an_error(draft: Any) -> None:
    """Any JSON is a timeline, and it never lasts a negative time."""
    line = read(draft)

    assert all(segment.end >= segment.start >= 0 for segment in line.segments)
    assert ready(draft) == bool(line.segments)
