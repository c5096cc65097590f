"""Uploaded films are shown at their place, at their pace, upright and whole."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.opening import source
from support.pictures import cut, luma, plane, played, shown

RAMP = range(40, 240, 10)
"""The greys of a clip of two seconds at 10 frames a second."""

OrderMaker = Callable[..., RenderOrder]
FilmMaker = Callable[..., Path]


@pytest.fixture(scope="session")
def ramp(make_film: FilmMaker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of two seconds that gets brighter with every frame, without sound."""
    path = tmp_path_factory.mktemp("ramp") / "ramp.mp4"
    return make_film(path, lumas=RAMP, size=(64, 36), sound=False)


def video(*segments: Mapping[str, Any]) -> dict[str, Any]:
    """A draft with one video track."""
    return {"t": [{"tt": 0, "sg": list(segments)}]}


@pytest.mark.parametrize(
    ("segment", "greys"),
    [
        ({"d": 2000}, list(RAMP)),
        ({"s": 300, "d": 500}, [16] * 3 + list(RAMP[:5])),
        ({"in": 500, "d": 1000}, list(RAMP[5:15])),
        ({"d": 1000, "m": {"speed": 2}}, list(RAMP[::2])),
        ({"d": 800, "m": {"speed": 0.5}}, [g for g in RAMP[:4] for _ in range(2)]),
        ({"in": 1800, "d": 500}, [*RAMP[18:], RAMP[19], RAMP[19], RAMP[19]]),
        ({"in": 9000, "d": 200}, [RAMP[19]] * 2),
    ],
)
def test_a_clip_plays_at_its_place(
    segment: dict[str, Any], greys: list[int], ramp: Path, order: OrderMaker
) -> None:
    """Start, offset and speed choose the source's frames; after its end the last one stands still."""
    seen = shown(order(video({**segment, "src": "u"}), {"u": ramp}))

    assert [luma(f) for f in seen] == pytest.approx(greys, abs=3)


@pytest.mark.parametrize("speed", [1, 2])
def test_a_clip_that_was_covered_shows_up_where_it_would_be(
    speed: int, ramp: Path, order: OrderMaker
) -> None:
    """What a first track hides of a clip is gone: the clip does not begin when it comes to light."""
    clip = {"d": 1000, "src": "u", "m": {"speed": speed}}
    draft = {"t": [{"tt": 0, "sg": [{"d": 500}]}, {"tt": 0, "sg": [clip]}], "d": 1000}

    seen = shown(order(draft, {"u": ramp}))

    wanted = [RAMP[n * speed] for n in range(5, 10)]
    assert [luma(f) for f in seen[5:]] == pytest.approx(wanted, abs=3)


