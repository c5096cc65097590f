"""Asked for in words, exported, downloaded, and then looked at and listened to: a film is what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.media.samples import RATE
from support import listening, watching
from support.caller import Caller
from support.media import colours

RED, GREEN, BLUE, YELLOW = (200, 40, 40), (30, 160, 60), (40, 60, 190), (255, 255, 0)
BELOW = (0.0, 0.5, 1.0, 1.0)
BRIEF = "Make a calm lo-fi hip hop loop at 70 BPM for my clip, at 35% volume"
TITLE = 'Add a title "PARADISE FOUND" in yellow at the top at 3 seconds for 3 seconds'


@dataclass
class Editor:
    """Somebody who asks for edits, and exports."""

    fake: Fake
    caller: Caller
    folder: Path

    def export(self, name: str, form: str) -> Path:
        """Order a film, wait for it, and download it."""
        self.caller.submit(name, output={"format": form, "quality": "high"})
        self.fake.clock.jump(90)
        told: dict[str, Any] = self.caller.get(f"/api/render/proxy/lambda/{name}").json()
        path = self.folder / f"{name}.{form}"
        path.write_bytes(self.caller.get(told["output"]["url"]).content)
        return path


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Somebody with a clip of three colours, four seconds each, who has asked for music and a title."""
    with (
        Fake() as fake,
        httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900) as http,
    ):
        caller = Caller(http).connect()
        caller.upload("clip.mp4", colours(RED, GREEN, BLUE, each=4.0))
        for message in (BRIEF, TITLE):
            caller.say(message)
        yield Editor(fake, caller, tmp_path_factory.mktemp("films"))


@pytest.fixture(scope="module")
def film(editor: Editor) -> Path:
    """What was exported then."""
    return editor.export("film", "mp4")


@pytest.fixture(scope="module")
def sound(film: Path) -> listening.Sound:
    """What is heard in it."""
    return heard(film)


def heard(file: Path) -> listening.Sound:
    """Return the samples of a film, or of a sound."""
    with av.open(str(file)) as opened:
        plain = av.AudioResampler(format="fltp", layout="stereo")
        frames = [part for frame in opened.decode(audio=0) for part in plain.resample(frame)]
    return np.concatenate([frame.to_ndarray().astype(np.float32) for frame in frames], axis=1).T


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


def test_twice_the_volume_is_twice_as_loud(editor: Editor, sound: listening.Sound) -> None:
    """70 % instead of the 35 % that were exported before are 6 dB more, within one."""
    editor.caller.say("Set the music volume to 70%")

    louder = heard(editor.export("louder", "wav"))

    assert len(louder) == pytest.approx(12 * RATE, abs=RATE / 30)
    assert listening.loudness(louder) - listening.loudness(sound) == pytest.approx(6.0, abs=1.0)
