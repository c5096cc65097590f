from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.cassette.forms import FrameForm
from nemovideo_proxy.cassette.frames import bytes_of, split, style_of, told
from nemovideo_proxy.cassette.json_styles import STYLES, taken
from nemovideo_proxy.cassette.json_styles import given as given_text
from nemovideo_proxy.cassette.pieces import of_frames
from nemovideo_proxy.model import Piece
from support.proxy_cassette import json_values, sse_bodies


@given(sse_bodies())
def test_frames_joined_are_the_stream(body: bytes) -> None:
    """Nothing is lost at a cut, and no frame is empty."""
    frames = split(body)

    assert b"".join(frames) == body
    assert all(frames)


@given(sse_bodies())
def test_a_frame_comes_back(body: bytes) -> None:
    """Whatever key stands for it."""
    frames = split(body)
    style = style_of(frames)

    for frame in frames:
        assert bytes_of(FrameForm(**told(frame, style)), style) == frame


@pytest.mark.parametrize(
    ("stream", "frames"),
    [
        (b"data: 1\n\ndata: 2\n\n", [b"data: 1\n\n", b"data: 2\n\n"]),
        (b"data: 1\r\n\r\ndata", [b"data: 1\r\n\r\n", b"data"]),
        (b"data: 1\r\rx", [b"data: 1\r\r", b"x"]),
        (b"\n\n\n", [b"\n\n", b"\n"]),
        (b": a\ndata: b\n\n", [b": a\ndata: b\n\n"]),
        (b"", []),
    ],
)
def test_a_frame_ends_with_a_blank_line(stream: bytes, frames: list[bytes]) -> None:
    """In each of the three ways in which a line can end."""
    assert split(stream) == frames


@pytest.mark.parametrize(
    ("frame", "means"),
    [
        (b'data: {"a":1}\n\n', {"data": {"a": 1}}),
        (b"data: null\n\n", {"data": None}),
        (b'data: {"a": 1}\n\n', {"raw": 'data: {"a": 1}\n\n'}),
        (b'data:{"a":1}\n\n', {"raw": 'data:{"a":1}\n\n'}),
        (b'data: {"a":1}\r\n\r\n', {"raw": 'data: {"a":1}\r\n\r\n'}),
        (b'data: {"a":1.00}\n\n', {"raw": 'data: {"a":1.00}\n\n'}),
        (b"data: [DONE]\n\n", {"raw": "data: [DONE]\n\n"}),
        (b"data:\n\n", {"raw": "data:\n\n"}),
        (b": still here\n\n", {"comment": "still here"}),
        (b": \n\n", {"comment": ""}),
        (b":\n\n", {"raw": ":\n\n"}),
        (b": a\rb\n\n", {"raw": ": a\rb\n\n"}),
        (b"data: \xe5", {"base64": "ZGF0YTog5Q=="}),
    ],
)
def test_what_stands_for_a_frame(frame: bytes, means: dict[str, object]) -> None:
    """JSON and comments as they are mostly written are short, everything else is as it was sent."""
    assert told(frame, "compact") == means


def test_a_stream_has_the_style_of_its_first_json() -> None:
    """So that a service that writes spaces is read as easily."""
    frames = [b": hello\n\n", b'data: {"a": "\\u4f60", "b": 1}\n\n', b'data: {"c": [1, 2]}\n\n']

    assert style_of(frames) == "spaced ascii"
    assert told(frames[2], "spaced ascii") == {"data": {"c": [1, 2]}}


@given(json_values, st.sampled_from(STYLES))
def test_a_style_gives_back_what_it_wrote(value: object, style: str) -> None:
    """Every style is recognised, or one that writes the same."""
    text = given_text(value, next(each for each in STYLES if each == style))

    found = taken(text)
    assert found is not None
    assert given_text(*found) == text


@pytest.mark.parametrize(
    ("sizes", "cuts", "times", "say_all"),
    [
        ([5, 5], [5, 5], [0.0, 1.0], True),
        ([5, 5], [10], [0.0, None], True),
        ([5, 5, 5], [10, 5], [0.0, None, 1.0], True),
        ([5, 5], [3, 7], [1.0, None], False),
        ([5, 5], [5, 2, 3], [0.0, 2.0], False),
        ([5], [0, 5], [1.0], False),
        ([], [], [], True),
        ([5], [], [None], False),
    ],
)
def test_a_frame_has_the_time_it_was_whole(
    sizes: list[int], cuts: list[int], times: list[float | None], *, say_all: bool
) -> None:
    """And the times of frames say all where no piece ends within one."""
    pieces = tuple(Piece(float(at), size) for at, size in enumerate(cuts))

    assert of_frames(pieces, sizes) == (times, say_all)
