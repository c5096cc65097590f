"""A draft becomes a file of its length and its sounds, which begins to play before it is all there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.stream import VideoStream

from nemovideo_fakeserver.core.ports import Film
from support import probing
from support.listening import loudness, part, tempo
from support.sounding import sound, tone, written

Render = Callable[..., Film]
TONE = -9.03
"""The loudness in dB of a tone of half the highest peak."""


def video(*segments: Mapping[str, Any]) -> dict[str, Any]:
    """A draft with one video track."""
    return {"t": [{"tt": 0, "sg": list(segments)}]}


def audio(*segments: Mapping[str, Any], seconds: float = 0) -> dict[str, Any]:
    """A draft with a sound track for each segment."""
    return {"t": [{"tt": 1, "sg": [segment]} for segment in segments], "d": seconds * 1000}


@pytest.mark.parametrize("milliseconds", [1, 100, 990, 1000, 1234, 5000])
@pytest.mark.parametrize("fps", [10, 30])
def test_the_length_is_the_drafts_to_the_frame(milliseconds: int, fps: int, render: Render) -> None:
    """File, picture and sound last as long as the draft, within one frame."""
    made = render(video({"d": milliseconds}), fps=fps)

    wanted = max(0.1, milliseconds / 1000)
    assert made.seconds == pytest.approx(wanted, abs=1 / fps)
    assert made.size == made.path.stat().st_size
    with av.open(str(made.path)) as container:
        assert sum(1 for _ in container.decode(video=0)) == round(wanted * fps)
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(made.seconds, abs=0.001)
    assert len(sound(made.path)) / 48_000 == pytest.approx(made.seconds, abs=0.0215)


@pytest.mark.parametrize("size", [(64, 36), (65, 37), (1, 1), (318, 178), (9, 5000)])
def test_the_size_is_the_canvas(size: tuple[int, int], render: Render) -> None:
    """Odd sides lose a pixel; sides that no encoder takes become the nearest it does."""
    width, height = size

    made = render(video({"d": 100}), width=width, height=height)

    with av.open(str(made.path)) as container:
        film = container.streams.video[0]
        assert film.width == max(16, width // 2 * 2)
        assert film.height == min(4096, max(16, height // 2 * 2))
        assert film.format.name == "yuv420p"


@pytest.mark.parametrize(
    ("size", "wanted"), [((1920, 1080), (480, 270)), ((72, 960), (36, 480)), ((64, 36), (64, 36))]
)
def test_a_gif_is_small(size: tuple[int, int], wanted: tuple[int, int], render: Render) -> None:
    """Its longer side has at most 480 pixels, the shape stays, and ten frames a second are enough."""
    made = render(video({"d": 500}), form="gif", width=size[0], height=size[1], fps=60)

    with av.open(str(made.path)) as container:
        film = container.streams.video[0]
        assert (film.width, film.height) == wanted
    assert made.seconds == 0.5


@pytest.mark.parametrize("form", ["mp4", "mov"])
def test_the_index_is_in_front(form: str, render: Render) -> None:
    """A player can start before it has the whole file."""
    data = render(video({"d": 500}), form=form).path.read_bytes()

    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("form", ["mp4", "mov", "webm"])
def test_a_film_says_what_its_colours_mean(form: str, render: Render) -> None:
    """Players need not guess: BT.601, in the range of television."""
    made = render(video({"d": 100}), form=form)

    with av.open(str(made.path)) as container:
        film = container.streams.video[0]
        assert isinstance(film, VideoStream)
        seen = film.codec_context
        assert (seen.color_primaries, seen.color_trc, seen.colorspace) == (6, 6, 6)
        assert seen.color_range == 1


def test_clip_sound_is_kept_and_music_steps_back_for_it(
    render: Render, make_film: Callable[..., Path], tmp_path: Path
) -> None:
    """The music's 40 per cent become 10 while the clip sounds; the clip itself stays as loud as it is."""
    clip = make_film(tmp_path / "clip.mp4", seconds=2.0, silence=1.0, lumas=[100] * 20)
    music = written(tmp_path / "music.wav", tone(2000, 2.0))
    draft = video({"d": 2000, "src": "u"})
    draft["t"] += audio({"d": 2000, "src": "m", "m": {"volume": 40, "duck": 75}})["t"]

    heard = sound(render(draft, {"u": clip, "m": music}).path)

    before, during = part(heard, 0.3, 0.9), part(heard, 1.2, 1.9)
    assert level(before, 2000) == pytest.approx(0.2, rel=0.06)
    assert level(before, 440) < 0.002
    assert level(during, 2000) == pytest.approx(0.05, rel=0.06)
    assert level(during, 440) == pytest.approx(0.5, rel=0.06)


def level(samples: Any, hertz: float) -> float:
    """The peak of a tone among others."""
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / 48_000)
    return float(2 * np.abs(np.mean(samples.mean(axis=1) * wave)))


