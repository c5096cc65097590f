"""Clips are heard at their second and at their level, and what sounds together adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.assets import Synthetic, imagined
from nemovideo_fakeserver.media.samples import RATE, Samples, silence
from nemovideo_fakeserver.media.sound import mixing, playing
from nemovideo_fakeserver.media.sound.limiting import CEILING
from nemovideo_fakeserver.media.sound.mixing import BLOCK, mixed
from nemovideo_fakeserver.media.timeline.clips import Clip
from support.listening import heard, loudness, part
from support.sounding import clip, off, sides, tone, written


def mix(*lanes: Iterable[Clip], seconds: float = 1.0) -> Samples:
    """All of a sound track."""
    return heard(mixed(lanes, round(seconds * RATE))).astype(np.float32)


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of a tone of 440 Hz, half as loud as can be, with another on the right."""
    both = sides(tone(440, 1.0), tone(660, 1.0, 0.25))
    return written(tmp_path_factory.mktemp("sounds") / "tone.wav", both)


@pytest.mark.parametrize("volume", [1.0, 0.35, 0.01])
def test_a_volume_is_exact(volume: float, file: Path) -> None:
    """35 per cent is 0.35 of every sample, on both sides."""
    wanted = sides(tone(440, 1.0), tone(660, 1.0, 0.25)) * np.float32(volume)

    assert off(mix([clip(file, volume=volume)]), wanted) < 1e-7


def test_a_clip_is_heard_at_its_place_and_nowhere_else(file: Path) -> None:
    """Before a clip, after it, and once its file is over, there is silence."""
    made = mix([clip(file, start=0.5, seconds=0.25), clip(file, start=1.5, seconds=1.5)], seconds=3)

    assert len(made) == 3 * RATE
    for start, stop in ((0, 0.5), (0.75, 1.5), (2.5, 3.0)):
        assert not part(made, start, stop).any()
    assert off(part(made, 0.5, 0.75), part(mix([clip(file)]), 0, 0.25)) < 1e-7
    assert off(part(made, 1.5, 2.5), mix([clip(file)])) < 1e-7


def test_what_sounds_together_adds_up(file: Path) -> None:
    """Two clips at once are the sum of their samples."""
    one, other = clip(file, volume=0.4), clip(file, start=0.3, seconds=0.5, volume=0.4)

    both = mix([one], [other])

    assert off(both, mix([one]) + mix([other])) < 1e-6


def test_fades_rise_and_fall_without_an_edge(tmp_path: Path) -> None:
    """A fade is half a wave: nothing at its beginning, half in its middle, all at its end."""
    steady = written(tmp_path / "a.wav", np.full((RATE, 2), 0.5, dtype=np.float32))

    level = mix([clip(steady, fade_in=0.2, fade_out=0.4)])[:, 0] / 0.5

    for second, wanted in ((0.0, 0.0), (0.1, 0.5), (0.2, 1.0), (0.6, 1.0), (0.8, 0.5)):
        assert level[round(second * RATE)] == pytest.approx(wanted, abs=0.001)
    assert level[-1] == pytest.approx(0, abs=0.001)
    assert np.abs(np.diff(level)).max() < 1.6 / (0.2 * RATE)
    assert np.abs(np.diff(level, 2)).max() < 1e-6


def test_fades_longer_than_the_clip_meet(tmp_path: Path) -> None:
    """A clip that fades in and out for all of its time is loudest in its middle."""
    steady = written(tmp_path / "a.wav", np.full((RATE, 2), 0.5, dtype=np.float32))

    level = mix([clip(steady, fade_in=1.0, fade_out=1.0)])[:, 0] / 0.5

    assert np.argmax(level) == pytest.approx(RATE / 2, abs=1)
    assert level.max() == pytest.approx(0.5, abs=0.001)


def test_music_that_the_film_cuts_off_fades_before_it_ends(file: Path) -> None:
    """A fade-out belongs to the end that is heard."""
    made = mix([clip(file, seconds=60.0, fade_out=0.2)], seconds=0.6)

    assert loudness(part(made[:, :1], 0.2, 0.4)) == pytest.approx(-9.03, abs=0.1)
    assert loudness(part(made, 0.59, 0.6)) < -40


def test_music_starts_at_its_offset() -> None:
    """The same piece is heard, from a later beat on."""
    piece = imagined(
        Synthetic(kind="audio", seconds=2, label="", seed=0),
        filename="",
        url="",
        hash_="",
        origin="generated",
    )
    whole, later = (
        mix([replace(clip(seconds=2 - at, offset=at), asset=piece)], seconds=2 - at)
        for at in (0, 0.5)
    )

    assert off(later, whole[RATE // 2 :]) < 1e-6


def test_music_that_nobody_knows_starts_at_its_beginning() -> None:
    """However far into it a draft wants to begin: nothing is composed to be left out."""
    assert off(mix([clip(offset=1e6, seconds=1.0)]), mix([clip(seconds=1.0)])) == 0


def test_only_what_is_heard_is_open(file: Path) -> None:
    """A thousand clips one after the other need one file at a time."""
    held = Path("/proc/self/fd")
    if not held.exists():
        pytest.skip("needs /proc, to see what is open")
    lane = [clip(file, start=n / 10, seconds=0.1) for n in range(100)]
    most = 0

    for _ in mixed([lane], 10 * RATE):
        most = max(most, sum(link.exists() and link.samefile(file) for link in held.iterdir()))

    assert 0 < most <= BLOCK / RATE * 10 + 1


def test_a_track_is_made_as_it_is_asked_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first second of an hour is there without the rest of it."""
    asked: list[int] = []

    def tenths(*_: object, **__: object) -> Iterator[Samples]:
        for number in count():
            asked.append(number)
            yield silence(RATE // 10)

    monkeypatch.setattr(playing, "recorded", tenths)

    blocks = mixed([[clip(file, seconds=3600.0)]], 3600 * RATE)
    first = [next(blocks), next(blocks)]

    assert [len(block) for block in first] == [BLOCK, BLOCK]
    assert len(asked) < 20


seconds = st.floats(0, 0.8)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    about=st.lists(
        st.fixed_dictionaries(
            {
                "start": seconds,
                "seconds": st.floats(0.001, 1),
                "offset": seconds,
                "speed": st.sampled_from([0.1, 0.5, 1, 3, 10]),
                "volume": st.floats(0, 1),
                "fade_in": seconds,
                "fade_out": seconds,
                "duck": st.sampled_from([0, 0, 0.3, 1]),
            }
        ),
        max_size=5,
    ),
    total=st.integers(0, RATE),
    windows=st.integers(1, 80),
)
def test_any_clips_make_a_track_of_its_length(
    about: list[dict[str, float]],
    total: int,
    windows: int,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is mixed is as long as asked, never too loud, and the same in blocks of any size."""
    lanes = [[clip(file, **of)] for of in about]
    usual = heard([np.zeros((0, 2)), *mixed(lanes, total)])

    with monkeypatch.context() as patch:
        patch.setattr(mixing, "BLOCK", windows * 480)
        other = heard([np.zeros((0, 2)), *mixed(lanes, total)])

    assert len(usual) == total
    assert np.abs(usual).max(initial=0) <= CEILING + 1e-6
    assert np.array_equal(usual, other)
