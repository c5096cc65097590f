"""Music steps back by its share while something else is heard, and comes back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nemovideo_fakeserver.media.samples import RATE, Samples
from nemovideo_fakeserver.media.sound.ducking import Follower
from nemovideo_fakeserver.media.sound.mixing import mixed
from support.listening import heard, part
from support.sounding import clip, off, tone, written


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of a steady level as music, one second of a tone as a voice, loud and soft."""
    folder = tmp_path_factory.mktemp("ducking")
    written(folder / "music.wav", np.full((3 * RATE, 2), 0.4, dtype=np.float32))
    written(folder / "voice.wav", tone(200, 1.0, 0.2))
    written(folder / "whisper.wav", tone(200, 1.0, 0.012))
    written(folder / "murmur.wav", tone(200, 1.0, 0.008))
    return folder


def music(folder: Path, voice: str, duck: float) -> Samples:
    """The level of the music alone, from 0 to 1, with a voice from the first to the second second."""
    spoken = clip(folder / voice, start=1.0)
    played = clip(folder / "music.wav", seconds=3.0, duck=duck)
    both = heard(mixed([[spoken], [played]], 3 * RATE))
    alone = heard(mixed([[spoken]], 3 * RATE))
    level: Samples = ((both - alone) / 0.4)[:, 0].astype(np.float32)
    return level


@pytest.mark.parametrize("duck", [0.6, 1.0, 0.25])
def test_music_is_lowered_by_its_share_and_comes_back(duck: float, folder: Path) -> None:
    """Within a tenth of a second it is down, and half a second after the voice all there again."""
    level = music(folder, "voice.wav", duck)

    assert off(part(level, 0, 1.0), 1) < 1e-5
    assert off(part(level, 1.1, 1.99), 1 - duck) < 1e-5
    assert off(part(level, 2.52, 3.0), 1) < 1e-5


def test_the_way_down_and_up_has_no_step(folder: Path) -> None:
    """Music glides, since a step would be heard as a click."""
    level = music(folder, "voice.wav", 1.0)

    assert level[round(1.05 * RATE)] == pytest.approx(0.5, abs=0.1)
    assert level[round(2.25 * RATE)] == pytest.approx(0.5, abs=0.05)
    assert np.abs(np.diff(level)).max() < 1.1 / (0.1 * RATE)


def test_a_whisper_is_heard_and_a_murmur_is_not(folder: Path) -> None:
    """Music steps back from -40 dBFS on, a hundredth of the loudest; below nothing counts as heard."""
    assert off(part(music(folder, "whisper.wav", 0.8), 1.1, 1.99), 0.2) < 1e-4
    assert off(music(folder, "murmur.wav", 0.8), 1) < 1e-4


def test_music_without_a_share_stays(folder: Path) -> None:
    """Nothing ducks unless a clip says so."""
    assert off(music(folder, "voice.wav", 0.0), 1) < 1e-5


def test_music_does_not_step_back_for_music(folder: Path) -> None:
    """Two pieces that would both give way are heard in full."""
    pieces = [clip(folder / "music.wav", duck=0.9, volume=volume) for volume in (0.5, 1.0)]

    both = heard(mixed([[piece] for piece in pieces], RATE))

    assert off(both, 0.6) < 1e-5


def test_composed_music_ducks_as_well(folder: Path) -> None:
    """What has no file is music like any other."""
    spoken, piece = clip(folder / "voice.wav"), clip(notes={"bpm": 120})
    ducked = clip(notes={"bpm": 120}, duck=1.0)

    alone = heard(mixed([[spoken]], RATE))
    both = heard(mixed([[spoken], [ducked]], RATE))

    assert heard(mixed([[piece]], RATE)).any()
    assert off(part(both, 0.1, 0.99), part(alone, 0.1, 0.99)) < 1e-6


def test_the_follower_goes_on_between_blocks() -> None:
    """A voice that is cut in two is one voice."""
    voice = tone(300, 0.4)
    whole, halves = Follower(), Follower()

    once = whole(voice)
    twice = np.concatenate([halves(voice[: RATE // 25]), halves(voice[RATE // 25 :])])

    assert np.array_equal(once, twice)
