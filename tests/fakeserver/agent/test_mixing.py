from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


def playing() -> Conversation:
    """A clip with music at 40 %."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add lo-fi at 40%")
    return talk


@pytest.mark.parametrize(
    ("message", "volume"),
    [
        ("turn the music down", 20),
        ("turn it down a bit", 30),
        ("louder", 60),
        ("make the music much louder", 80),
        ("set the music to 20%", 20),
        ("music volume 10", 10),
        ("lower the volume by 30%", 10),
        ("music at 300%", 100),
        ("volume to max", 100),
        ("half volume", 50),
        ("mute the music", 0),
        ("音量调到60%", 60),
        ("音量调到百分之四十", 40),
        ("音乐小声一点", 20),
        ("把音乐调大一点", 60),
    ],
)
def test_the_music_gets_its_volume(message: str, volume: int) -> None:
    """Volumes are absolute, relative or worded, and stay within 0 to 100."""
    talk = playing()

    plan = talk.say(message)

    assert operations(plan) == ["set_volume"]
    assert talk.sound["volume"] == volume
    assert talk.pictures[0]["m"]["volume"] == 100


@pytest.mark.parametrize(
    "message",
    [
        "mute the original sound",
        "turn off the original audio",
        "mute",
        "关闭原声",
        "静音原声",
        "mute a.mp4",
    ],
)
def test_the_original_sound_goes(message: str) -> None:
    """Muting without naming the music silences the clips and leaves the music."""
    talk = playing()

    talk.say(message)

    assert talk.pictures[0]["m"]["volume"] == 0
    assert talk.sound["volume"] == 40


def test_music_fades() -> None:
    """A fade of the music is kept in milliseconds, its seconds change nothing else."""
    talk = playing()

    talk.say("fade in the music over 2 seconds and fade out the music over 3 seconds")

    assert (talk.sound["fade_in"], talk.sound["fade_out"]) == (2_000, 3_000)
    assert talk.music[0]["d"] == 20_000


@pytest.mark.parametrize("message", ["louder", "音量调到40%"])
def test_silence_cannot_be_made_louder(message: str) -> None:
    """Without music the agent says so."""
    talk = Conversation(upload("a.mp4"))

    answer = talk.say(message)

    assert answer.kind == "text"
    assert spoken(answer)
    assert talk.draft == {}
