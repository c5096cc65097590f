"""A film shows what the draft says, when it says so, in a file anybody can play."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av
import pytest
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.ports import Film, RenderError, RenderOrder
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


@pytest.mark.parametrize("milliseconds", [1, 100, 990, 1000, 1234, 5000])
@pytest.mark.parametrize("fps", [10, 30])
def test_the_length_is_the_drafts_to_the_frame(
    milliseconds: int, fps: int, order: OrderMaker, tmp_path: Path
) -> None:
    """File, picture and sound last as long as the draft, within one frame."""
    made = rendered(order(video({"d": milliseconds}), fps=fps), tmp_path)

    wanted = max(0.1, milliseconds / 1000)
    assert made.seconds == pytest.approx(wanted, abs=1 / fps)
    assert made.size == made.path.stat().st_size
    assert len(frames(made.path)) == round(wanted * fps)
    with av.open(str(made.path)) as container:
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(made.seconds, abs=0.03)


@pytest.mark.parametrize("size", [(64, 36), (65, 37), (1, 1), (318, 178), (9, 5000)])
def test_the_size_is_the_canvas(size: tuple[int, int], order: OrderMaker, tmp_path: Path) -> None:
    """Odd sides lose a pixel; sides that no encoder takes become the nearest it does."""
    width, height = size

    made = rendered(order(video({"d": 100}), width=width, height=height), tmp_path)

    frame = frames(made.path)[0]
    assert frame.width == max(16, width // 2 * 2)
    assert frame.height == min(4096, max(16, height // 2 * 2))
    assert frame.format.name == "yuv420p"


def test_the_index_is_in_front(order: OrderMaker, tmp_path: Path) -> None:
    """A player can start before it has the whole file."""
    data = rendered(order(video({"d": 500})), tmp_path).path.read_bytes()

    assert data.index(b"moov") < data.index(b"mdat")


def test_an_offset_is_heard(
    make_film: Callable[..., Path], order: OrderMaker, tmp_path: Path
) -> None:
    """The sound of a clip starts at the same place of the source as its footage."""
    late = make_film(tmp_path / "late.mp4", seconds=2.0, silence=1.0, lumas=[100] * 20)

    made = rendered(order(video({"in": 700, "d": 600, "src": "u"}), {"u": late}), tmp_path)

    assert loudness(made.path, 0, 0.27) < 0.01
    assert loudness(made.path, 0.33, 0.6) == pytest.approx(0.35, abs=0.02)


def test_every_shot_begins_with_a_frame_that_needs_no_other(
    ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """Repeating packets is right only because each group starts the decoder anew."""
    draft = video({"d": 300, "src": "u"}, {"s": 300, "d": 2500}, {"s": 2800, "d": 300, "src": "u"})

    made = rendered(order(draft, {"u": ramp}), tmp_path)

    with av.open(str(made.path)) as container:
        film_stream = container.streams.video[0]
        packets = [bytes(p) for p in container.demux(film_stream) if p.size]
    fresh = [number for number, data in enumerate(packets) if 5 in nal_types(data)]
    assert fresh == [0, 3, 13, 23, 28]


def nal_types(data: bytes) -> list[int]:
    """The kinds of the units in an H.264 packet of an MP4, each after its length; 5 is a fresh start."""
    kinds = []
    while data:
        length = int.from_bytes(data[:4])
        kinds.append(data[4] & 31)
        data = data[4 + length :]
    return kinds


@pytest.mark.parametrize("m", [{"volume": 0}, {"muted": True}])
def test_a_silenced_clip_is_silent(
    m: dict[str, Any], ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """A clip at volume 0, or muted, is seen and not heard."""
    made = rendered(order(video({"d": 500, "src": "u", "m": m}), {"u": ramp}), tmp_path)

    assert luma(frames(made.path)[2]) == pytest.approx(RAMP[2], abs=3)
    assert loudness(made.path, 0, 0.5) < 0.001


@pytest.mark.parametrize("name", ["mp3", "wav", "m4a", "aac"])
def test_uploaded_sound_is_mixed_at_its_volume(
    name: str, samples: Mapping[str, Path], order: OrderMaker, tmp_path: Path
) -> None:
    """A tone at half volume is half as loud, starts at its second, and a card is seen meanwhile."""
    segment = {"s": 500, "d": 800, "src": "u", "m": {"volume": 50}}
    draft = {"t": [{"tt": 1, "sg": [segment]}], "d": 2000}

    made = rendered(order(draft, {"u": samples[name]}), tmp_path)

    assert loudness(made.path, 0, 0.45) < 0.01
    assert loudness(made.path, 0.6, 1.2) == pytest.approx(0.35 / 2, abs=0.02)
    assert loudness(made.path, 1.4, 2.0) < 0.001
    assert luma(frames(made.path)[10]) == pytest.approx(footage.tint(0)[0], abs=3)


def test_two_sounds_add_up(ramp: Path, order: OrderMaker, tmp_path: Path) -> None:
    """The same tone twice is twice as loud."""
    quiet = {"d": 1000, "src": "u", "m": {"volume": 40}}
    draft = {"t": [{"tt": 1, "sg": [quiet]}, {"tt": 1, "sg": [quiet]}]}

    made = rendered(order(draft, {"u": ramp}), tmp_path)

    assert loudness(made.path, 0.2, 0.8) == pytest.approx(0.8 * 0.35, abs=0.03)


def test_fades_rise_and_fall(ramp: Path, order: OrderMaker, tmp_path: Path) -> None:
    """A sound that fades in and out is quiet at both ends."""
    faded = {"d": 2000, "src": "u", "m": {"fade_in": 500, "fade_out": 1000}}

    made = rendered(order({"t": [{"tt": 1, "sg": [faded]}]}, {"u": ramp}), tmp_path)

    assert loudness(made.path, 0, 0.05) < 0.05
    assert loudness(made.path, 0.5, 1.0) == pytest.approx(0.35, abs=0.02)
    assert loudness(made.path, 1.5, 1.55) == pytest.approx(0.35 / 2, abs=0.02)
    assert loudness(made.path, 1.95, 2.0) < 0.05


def test_generated_music_is_heard_in_its_tempo(order: OrderMaker, tmp_path: Path) -> None:
    """Music beats at the segment's tempo: loud on the beat, quieter before the next."""
    brief = {"bpm": 60, "genre": "ambient", "instruments": ["drums"]}
    draft = {"t": [{"tt": 1, "sg": [{"d": 4000, "src": "bgm", "m": brief}]}]}

    made = rendered(order(draft), tmp_path)

    for beat in range(4):
        assert loudness(made.path, beat + 0.02, beat + 0.1) > 5 * loudness(
            made.path, beat + 0.8, beat + 0.95
        )


