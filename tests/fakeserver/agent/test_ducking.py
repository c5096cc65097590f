"""Music that steps back for what is said: asked for, undone, and what only sounds like it."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


def playing() -> Conversation:
    """A clip with music at 40 %."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add lo-fi at 40%")
    return talk


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("duck the music under the voice", 60),
        ("Duck the background music when I talk", 60),
        ("duck it under the dialogue", 60),
        ("enable ducking", 60),
        ("add audio ducking", 60),
        ("the music should duck when someone speaks", 60),
        ("lower the music when someone is speaking", 60),
        ("please lower the volume while people talk", 60),
        ("make the music quieter while people talk", 60),
        ("make background music quieter while people talk", 60),
        ("keep the music low under the voice", 60),
        ("use ducking for the music", 60),
        ("turn the music down during the dialogue", 60),
        ("can you make the BGM softer under the voiceover?", 60),
        ("duck the music by 80%", 80),
        ("duck the music 45 percent under the narration", 45),
        ("lower the music by 30% when someone is speaking", 30),
        ("lower the music to 10% when someone is speaking", 75),
        ("lower the music to 90% when someone is speaking", 0),
        ("duck the music by 400%", 100),
        ("人声时压低音乐", 60),
        ("说话时音乐小一点", 60),
        ("有人说话的时候把背景音乐调低", 60),
        ("请在旁白时降低音乐音量", 60),
        ("音乐闪避", 60),
        ("开启自动闪避", 60),
        ("说话时把音乐压低百分之七十", 70),
        ("人声时音乐降低50%", 50),
        ("duck it under the waves", 60),
        ("duck it under the clip", 60),
        ("please have it ducked under the clip", 60),
        ("keep it ducked below the waves", 60),
        ("duck the lo-fi under the clip by 30%", 30),
    ],
)
def test_the_music_steps_back(message: str, step: int) -> None:
    """By 60 per cent or as many as are said; nothing else changes, and it is told."""
    talk = playing()
    before = talk.sound

    plan = talk.say(message)

    assert operations(plan) == ["duck_music"]
    assert talk.sound == before | {"duck": step}
    assert talk.pictures[0]["m"]["volume"] == 100
    told = spoken(plan)
    assert not told or (f"{step}%" in told) == (step > 0)


@pytest.mark.parametrize(
    "message",
    [
        "no ducking",
        "no ducking please",
        "don't duck the music",
        "stop ducking the music",
        "turn off the ducking",
        "remove the ducking",
        "undo ducking",
        "取消闪避",
        "不要闪避",
        "关闭音乐闪避",
        "说话时不要压低音乐",
        "don't lower the music when he speaks",
        "the music should no longer duck under the voice",
        "turn the ducking off",
        "把闪避关掉",
        "说话时别压低音乐",
        "I don't want ducking",
        "没必要在说话时压低音乐",
        "不需要闪避",
    ],
)
def test_the_music_steps_back_no_longer(message: str) -> None:
    """Whatever it did before."""
    talk = playing()
    talk.say("duck the music by 80%")

    assert operations(talk.say(message)) == ["duck_music"]
    assert talk.sound["duck"] == 0
    assert talk.sound["volume"] == 40


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("duck the music under the voice but don't make it silent", 60),
        ("duck the music under the voice, it must not be silent", 60),
        ("lower the music when he speaks, but not too much", 60),
        ("duck the music by 40% without touching the clips", 40),
        ("I can't hear him so duck the music", 60),
        ("I don't want the music too loud so duck it under the voice", 60),
        ("压低音乐，别盖过人声", 60),
        ("压低音乐，特别是旁白的时候", 60),
        ("说话时音乐压低50%，不要太小声", 50),
    ],
)
def test_a_no_to_something_else_undoes_nothing(message: str, step: int) -> None:
    """What is not to be done has to be the ducking itself."""
    talk = playing()

    assert operations(talk.say(message))[0] == "duck_music"
    assert talk.sound["duck"] == step


@pytest.mark.parametrize(
    ("message", "op"),
    [
        ("turn the music down", "set_volume"),
        ("音乐小声一点", "set_volume"),
        ("lower the music volume to 20%", "set_volume"),
        ("make the music softer", "refine_bgm"),
        ("generate a 5-second video of a duck on a pond", "generate_video"),
        ("generate a video of ducks while it rains", "generate_video"),
        ("generate a video of a boy who ducked under a fence", "generate_video"),
        ('add a title "Duck Tales" at the top', "add_text"),
        ("remove the music", "remove"),
    ],
)
def test_what_only_sounds_like_it_is_something_else(message: str, op: str) -> None:
    """Ducks on a pond, and volumes without a voice."""
    talk = playing()

    assert operations(talk.say(message))[0] == op
    assert all("duck" not in s["m"] for s in talk.music)


def test_it_is_one_wish_of_several() -> None:
    """It opens a clause of its own."""
    talk = Conversation(upload("a.mp4", seconds=20))

    talk.say("add lo-fi music at 30% and duck it under the voice by 50%")

    assert (talk.sound["volume"], talk.sound["duck"]) == (30, 50)


@pytest.mark.parametrize(
    ("message", "volume", "step"),
    [
        ("add background music at 30% that ducks under my voice", 30, 60),
        ("add background music that ducks by 80% under my voice", 40, 80),
        ("add lo-fi music with ducking", 40, 60),
        ("add background music at 30%", 30, None),
        ("加一段背景音乐，有人说话时压低50%", 40, 50),
        ("add lo-fi music at 30%, ducked under the clip", 30, 60),
        ("add lo-fi at 30% ducked under the waves by 50%", 30, 50),
    ],
)
def test_new_music_may_step_back_from_the_start(
    message: str, volume: int, step: int | None
) -> None:
    """The one number is its volume, the other the step."""
    talk = playing()

    assert operations(talk.say(message)) == ["replace_bgm"]
    assert (talk.sound["volume"], talk.sound.get("duck")) == (volume, step)


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("replace the music with jazz", 70),
        ("add lo-fi music with ducking", 60),
        ("replace the music with jazz without ducking", None),
    ],
)
def test_new_music_steps_back_like_what_it_replaces(message: str, step: int | None) -> None:
    """Unless it is said otherwise."""
    talk = playing()
    talk.say("duck the music by 70%")

    assert operations(talk.say(message)) == ["replace_bgm"]
    assert talk.sound.get("duck") == step


def test_pieces_of_unlike_volume_step_back_unlike() -> None:
    """To the same volume, and each is told by its name."""
    talk = Conversation(upload("a.mp4", seconds=20))
    talk.say("add lo-fi music from 0 to 10 seconds at 40%", "add jazz from 10s to 20s at 20%")

    made = talk.say("lower the music to 10% when someone is speaking")

    assert [s["m"]["duck"] for s in sorted(talk.music, key=lambda s: int(s["s"]))] == [75, 50]
    assert operations(made) == ["duck_music", "duck_music"]
    assert "Lo-fi steps back by 75%" in spoken(made)
    assert "Jazz steps back by 50%" in spoken(made)


@pytest.mark.parametrize("message", ["duck the music under the voice", "人声时压低音乐"])
def test_without_music_nothing_can_step_back(message: str) -> None:
    """The agent says so, and the timeline stays empty."""
    talk = Conversation(upload("a.mp4"))

    answer = talk.say(message)

    assert answer.kind == "text"
    assert spoken(answer)
    assert talk.draft == {}
