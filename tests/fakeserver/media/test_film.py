"""A film shows what the draft says, when it says so, in a file anybody can play."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from nemovideo_fakeserver.core.assets import Asset, Synthetic
from nemovideo_fakeserver.core.ports import Film, RenderOrder
from nemovideo_fakeserver.media.canvas import Canvas
from nemovideo_fakeserver.media.film import making
from nemovideo_fakeserver.media.picture import footage

RAMP = range(40, 240, 10)
"""The greys of a clip of two seconds at 10 frames a second."""

OrderMaker = Callable[..., RenderOrder]


def rendered(order: RenderOrder, folder: Path) -> Film:
    """Render without ever giving up."""
    return making.render(order, folder / "film.mp4", lambda: None)


def frames(path: Path) -> list[VideoFrame]:
    """All frames of a film."""
    with av.open(str(path)) as container:
        return list(container.decode(container.streams.video[0]))


def luma(frame: VideoFrame, x: float = 0.5, y: float = 0.5) -> int:
    """The brightness at a place, given as parts of width and height."""
    plane = frame.planes[0]
    return bytes(plane)[int(y * frame.height) * plane.line_size + int(x * frame.width)]


def loudness(path: Path, start: float, end: float) -> float:
    """The root mean square between two seconds; 1 is the loudest."""
    with av.open(str(path)) as container:
        sound = container.streams.audio[0]
        heard = array("f")
        for frame in container.decode(sound):
            assert isinstance(frame, AudioFrame)
            heard.frombytes(bytes(frame.planes[0])[: 4 * frame.samples])
    part = heard[round(start * 48_000) : round(end * 48_000)]
    return math.sqrt(math.fsum(x * x for x in part) / len(part))


@pytest.fixture(scope="session")
def ramp(make_film: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of two seconds that gets brighter with every frame, with a tone."""
    path = tmp_path_factory.mktemp("ramp") / "ramp.mp4"
    return make_film(path, lumas=RAMP, size=(64, 36), seconds=2.0)


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
    segment: dict[str, Any], greys: list[int], ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """Start, offset and speed choose the source's frames; after its end the last one stands still."""
    made = rendered(order(video({**segment, "src": "u"}), {"u": ramp}), tmp_path)

    assert [luma(f) for f in frames(made.path)] == pytest.approx(greys, abs=3)