@pytest.mark.parametrize("name", ["mp3", "wav", "m4a", "aac"])
def test_uploaded_sound_is_heard_at_its_place_and_volume(
    name: str, samples: Mapping[str, Path], render: Render
) -> None:
    """A tone at half volume is half as loud, starts at its second, and there is nothing else."""
    segment = {"s": 500, "d": 800, "src": "u", "m": {"volume": 50}}

    heard = sound(render(audio(segment, seconds=2), {"u": samples[name]}).path)

    assert loudness(part(heard, 0, 0.45)) < -40
    assert loudness(part(heard, 0.6, 1.2)) == pytest.approx(TONE - 6.02, abs=0.6)
    assert loudness(part(heard, 1.4, 2.0)) < -60


def test_gaps_between_clips_are_silent(ramp: Path, render: Render) -> None:
    """Where no segment is, nothing is heard."""
    draft = video({"s": 0, "d": 500, "src": "u"}, {"s": 1500, "d": 500, "src": "u"})

    heard = sound(render(draft, {"u": ramp}).path)

    assert loudness(part(heard, 0.6, 1.4)) < -60
    for start, stop in ((0.1, 0.4), (1.6, 1.9)):
        assert loudness(part(heard, start, stop)) == pytest.approx(TONE, abs=0.3)


@pytest.mark.parametrize("m", [{"volume": 0}, {"muted": True}])
def test_a_silenced_clip_is_silent(m: dict[str, Any], ramp: Path, render: Render) -> None:
    """A clip at volume 0, or muted, is not heard."""
    assert not sound(render(video({"d": 500, "src": "u", "m": m}), {"u": ramp}).path).any()


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv"])
def test_the_sound_of_every_container_is_heard_from_an_offset(
    name: str, make_film: Callable[..., Path], render: Render, tmp_path: Path
) -> None:
    """The sound of a clip starts at the same place of the source as its footage."""
    late = make_film(tmp_path / f"late.{name}", seconds=2.0, silence=1.0, lumas=[100] * 20)

    heard = sound(render(video({"in": 700, "d": 600, "src": "u"}), {"u": late}).path)

    assert loudness(part(heard, 0, 0.25)) < -40
    assert loudness(part(heard, 0.35, 0.58)) == pytest.approx(TONE, abs=0.6)


def test_a_clock_that_begins_at_five_makes_no_difference(
    make_film: Callable[..., Path], render: Render, tmp_path: Path
) -> None:
    """Offsets count from a file's first frame, whatever time its recorder says it was."""
    given = make_film(tmp_path / "given.mp4", lumas=[100] * 20, seconds=2.0, silence=1.0)
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

    heard = sound(render(video({"in": 700, "d": 600, "src": "u"}), {"u": shifted}).path)

    assert loudness(part(heard, 0, 0.25)) < -40
    assert loudness(part(heard, 0.35, 0.58)) == pytest.approx(TONE, abs=0.6)


def test_fades_of_a_segment_are_heard(ramp: Path, render: Render) -> None:
    """A sound that fades in and out is quiet at both ends, and half as loud half-way."""
    faded = {"d": 2000, "src": "u", "m": {"fade_in": 500, "fade_out": 1000}}

    heard = sound(render(audio(faded), {"u": ramp}).path)

    assert loudness(part(heard, 0, 0.03)) < TONE - 30
    assert loudness(part(heard, 0.55, 0.95)) == pytest.approx(TONE, abs=0.3)
    assert loudness(part(heard, 1.49, 1.51)) == pytest.approx(TONE - 6.02, abs=0.5)
    assert loudness(part(heard, 1.97, 2.0)) < TONE - 30


def test_generated_music_is_heard_in_its_tempo(render: Render) -> None:
    """A brief of 90 beats a minute sounds like that in the file."""
    draft = audio({"d": 8000, "src": "bgm", "m": {"bpm": 90}})

    heard = sound(render(draft, form="mp3").path)

    assert tempo(heard, 65, 125) == pytest.approx(90, rel=0.01)


@pytest.mark.skipif(not probing.HERE, reason=probing.WHY)
def test_another_reader_agrees(ramp: Path, render: Render) -> None:
    """Another FFmpeg decodes every frame of clip, still and card, and says that both streams agree."""
    draft = video(
        {"s": 0, "d": 700, "src": "u"}, {"s": 700, "d": 2300}, {"s": 3000, "d": 200, "src": "u"}
    )

    made = render(draft, {"u": ramp}, fps=30)

    picture, heard = probing.probed(made.path)["streams"]
    assert probing.complaints(made.path) == ""
    assert (picture["codec_name"], picture["pix_fmt"]) == ("h264", "yuv420p")
    assert (picture["nb_read_frames"], picture["r_frame_rate"]) == ("96", "30/1")
    told = ("color_range", "color_space", "color_transfer", "color_primaries")
    assert [picture[name] for name in told] == ["tv", "smpte170m", "smpte170m", "smpte170m"]
    for stream in (picture, heard):
        assert float(stream["start_time"]) == 0
        assert float(stream["duration"]) == pytest.approx(3.2, abs=0.001)
