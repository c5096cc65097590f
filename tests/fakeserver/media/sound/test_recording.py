"""The sound of a file is heard as it is: at its level, on its sides, at its second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.recording import LOUDEST, recorded
from support.listening import heard, loudness, part
from support.sounding import off, sides, tone, written


def played(path: Path, start: float = 0.0) -> Samples:
    """All that is heard of a file."""
    return np.concatenate([np.zeros((0, 2)), *recorded(path, start=start)])


@pytest.mark.parametrize("name", ["mp4", "mov", "avi", "webm", "mkv", "mp3", "wav", "m4a", "aac"])
def test_one_channel_keeps_its_level_on_both_sides(name: str, samples: Mapping[str, Path]) -> None:
    """A mono source is as loud from the left and from the right as in the file; LAME takes half a dB of it."""
    both = part(played(samples[name]), 0.1, 0.8)

    assert loudness(both[:, 0]) == pytest.approx(-9.03, abs=0.5)
    assert np.array_equal(both[:, 0], both[:, 1])


def test_two_channels_stay_as_they_are(tmp_path: Path) -> None:
    """What is on the left stays there, sample by sample."""
    given = sides(tone(440, 0.5, 0.8), tone(660, 0.5, 0.1))

    both = played(written(tmp_path / "a.wav", given))

    assert np.array_equal(both, given)


def test_six_channels_are_mixed_down(tmp_path: Path) -> None:
    """What comes from the front's centre is heard from both sides."""
    given = np.zeros((RATE // 2, 6), dtype=np.float32)
    given[:, 2] = tone(440, 0.5)[:, 0]

    both = played(written(tmp_path / "a.wav", given, layout="5.1"))

    assert loudness(both[:, 0]) == pytest.approx(loudness(both[:, 1]), abs=0.1)
    assert -24 < loudness(both) < -9


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_other_rates_sound_the_same(rate: int, tmp_path: Path) -> None:
    """A file of another rate lasts as long, at the same pitch and level."""
    both = played(written(tmp_path / "a.wav", tone(440, 0.5, rate=rate), rate=rate))

    assert len(both) == pytest.approx(RATE / 2, abs=2)
    wanted = tone(440, 0.5)
    assert off(part(both, 0.1, 0.4), part(wanted, 0.1, 0.4)) < 0.02


@pytest.mark.parametrize("rate", [1, 999, 2**31 - 1])
def test_a_rate_that_is_none_is_silent(rate: int, tmp_path: Path) -> None:
    """A header may say that a file's samples last for hours; nobody computes what lies between."""
    path = written(tmp_path / "a.wav", tone(440, 0.1), "pcm_s16le")
    data = bytearray(path.read_bytes())
    data[24:28] = rate.to_bytes(4, "little")
    path.write_bytes(data)

    assert len(played(path)) == 0


def test_an_offset_is_exact_to_the_sample(tmp_path: Path) -> None:
    """Playing from a second on begins with the sample of that second."""
    given = np.linspace(-0.5, 0.5, RATE, dtype=np.float32)[:, None].repeat(2, axis=1)
    path = written(tmp_path / "a.wav", given)

    assert np.array_equal(played(path, 0.7), given[round(0.7 * RATE) :])
    assert len(played(path, 5.0)) == 0


def test_a_sound_that_begins_after_its_picture_is_late(tmp_path: Path) -> None:
    """Picture and sound of a recording stay together, also where the sound begins half a second later."""
    path = tmp_path / "late.mkv"
    with av.open(str(path), "w", format="matroska") as file:
        film, voice = file.add_stream("libx264", rate=10), file.add_stream("pcm_f32le", rate=RATE)
        assert isinstance(film, VideoStream)
        assert isinstance(voice, AudioStream)
        film.width = film.height = 16
        for number in range(10):
            picture = VideoFrame(16, 16, "yuv420p")
            picture.pts, picture.time_base = number, Fraction(1, 10)
            file.mux(film.encode(picture))
        one = AudioFrame.from_ndarray(tone(440, 0.5).reshape(1, -1), format="flt", layout="stereo")
        one.sample_rate, one.pts, one.time_base = RATE, RATE // 2, Fraction(1, RATE)
        file.mux([*film.encode(None), *voice.encode(one)])

    both, later = played(path), played(path, 0.3)

    assert loudness(part(both, 0, 0.5)) == -120
    assert loudness(part(both, 0.5, 1.0)) == pytest.approx(-9.03, abs=0.1)
    assert loudness(part(later, 0, 0.2)) == -120
    assert loudness(part(later, 0.2, 0.7)) == pytest.approx(-9.03, abs=0.1)


def test_a_sound_that_changes_midway_is_heard_to_its_end(tmp_path: Path) -> None:
    """A stream that goes from one channel to two goes on."""
    one = written(tmp_path / "one.aac", tone(440, 0.5), "aac", layout="mono")
    two = written(tmp_path / "two.aac", sides(tone(440, 0.5), tone(440, 0.5, 0.0)), "aac")
    path = tmp_path / "both.aac"
    path.write_bytes(one.read_bytes() + two.read_bytes())

    both = played(path)

    assert loudness(part(both[:, 1], 0.1, 0.4)) == pytest.approx(-9, abs=0.3)
    assert loudness(part(both[:, 0], 0.7, 0.9)) == pytest.approx(-9, abs=0.3)
    assert loudness(part(both[:, 1], 0.7, 0.9)) < -60


def test_what_is_no_number_is_silent(tmp_path: Path) -> None:
    """A file of floats may hold infinities; none of them gets further."""
    given = tone(440, 0.1)
    given[10], given[20], given[30] = np.nan, np.inf, 1e30

    both = played(written(tmp_path / "a.wav", given))

    assert both[10].tolist() == [0, 0]
    assert np.abs(both).max() == LOUDEST


def test_a_file_that_breaks_off_is_silent_from_there(
    samples: Mapping[str, Path], tmp_path: Path
) -> None:
    """What is left of a damaged file is heard."""
    path = tmp_path / "half.mp3"
    data = samples["mp3"].read_bytes()
    path.write_bytes(data[: len(data) // 2])

    both = heard(recorded(path, start=0))

    assert 0.3 < len(both) / RATE < 0.7
    assert loudness(part(both, 0.1, 0.3)) == pytest.approx(-9, abs=0.5)


def test_a_film_without_sound_is_silent(make_film: Callable[..., Path], tmp_path: Path) -> None:
    """Nothing comes of it, and no error."""
    assert len(played(make_film(tmp_path / "a.mp4", sound=False))) == 0


PIECE = RATE // 10
"""Samples of a tenth of a second."""


def stamped(path: Path, *starts: float) -> Path:
    """A tenth of a second of sound at each of these seconds, each louder than the one before."""
    with av.open(str(path), "w", format="matroska") as file:
        voice = file.add_stream("pcm_f32le", rate=RATE)
        assert isinstance(voice, AudioStream)
        for number, start in enumerate(starts, 1):
            level = np.full((1, 2 * PIECE), number / 10, dtype=np.float32)
            one = AudioFrame.from_ndarray(level, format="flt", layout="stereo")
            one.sample_rate, one.pts, one.time_base = RATE, round(start * RATE), Fraction(1, RATE)
            file.mux(voice.encode(one))
        file.mux(voice.encode(None))
    return path


def levels(both: Samples) -> list[float]:
    """How loud the middle of each tenth of a second is, in tenths."""
    return [round(10 * float(both[at, 0])) for at in range(PIECE // 2, len(both), PIECE)]


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        (0.0, [1, 2, 0, 0, 0, 3, 4]),
        (0.1, [2, 0, 0, 0, 3, 4]),
        (0.4, [0, 3, 4]),
        (0.6, [4]),
    ],
)
def test_a_pause_of_the_time_stamps_is_heard(
    start: float, wanted: list[int], tmp_path: Path
) -> None:
    """Sound with a gap in it has that gap, from wherever it is played."""
    path = stamped(tmp_path / "a.mkv", 0, 0.1, 0.5, 0.6)

    assert levels(played(path, start)) == wanted


def test_many_pauses_do_not_add_up(tmp_path: Path) -> None:
    """Every piece is at its second, to the sample."""
    path = stamped(tmp_path / "a.mkv", *(0.3 * n for n in range(9)))

    both = played(path)[:, 0]

    loud = np.flatnonzero(np.diff((both > 0.05).astype(int)) > 0) + 1
    assert loud.tolist() == pytest.approx([round(0.3 * n * RATE) for n in range(1, 9)], abs=24)


@pytest.mark.parametrize(
    ("starts", "wanted"),
    [((0, 0.1, 0.1, 0.2), [1, 2, 4]), ((0, 0, 0, 0.1), [1, 4])],
    ids=["twice", "thrice"],
)
def test_what_overlaps_is_heard_once(
    starts: tuple[float, ...], wanted: list[int], tmp_path: Path
) -> None:
    """Of two sounds of the same second the first one is heard, and the next in its place."""
    assert levels(played(stamped(tmp_path / "a.mkv", *starts))) == wanted


def test_time_stamps_that_shiver_make_no_gap(tmp_path: Path) -> None:
    """A few milliseconds more or less are how a clock was read, not silence."""
    both = played(stamped(tmp_path / "a.mkv", 0, 0.11, 0.18, 0.34))

    assert len(both) == 4 * PIECE
    assert both.min() > 0.05


def test_a_time_stamp_that_lies_does_not_silence_the_rest(tmp_path: Path) -> None:
    """Nobody waits for thirty years: such a frame is heard at once, and so is what follows it."""
    path = stamped(tmp_path / "a.mkv", 0, 1e9, 1e9 + 0.1)

    some = [piece for piece, _ in zip(recorded(path, start=0), range(9), strict=False)]
    assert levels(np.concatenate(some)) == [1, 2, 3]


def test_the_silence_of_a_day_is_never_held(tmp_path: Path) -> None:
    """It comes a second at a time, and only as far as somebody listens."""
    pieces = recorded(stamped(tmp_path / "a.mkv", 0, 23 * 3600), start=0)

    assert max(len(piece) for piece, _ in zip(pieces, range(100), strict=False)) <= RATE