def test_a_clip_that_was_covered_shows_up_where_it_would_be(
    ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """What a first track hides of a clip is gone: the clip does not begin when it comes to light."""
    draft = {
        "t": [{"tt": 0, "sg": [{"d": 500}]}, {"tt": 0, "sg": [{"d": 1000, "src": "u"}]}],
        "d": 1000,
    }

    made = rendered(order(draft, {"u": ramp}), tmp_path)

    assert [luma(f) for f in frames(made.path)[5:]] == pytest.approx(list(RAMP[5:10]), abs=3)


def test_a_source_may_begin_at_any_time_of_its_own(
    make_film: Callable[..., Path], order: OrderMaker, tmp_path: Path
) -> None:
    """Offsets count from a file's first frame, also in a recording whose clock begins at five."""
    given = make_film(tmp_path / "given.mp4", lumas=RAMP, seconds=2.0, silence=1.0)
    shifted = tmp_path / "shifted.mkv"
    with av.open(str(given)) as old, av.open(str(shifted), "w", format="matroska") as new:
        copies = {
            s.index: new.add_stream_from_template(s)
            for s in (*old.streams.video, *old.streams.audio)
        }
        for packet in old.demux():
            if packet.dts is not None and packet.pts is not None:
                later = round(5 / packet.time_base)
                packet.pts, packet.dts = packet.pts + later, packet.dts + later
                packet.stream = copies[packet.stream_index]
                new.mux(packet)

    made = rendered(order(video({"in": 700, "d": 600, "src": "u"}), {"u": shifted}), tmp_path)

    assert [luma(f) for f in frames(made.path)] == pytest.approx(list(RAMP[7:13]), abs=3)
    assert loudness(made.path, 0, 0.25) < 0.01
    assert loudness(made.path, 0.35, 0.6) == pytest.approx(0.35, abs=0.02)


def test_a_photo_taken_upright_is_shown_upright(order: OrderMaker, tmp_path: Path) -> None:
    """The orientation a camera noted is followed."""
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = Image.new("L", (64, 32))
    photo.paste(255, (0, 0, 32, 32))
    photo.save(path, exif=exif)

    made = rendered(
        order(video({"d": 100, "src": "u"}), {"u": path}, width=32, height=64), tmp_path
    )

    assert luma(frames(made.path)[0], 0.5, 0.1) > 200
    assert luma(frames(made.path)[0], 0.5, 0.9) < 40


def test_clips_of_other_shape_are_shown_whole_between_bars(
    order: OrderMaker, make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """A square clip on a wide canvas has black on both sides and nothing cut off."""
    square = make_film(tmp_path / "square.mp4", lumas=[200] * 3, size=(48, 48))

    made = rendered(order(video({"d": 300, "src": "u"}), {"u": square}), tmp_path)

    frame = frames(made.path)[0]
    assert luma(frame, 0.05) == pytest.approx(16, abs=2)
    assert luma(frame, 0.95) == pytest.approx(16, abs=2)
    assert luma(frame, 0.5, 0.05) == pytest.approx(200, abs=4)


def test_a_faster_film_repeats_the_frames_of_a_slow_clip(
    ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """A clip of 10 frames a second in a film of 30 shows each frame three times."""
    made = rendered(order(video({"d": 1000, "src": "u"}), {"u": ramp}, fps=30), tmp_path)

    assert [luma(f) for f in frames(made.path)] == pytest.approx(
        [g for g in RAMP[:10] for _ in range(3)], abs=3
    )


def test_a_film_taken_upright_is_shown_upright(order: OrderMaker, tmp_path: Path) -> None:
    """A camera that notes a quarter turn clockwise means what was on the left to be on top."""
    path = tmp_path / "phone.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 32, "yuv420p"
        frame = footage.card(Canvas(64, 32, 10), (16, 128, 128))
        row = bytes((220,)) * 32 + bytes((16,)) * (frame.planes[0].line_size - 32)
        frame.planes[0].update(row * 32)
        frame.pts = 0
        container.mux([*stream.encode(frame), *stream.encode(None)])
    matrix = struct.Struct(">9i")
    upright, turned = (1, 0, 0, 0, 1, 0, 0, 0, 1 << 14), (0, 1, 0, -1, 0, 0, 0, 0, 1 << 14)
    old, new = (matrix.pack(*(x << 16 for x in m)) for m in (upright, turned))
    head, track = path.read_bytes().split(b"tkhd")
    path.write_bytes(head + b"tkhd" + track.replace(old, new))

    made = rendered(
        order(video({"d": 100, "src": "u"}), {"u": path}, width=32, height=64), tmp_path
    )

    shown = frames(made.path)[0]
    assert luma(shown, 0.5, 0.1) == pytest.approx(220, abs=6)
    assert luma(shown, 0.5, 0.4) == pytest.approx(220, abs=6)
    assert luma(shown, 0.5, 0.9) == pytest.approx(16, abs=6)
    assert luma(shown, 0.05, 0.1) == pytest.approx(220, abs=6)


def test_a_clip_too_far_from_its_key_frame_breaks_off(
    ramp: Path, order: OrderMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work before a clip's first frame is bounded: the nearest frame decoded stands still."""
    monkeypatch.setattr(footage, "MOST_LEAD", 5)

    made = rendered(order(video({"in": 1500, "d": 200, "src": "u"}), {"u": ramp}), tmp_path)

    assert [luma(f) for f in frames(made.path)] == pytest.approx([RAMP[4]] * 2, abs=3)


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv"])
def test_clips_of_every_container_play(
    name: str, samples: Mapping[str, Path], order: OrderMaker, tmp_path: Path
) -> None:
    """Offsets work in every container, with or without time stamps and index."""
    draft = video({"in": 500, "d": 300, "src": "u"})

    made = rendered(order(draft, {"u": samples[name]}), tmp_path)

    assert [luma(f) for f in frames(made.path)] == pytest.approx([100] * 3, abs=4)
    assert loudness(made.path, 0.05, 0.25) == pytest.approx(0.35, abs=0.05)


@pytest.mark.parametrize("name", ["jpg", "png", "gif", "webp"])
def test_a_still_picture_stands_for_its_time(
    name: str, samples: Mapping[str, Path], order: OrderMaker, tmp_path: Path
) -> None:
    """A picture of every format is shown for as long as its segment lasts, longer than a group too."""
    made = rendered(order(video({"d": 2500, "src": "u"}), {"u": samples[name]}), tmp_path)

    shown = frames(made.path)
    middle = [luma(f, 0.4, 0.3) for f in shown]
    assert len(shown) == 25
    assert max(middle) - min(middle) <= 10
    assert len({luma(shown[0], x / 30 + 0.2) for x in range(20)}) > 5


def test_what_is_transparent_is_black(order: OrderMaker, tmp_path: Path) -> None:
    """A see-through picture lies on black."""
    path = tmp_path / "clear.png"
    Image.new("RGBA", (64, 36), (255, 255, 255, 0)).save(path)

    made = rendered(order(video({"d": 100, "src": "u"}), {"u": path}), tmp_path)

    assert luma(frames(made.path)[0]) == pytest.approx(16, abs=2)


def test_unknown_sources_are_never_opened(
    ramp: Path, order: OrderMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths, file URLs and anything else outside the order's media become cards."""
    sources = [str(ramp), f"file://{ramp}", f"concat:{ramp}", "http://127.0.0.1:1/x.mp4", ""]
    draft = video(*({"s": 100 * i, "d": 100, "src": src} for i, src in enumerate(sources)))
    monkeypatch.chdir(ramp.parent)

    made = rendered(order(draft, fps=10), tmp_path)

    card = footage.tint(0)[0]
    assert [luma(f) for f in frames(made.path)] == pytest.approx([card] * 5, abs=3)


def test_a_scene_without_file_is_a_card(order: OrderMaker, tmp_path: Path) -> None:
    """A generated scene shows its own colour, silently."""
    scene = Asset(
        kind="video", filename="s", url="s", seconds=1, width=64, height=36, fps=10, hash="",
        source=Synthetic(kind="video", seconds=1, label="sea", seed=99), origin="generated",
    )  # fmt: skip
    asked = order(video({"d": 500, "src": "s"}))

    made = rendered(
        RenderOrder(draft=asked.draft, media={"s": scene}, width=64, height=36, fps=10, seed=1),
        tmp_path,
    )

    planes = [bytes(plane)[0] for plane in frames(made.path)[0].planes]
    assert planes == pytest.approx(list(footage.tint(99)), abs=4)
    assert loudness(made.path, 0, 0.5) < 0.001


def test_a_clip_that_breaks_off_stands_still(ramp: Path, order: OrderMaker, tmp_path: Path) -> None:
    """Damage in the middle of an accepted clip does not spoil the film."""
    damaged = tmp_path / "damaged.mp4"
    data = bytearray(ramp.read_bytes())
    asked = order(video({"d": 2000, "src": "u"}), {"u": ramp})
    at = data.index(b"mdat")
    data[at + 900 : at + 4000] = bytes(len(data[at + 900 : at + 4000]))
    damaged.write_bytes(data)
    media = {"u": Asset(**{**_fields(asked.media["u"]), "source": damaged})}

    made = rendered(
        RenderOrder(draft=asked.draft, media=media, width=64, height=36, fps=10, seed=1), tmp_path
    )

    assert len(frames(made.path)) == 20


def _fields(asset: Asset) -> dict[str, Any]:
    return {name: getattr(asset, name) for name in Asset.__dataclass_fields__}