@example(segments=[{"d": 100, "src": "jpg"}], tt=1)
@example(segments=[{"d": 100, "src": "mp3"}], tt=0)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    segments=st.lists(
        st.fixed_dictionaries(
            {"d": st.integers(-10, 700)},
            optional={
                "s": st.integers(-50, 900) | st.floats(),
                "in": st.integers(-50, 3000) | st.floats(),
                "src": st.sampled_from(["mp4", "jpg", "mp3", "nobody"]) | st.none(),
                "m": st.fixed_dictionaries(
                    {},
                    optional={
                        "volume": st.integers(-5, 200) | st.floats(),
                        "speed": st.floats(),
                        "fade_in": st.floats(0, 500),
                        "bpm": st.floats(),
                    },
                ),
            },
        ),
        min_size=1,
        max_size=4,
    ),
    tt=st.sampled_from([0, 1]),
)
def test_any_timeline_becomes_a_film_of_its_length(
    segments: list[dict[str, Any]],
    tt: int,
    samples: Mapping[str, Path],
    order: OrderMaker,
    tmp_path: Path,
) -> None:
    """Pictures as sound, sound as picture, odd numbers: a playable film, or an error in words."""
    asked = order({"t": [{"tt": tt, "sg": segments}], "d": 600}, samples)

    try:
        made = rendered(asked, tmp_path)
    except RenderError:
        assert all(segment["d"] <= 0 for segment in segments)
        return

    assert len(frames(made.path)) == 6


def test_giving_up_stops_the_work(order: OrderMaker, tmp_path: Path) -> None:
    """What `proceed` raises ends the render at once."""

    def tired() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        making.render(order(video({"d": 3_600_000})), tmp_path / "film.mp4", tired)


@pytest.mark.parametrize(
    ("draft", "frames_worked_on"),
    [
        (video({"d": 1000}), 60),
        (video({"d": 20, "src": "u", "in": 1950, "m": {"volume": 0}}), len(RAMP) + 1),
    ],
)
def test_no_frame_is_worked_on_unasked(
    draft: dict[str, Any], frames_worked_on: int, ramp: Path, order: OrderMaker, tmp_path: Path
) -> None:
    """Neither the group of a still picture nor the way to a clip's start delays giving up."""
    asked: list[None] = []

    making.render(
        order(draft, {"u": ramp}, fps=60), tmp_path / "film.mp4", lambda: asked.append(None)
    )

    with av.open(str(tmp_path / "film.mp4")) as made:
        packets = sum(1 for packet in made.demux() if packet.size)
    assert len(asked) >= frames_worked_on + packets


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe, a second opinion")
def test_another_reader_agrees(ramp: Path, order: OrderMaker, tmp_path: Path) -> None:
    """Ffprobe decodes every frame of clip, still and card without a complaint."""
    draft = video(
        {"s": 0, "d": 700, "src": "u"}, {"s": 700, "d": 2300}, {"s": 3000, "d": 200, "src": "u"}
    )
    made = rendered(order(draft, {"u": ramp}, fps=30), tmp_path)

    ran = subprocess.run(
        ["ffprobe", "-v", "warning", "-count_frames", "-show_streams", "-of", "json", made.path],
        capture_output=True,
        text=True,
        check=True,
    )

    picture, sound = json.loads(ran.stdout)["streams"]
    assert ran.stderr == ""
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")
    assert (picture["nb_read_frames"], picture["r_frame_rate"]) == ("96", "30/1")
    assert float(picture["duration"]) == pytest.approx(3.2)
    assert sound["codec_name"] == "aac"
    assert float(sound["duration"]) == pytest.approx(3.2, abs=0.03)
