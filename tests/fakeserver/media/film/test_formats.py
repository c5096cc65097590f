"""Every format is written so that anybody can play it, at the length and the level asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from nemovideo_fakeserver.core.outputs import MEDIA_TYPES, QUALITIES
from nemovideo_fakeserver.core.ports import Film, RenderError
from nemovideo_fakeserver.media.film import budget, formats
from nemovideo_fakeserver.media.opening.sniff import sniff
from support import probing
from support.listening import loudness, part
from support.sounding import sound, tone, written

Render = Callable[..., Film]

FILMS = ("mp4", "mov", "webm")
SOUNDS = ("mp3", "wav")
SOUNDING = (*FILMS, *SOUNDS)


def moving(*, volume: float = 100, **more: Any) -> dict[str, Any]:
    """A draft of a clip of two seconds, with its sound."""
    segment = {"d": 2000, "src": "u", "m": {"volume": volume}}
    return {"t": [{"tt": 0, "sg": [segment]}], "m": {"title": "Paradise 花", **more}}


def test_the_table_has_what_the_service_offers() -> None:
    """Each format by its extension has a row, and each media type says whether there is a picture."""
    assert formats.FORMATS.keys() == MEDIA_TYPES.keys()
    for name, form in formats.FORMATS.items():
        assert MEDIA_TYPES[name].startswith("audio/") == (form.picture is None)


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_a_file_is_what_its_format_says(name: str, ramp: Path, render: Render) -> None:
    """Content, streams and codecs are those of the format."""
    made = render(moving(), {"u": ramp}, form=name)

    codecs = {
        "mp4": ["h264", "aac"], "mov": ["h264", "aac"], "webm": ["vp9", "opus"],
        "gif": ["gif"], "mp3": ["mp3float"], "wav": ["pcm_s16le"],
    }  # fmt: skip
    with made.path.open("rb") as file:
        assert sniff(file) == name
    with av.open(str(made.path)) as container:
        assert [stream.codec_context.name for stream in container.streams] == codecs[name]
    assert made.size == made.path.stat().st_size


@pytest.mark.skipif(not probing.HERE, reason=probing.WHY)
@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_another_reader_plays_all_of_it(name: str, ramp: Path, render: Render) -> None:
    """Another FFmpeg decodes every frame without a complaint, and agrees on the length and the title."""
    made = render(moving(), {"u": ramp}, form=name)

    said = probing.probed(made.path)
    kinds = {stream["codec_type"]: stream for stream in said["streams"]}
    assert probing.complaints(made.path) == ""
    packet = 0.05 if name == "mp3" else 0.03  # an MP3 lasts whole packets, and a decoder's delay
    assert float(said["format"]["duration"]) == pytest.approx(2.0, abs=packet)
    assert abs(float(said["format"].get("start_time", 0))) < 0.03
    if name in FILMS:
        assert kinds["video"]["nb_read_frames"] == "20"
    if name != "gif":
        assert said["format"]["tags"]["title"] == "Paradise 花"


@pytest.mark.parametrize("name", FILMS)
def test_picture_and_sound_are_equally_long(name: str, ramp: Path, render: Render) -> None:
    """What is decoded of the sound begins with the picture, and ends with it within a packet."""
    made = render({"t": [{"tt": 0, "sg": [{"d": 1700, "src": "u"}]}]}, {"u": ramp}, form=name)

    with av.open(str(made.path)) as container:
        pictures = list(container.decode(video=0))
    assert [frame.time for frame in pictures] == pytest.approx(
        [n / 10 for n in range(17)], abs=1e-3
    )
    heard = sound(made.path)
    assert len(heard) / 48_000 == pytest.approx(1.7, abs=0.0215)
    assert loudness(part(heard, 0, 0.05)) == pytest.approx(-9.03, abs=0.5)
    assert loudness(part(heard, 1.6, 1.69)) == pytest.approx(-9.03, abs=0.5)


@pytest.mark.parametrize("name", SOUNDING)
@pytest.mark.parametrize("quality", ["low", "high"])
def test_a_volume_measures_what_was_asked(
    name: str, quality: str, render: Render, tmp_path: Path
) -> None:
    """35 per cent comes out as 35 per cent, within a decibel, on the side it belongs to."""
    given = tone(330, 1.5, 0.8)
    given[:, 1] = 0
    path = written(tmp_path / "left.wav", given)
    draft = {"t": [{"tt": 1, "sg": [{"d": 1500, "src": "u", "m": {"volume": 35}}]}]}

    heard = part(sound(render(draft, {"u": path}, form=name, quality=quality).path), 0.2, 1.3)

    wanted = loudness(given[:, 0]) + 20 * np.log10(0.35)
    assert loudness(heard[:, 0]) == pytest.approx(wanted, abs=1.0)
    assert loudness(heard[:, 1]) < -50


@pytest.mark.parametrize("name", ["mp4", "webm", "gif", "mp3"])
def test_a_lower_quality_is_a_smaller_file(
    name: str, make_film: Callable[..., Path], render: Render, tmp_path: Path
) -> None:
    """Low is smaller than medium, medium than high, and any other word is high."""
    busy = tmp_path / "busy.mp4"
    with av.open(str(busy), "w") as file:
        film, voice = file.add_stream("libx264", rate=10), file.add_stream("aac", rate=48_000)
        film.width, film.height, film.options = 160, 90, {"crf": "8"}
        chance = np.random.default_rng(7)
        noise = chance.normal(0, 0.2, (1, 48_000)).astype(np.float32)
        heard = av.AudioFrame.from_ndarray(noise, format="fltp", layout="mono")
        heard.sample_rate = 48_000
        still = 8 * chance.integers(0, 32, (90, 160, 3), dtype=np.uint8)
        shown = [np.roll(still, 3 * n, axis=1) for n in range(5)]
        file.mux([p for s in shown for p in film.encode(av.VideoFrame.from_ndarray(s))])
        file.mux([*film.encode(None), *voice.encode(heard), *voice.encode(None)])
    draft = {"t": [{"tt": 0, "sg": [{"d": 500, "src": "u"}]}]}

    sizes = [
        render(draft, {"u": busy}, form=name, quality=quality, width=160, height=90).size
        for quality in (*QUALITIES, "")
    ]

    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[2] == sizes[3]


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_the_same_order_gives_the_same_bytes(name: str, ramp: Path, render: Render) -> None:
    """Nothing random, and no time of day, gets into a file."""
    draft = moving()
    draft["t"].append({"tt": 1, "sg": [{"d": 2000, "m": {"bpm": 100, "duck": 50}}]})

    one, other = (render(draft, {"u": ramp}, form=name) for _ in range(2))

    assert one.path.read_bytes() == other.path.read_bytes()


@pytest.mark.parametrize("name", SOUNDING)
def test_a_draft_without_sound_is_silent(name: str, render: Render) -> None:
    """A film of a card has a track of silence, and its sound alone is silence of its length."""
    heard = sound(render({"t": [{"tt": 0, "sg": [{"d": 700}]}]}, form=name).path)

    assert len(heard) / 48_000 == pytest.approx(0.7, abs=0.03)
    assert not heard.any()


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_alone_costs_no_picture(
    name: str, ramp: Path, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too much work as a film may still be heard."""
    monkeypatch.setattr(budget, "MOST_PIXELS", 2 * budget.SOUND + 1)

    with pytest.raises(RenderError):
        render(moving(), {"u": ramp})
    heard = sound(render(moving(), {"u": ramp}, form=name).path)

    assert loudness(part(heard, 0.2, 1.8)) == pytest.approx(-9.03, abs=0.6)


@pytest.mark.parametrize("title", ["", "\x00\n\t", "\ud800"])
def test_a_title_of_nothing_is_none(title: str, render: Render) -> None:
    """What cannot be shown is left out of a title, and an empty one is not written."""
    made = render({"t": [{"tt": 0, "sg": [{"d": 100}]}], "m": {"title": title}})

    with av.open(str(made.path)) as container:
        assert "title" not in container.metadata


def test_a_title_is_one_line_of_some_length(render: Render) -> None:
    """A title of many lines and characters becomes one line of two hundred."""
    title = "Once\nupon \x00 a\ud800 time " + 100 * "and then "

    made = render({"t": [{"tt": 0, "sg": [{"d": 100}]}], "m": {"title": title}})

    with av.open(str(made.path)) as container:
        kept = container.metadata["title"]
    assert kept.startswith("Once upon  a time and then and")
    assert len(kept) == 200
