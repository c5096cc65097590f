"""Asked for in words, exported, downloaded, and then looked at and listened to: a film is what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from nemovideo_fakeserver import Fake
from support import listening, watching
from support.caller import Caller
from support.media import colours

RED, GREEN, BLUE, YELLOW = (200, 40, 40), (30, 160, 60), (40, 60, 190), (255, 255, 0)
BELOW = (0.0, 0.5, 1.0, 1.0)
BRIEF = "Make a calm lo-fi hip hop loop at 70 BPM for my clip, at 35% volume"
TITLE = 'Add a title "PARADISE FOUND" in yellow at the top at 3 seconds for 3 seconds'


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The film of a clip of three colours, four seconds each, with music and a title on it."""
    with (
        Fake() as fake,
        httpx.Client(transport=fake.transport(), base_url="http://x.test", timeout=900) as http,
    ):
        caller = Caller(http).connect()
        caller.upload("clip.mp4", colours(RED, GREEN, BLUE, each=4.0))
        for message in (BRIEF, TITLE):
            caller.say(message)
        caller.submit("render_1")
        fake.clock.jump(90)
        output: dict[str, Any] = caller.get("/api/render/proxy/lambda/render_1").json()["output"]
        path = tmp_path_factory.mktemp("films") / "film.mp4"
        path.write_bytes(caller.get(output["url"]).content)
        yield path


@pytest.fixture(scope="module")
def sound(film: Path) -> listening.Sound:
    """What is heard in it."""
    with av.open(str(film)) as file:
        frames = [frame.to_ndarray().astype(np.float32) for frame in file.decode(audio=0)]
    return np.concatenate(frames, axis=1).T


@pytest.mark.parametrize(
    ("second", "colour"),
    [(0.1, RED), (3.9, RED), (4.1, GREEN), (7.9, GREEN), (8.1, BLUE), (11.9, BLUE)],
)
def test_the_clip_is_seen_in_its_colours_at_its_seconds(
    film: Path, second: float, colour: watching.Rgb
) -> None:
    """A tenth of a second to either side of a change the one and the other colour are there."""
    (picture,) = watching.frames(film, [second])

    assert watching.far(watching.colour(picture, BELOW), colour) < 12


def test_the_title_stands_in_its_colour_in_its_place(film: Path) -> None:
    """Yellow ink at the top, around the middle, and nowhere else."""
    (picture,) = watching.frames(film, [5.0])

    box = watching.ink(picture, YELLOW)

    assert box is not None
    left, top, right, bottom = box
    assert 0 < top < bottom < 0.25
    assert left > 0.1
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("second", "seen"), [(2.8, False), (3.2, True), (5.8, True), (6.2, False), (11.0, False)]
)
def test_the_title_is_there_for_its_time_only(film: Path, second: float, seen: bool) -> None:
    """There from 3 s to 6 s; before and after, no pixel of it is."""
    (picture,) = watching.frames(film, [second])

    assert (watching.ink(picture, YELLOW) is not None) is seen


def test_the_music_keeps_its_tempo(sound: listening.Sound) -> None:
    """70 beats a minute, within one per cent."""
    assert listening.tempo(sound, 50, 95) == pytest.approx(70, rel=0.01)


def test_picture_and_sound_are_as_long_as_the_draft(film: Path) -> None:
    """Twelve seconds, within a frame, both of them."""
    with av.open(str(film)) as file:
        (seen,), (heard,) = file.streams.video, file.streams.audio
        assert seen.average_rate is not None
        frame = 1 / float(seen.average_rate)
        for stream in (seen, heard):
            assert stream.duration is not None
            assert stream.time_base is not None
            assert float(stream.duration * stream.time_base) == pytest.approx(12, abs=frame)


def test_the_file_bears_the_projects_name(film: Path) -> None:
    """Players show the title of the draft."""
    with av.open(str(film)) as file:
        assert file.metadata["title"] == "clip"
