"""Music that is asked for in words: its brief, how loud it is, and when it steps back."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import costs, rests_on
from nemovideo_pytest.contract.visitor import Visitor

AUDIO = 1


BRIEFS: dict[str, tuple[str, dict[str, Any], int]] = {
    "tempo": ("Make a 30-second lo-fi loop at 80 BPM", {"bpm": 80, "genre": "lo-fi"}, 30_000),
    "key": ("create a 12 second jazz track at 120 BPM in F# minor", {"key": "F# minor"}, 12_000),
    "volume": ("add 10 seconds of lo-fi at 35%", {"volume": 35}, 10_000),
    "Chinese": ("90秒的音乐", {}, 90_000),
    "Chinese genre": ("3分钟的爵士乐", {"genre": "jazz"}, 180_000),
}


@pytest.mark.parametrize(("message", "notes", "length"), BRIEFS.values(), ids=BRIEFS)
@costs(50)
@rests_on("draft keys", "media descriptions", "music is an edit")
def test_music_is_made_from_a_brief(
    visitor: Visitor, message: str, notes: dict[str, Any], length: int
) -> None:
    """Its tempo, its length; it stands on an audio track and among what was generated."""
    visitor.say(message)
    state = visitor.state()
    (track,) = state["draft"]["t"]
    (segment,) = track["sg"]
    (made,) = state["generated_media"]

    assert track["tt"] == AUDIO
    assert notes.items() <= segment["m"].items()
    assert segment["d"] == state["draft"]["d"] == length
    assert (made["file_type"], made["duration"]) == ("audio", length / 1000)
    assert segment["src"] == made["cdn_url"]


@pytest.mark.parametrize(
    ("message", "volume"),
    [("set the music to 20%", 20), ("mute the music", 0), ("音量调到60%", 60)],
)
@costs(50)
@rests_on("draft keys", "POST /run_sse")
def test_the_volume_is_set(visitor: Visitor, message: str, volume: int) -> None:
    """In per cent, from 0 to 100."""
    visitor.say("add 10 seconds of lo-fi at 40%")
    visitor.say(message)
    (music,) = visitor.segments(AUDIO)

    assert music["m"]["volume"] == volume


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("duck the music under the voice", 60),
        ("lower the music by 40% when someone is speaking", 40),
        ("人声时压低音乐", 60),
        ("no ducking", 0),
    ],
)
@costs(50)
@rests_on("ducking", "POST /run_sse")
def test_the_music_steps_back(visitor: Visitor, message: str, step: int) -> None:
    """By so many per cent while clips are heard; its volume stays."""
    visitor.say("add 10 seconds of lo-fi at 40%")
    visitor.say(message)
    (music,) = visitor.segments(AUDIO)

    assert (music["m"]["volume"], music["m"]["duck"]) == (40, step)