def test_a_source_may_begin_at_any_time_of_its_own(
    ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """Offsets count from a file's first frame, also in a recording whose clock begins at five."""
    shifted = tmp_path / "shifted.mkv"
    with av.open(str(ramp)) as old, av.open(str(shifted), "w", format="matroska") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for packet in old.demux():
            if packet.dts is not None and packet.pts is not None:
                later = round(5 / packet.time_base)
                packet.pts, packet.dts = packet.pts + later, packet.dts + later
                packet.stream = stream
                new.mux(packet)

    seen = shown(order(video({"in": 700, "d": 600, "src": "u"}), {"u": shifted}))

    assert [luma(f) for f in seen] == pytest.approx(list(RAMP[7:13]), abs=3)


def test_a_faster_film_repeats_the_frames_of_a_slow_clip(ramp: Path, order: OrderMaker) -> None:
    """A clip of 10 frames a second in a film of 30 shows each frame three times."""
    seen = shown(order(video({"d": 1000, "src": "u"}), {"u": ramp}, fps=30))

    assert [luma(f) for f in seen] == pytest.approx([g for g in RAMP[:10] for _ in range(3)], abs=3)


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv"])
def test_clips_of_every_container_play(
    name: str, samples: Mapping[str, Path], order: OrderMaker
) -> None:
    """Offsets work in every container, with or without time stamps and index."""
    seen = shown(order(video({"in": 500, "d": 300, "src": "u"}), {"u": samples[name]}))

    assert [luma(f) for f in seen] == pytest.approx([100] * 3, abs=4)


def test_clips_of_other_shape_are_shown_whole_between_bars(
    order: OrderMaker, make_film: FilmMaker, tmp_path: Path
) -> None:
    """A square clip on a wide canvas has black on both sides and nothing cut off."""
    square = make_film(tmp_path / "square.mp4", lumas=[200] * 3, size=(48, 48), sound=False)

    frame = shown(order(video({"d": 300, "src": "u"}), {"u": square}))[0]

    assert luma(frame, 0.05) == pytest.approx(16, abs=2)
    assert luma(frame, 0.95) == pytest.approx(16, abs=2)
    assert luma(frame, 0.5, 0.05) == pytest.approx(200, abs=4)


def test_a_look_leaves_the_bars_black(
    order: OrderMaker, make_film: FilmMaker, tmp_path: Path
) -> None:
    """Brightness lifts the picture, not what is around it."""
    square = make_film(tmp_path / "square.mp4", lumas=[100], size=(48, 48), sound=False)
    segment = {"d": 100, "src": "u", "m": {"brightness": 50}}

    frame = shown(order(video(segment), {"u": square}))[0]

    assert luma(frame) == pytest.approx(140, abs=3)
    assert luma(frame, 0.05) == 16


MATRIX = struct.Struct(">9i")
STRAIGHT = (1, 0, 0, 0, 1, 0, 0, 0, 1 << 14)
TURNED = {
    "clockwise": (0, 1, 0, -1, 0, 0, 0, 0, 1 << 14),
    "half": (-1, 0, 0, 0, -1, 0, 0, 0, 1 << 14),
    "counterclockwise": (0, -1, 0, 1, 0, 0, 0, 0, 1 << 14),
}
"""What a camera notes in the header of a film's track, by the turn that brings the film upright."""


def turned(path: Path, way: str) -> Path:
    """Let an MP4 say that it is to be turned."""
    old, new = (MATRIX.pack(*(x << 16 for x in m)) for m in (STRAIGHT, TURNED[way]))
    head, track = path.read_bytes().split(b"tkhd")
    path.write_bytes(head + b"tkhd" + track.replace(old, new))
    return path


@pytest.mark.parametrize(
    ("way", "corners"),
    [
        ("clockwise", [100, 220, 40, 160]),
        ("half", [40, 100, 160, 220]),
        ("counterclockwise", [160, 40, 220, 100]),
    ],
)
def test_a_film_is_shown_the_way_up_it_was_taken(
    way: str, corners: list[int], order: OrderMaker, tmp_path: Path
) -> None:
    """Each corner of a film (220 and 160 above 100 and 40) is where the turn that was noted brings it."""
    path = tmp_path / "phone.mp4"
    grey = np.full((48, 64), 128, np.uint8)
    grey[:16, :32], grey[:16, 32:], grey[16:32, :32], grey[16:32, 32:] = 220, 160, 100, 40
    with av.open(str(path), "w") as container:
        container.mux(_encoded(container.add_stream("libx264", rate=10), grey))
    size = {"width": 64, "height": 32} if way == "half" else {"width": 32, "height": 64}

    frame = shown(order(video({"d": 100, "src": "u"}), {"u": turned(path, way)}, **size))[0]

    seen = [luma(frame, x, y) for y in (0.1, 0.9) for x in (0.1, 0.9)]
    assert seen == pytest.approx(corners, abs=6)


def squeezed(path: Path, aspect: Fraction) -> Path:
    """A grey film of 64x48 pixels that are so many times as wide as high."""
    with av.open(str(path), "w", format={"mkv": "matroska"}.get(path.suffix[1:])) as container:
        stream = container.add_stream("mpeg4" if path.suffix == ".avi" else "libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.sample_aspect_ratio = aspect
        frame = VideoFrame.from_ndarray(np.full((72, 64), 200, np.uint8), format="yuv420p")
        frame.pts, frame.time_base = 0, Fraction(1, 10)
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


@pytest.mark.parametrize("name", ["mp4", "mkv", "avi"])
def test_pixels_that_are_wide_are_shown_wide(name: str, order: OrderMaker, tmp_path: Path) -> None:
    """64x48 pixels twice as wide as high are a picture of 128x48, which fills two thirds of 64x36."""
    path = squeezed(tmp_path / f"wide.{name}", Fraction(2))

    asked = order(video({"d": 100, "src": "u"}), {"u": path})
    frame = shown(asked)[0]

    assert (asked.media["u"].width, asked.media["u"].height) == (128, 48)
    rows = [luma(frame, 0.5, (y + 0.5) / 36) for y in (0, 4, 8, 27, 31, 35)]
    assert rows == pytest.approx([16, 16, 200, 200, 16, 16], abs=3)
    assert luma(frame, 0.01) == luma(frame, 0.99) == pytest.approx(200, abs=3)


def test_pixels_that_are_wide_are_high_in_a_film_that_was_turned(
    order: OrderMaker, tmp_path: Path
) -> None:
    """The width of a pixel is that before the turn."""
    path = turned(squeezed(tmp_path / "wide.mp4", Fraction(2)), "clockwise")

    asked = order(video({"d": 100, "src": "u"}), {"u": path}, width=64, height=64)
    frame = shown(asked)[0]

    assert (asked.media["u"].width, asked.media["u"].height) == (48, 128)
    columns = [luma(frame, (x + 0.5) / 64) for x in (0, 18, 22, 41, 46, 63)]
    assert columns == pytest.approx([16, 16, 200, 200, 16, 16], abs=3)
    assert luma(frame, 0.5, 0.01) == pytest.approx(200, abs=3)


@pytest.mark.parametrize("aspect", [Fraction(200), Fraction(1, 200)])
def test_pixels_of_a_shape_that_nobody_has_are_square(
    aspect: Fraction, order: OrderMaker, tmp_path: Path
) -> None:
    """A header that lies makes no film a line."""
    path = squeezed(tmp_path / "line.mp4", aspect)

    asked = order(video({"d": 100, "src": "u"}), {"u": path}, width=64, height=48)

    assert (asked.media["u"].width, asked.media["u"].height) == (64, 48)
    assert luma(shown(asked)[0], 0.02, 0.02) == pytest.approx(200, abs=3)


def _encoded(stream: Any, planes: Any) -> list[Packet[Any]]:
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv420p"
    frame = VideoFrame.from_ndarray(planes, format="yuv420p")
    frame.pts, frame.time_base = 0, Fraction(1, 10)
    return [*stream.encode(frame), *stream.encode(None)]


def test_colours_are_those_the_film_says_it_is_in(order: OrderMaker, tmp_path: Path) -> None:
    """Red of a film in the colours of HDTV is the red of a photo: it is brought to the same measure."""
    path = tmp_path / "hd.mp4"
    red = np.concatenate([np.full(64 * 32, 63), np.full(512, 102), np.full(512, 240)])
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.codec_context.colorspace = 1
        container.mux(_encoded(stream, red.astype(np.uint8).reshape(48, 64)))

    frame = shown(order(video({"d": 100, "src": "u"}), {"u": path}))[0]

    middle = [int(plane(frame, number)[9, 16]) for number in range(1, 3)]
    assert [luma(frame), *middle] == pytest.approx([81, 90, 240], abs=3)


def test_a_clip_begins_where_it_should_however_far_from_a_key_frame(
    order: OrderMaker, tmp_path: Path
) -> None:
    """A recording of a screen may have one key frame, at its beginning."""
    path = tmp_path / "screen.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(
            "libx264", rate=100, options={"g": "9999", "preset": "ultrafast", "sc_threshold": "0"}
        )
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 32, 16, "yuv420p"
        for number in range(1200):
            grey = np.full((24, 32), 40 + number // 10, np.uint8)
            frame = VideoFrame.from_ndarray(grey, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 100)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

    seen = shown(order(video({"in": 11_500, "d": 400, "src": "u"}), {"u": path}))

    assert [luma(f) for f in seen] == pytest.approx([155, 156, 157, 158], abs=2)


def test_a_clip_that_breaks_off_stands_still(ramp: Path, order: OrderMaker, tmp_path: Path) -> None:
    """Damage in the middle of an accepted clip does not spoil the film."""
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(ramp.read_bytes())
    asked = order(video({"d": 2000, "src": "u"}), {"u": damaged})
    data = bytearray(ramp.read_bytes())
    at = data.index(b"mdat")
    end = at - 4 + int.from_bytes(data[at - 4 : at])
    middle = end - 150
    data[middle:end] = bytes(end - middle)
    damaged.write_bytes(data)

    seen = shown(asked)

    assert [luma(f) for f in seen[:5]] == pytest.approx(list(RAMP[:5]), abs=3)
    assert len(seen) == 20
    assert luma(seen[19]) < RAMP[17]


def test_footage_is_one_passage_however_many_words_are_above_it(
    ramp: Path, order: OrderMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film is opened once for a shot."""
    draft = video({"d": 1000, "src": "u"})
    draft["t"].append({"tt": 7, "sg": [{"s": 200, "d": 500, "m": {"text": "A", "fade_in": 200}}]})
    opened: list[Path] = []
    reopened = source.reopened

    def counted(path: Path) -> AbstractContextManager[InputContainer]:
        opened.append(path)
        return reopened(path)

    monkeypatch.setattr(source, "reopened", counted)

    (passage,) = cut(order(draft, {"u": ramp}))

    assert (passage.frames, passage.loop) == (10, None)
    assert len(list(played(passage))) == 10
    assert opened == [ramp]
