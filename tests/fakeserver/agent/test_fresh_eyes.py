"""What a newcomer says: what not to do, `only`, `instead`, other names, and wishes beyond the limits."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

A, B = upload("a.mp4"), upload("b.mp4")


def scored() -> Conversation:
    """Return a conversation with a clip and music composed for it."""
    talk = Conversation(A)
    talk.say("add upbeat piano music")
    return talk


@pytest.mark.parametrize(
    ("message", "done"),
    [
        ('don\'t change the music, just add a title "Keep"', ["add_text"]),
        ("Please don't add any music, just tell me what you can do", []),
        ("不要加音乐，只加标题“保留”", ["add_text"]),
        ("音乐不要动，加标题“保留”", ["add_text"]),
        ('add a title "Keep" without touching the music', ["add_text"]),
        ('add a title "Keep" while keeping the music unchanged', ["add_text"]),
        ("leave the music as it is", []),
        ("leave the music alone and trim to 5 seconds", ["trim"]),
        ("no music please", []),
        ("没有音乐", []),
    ],
)
def test_what_is_negated_edits_nothing(message: str, done: list[str]) -> None:
    """A negated clause leaves the music alone, and the other clauses are done."""
    talk = scored()
    before = talk.sound

    answer = talk.say(message)

    assert operations(answer) == done
    assert talk.sound == before


@pytest.mark.parametrize(
    ("message", "done"),
    [
        ("I don't want any music", ["remove"]),
        ("不要音乐", ["remove"]),
        ("don't forget to add jazz", ["replace_bgm"]),
    ],
)
def test_not_every_not_is_a_negation(message: str, done: list[str]) -> None:
    """Not wanting music takes it away, and what is not to be forgotten is done."""
    assert operations(scored().say(message)) == done


@pytest.mark.parametrize("message", ["音乐不要那么大声", "别太大声"])
def test_not_so_loud_is_quieter(message: str) -> None:
    """Who does not want it so loud gets it quieter, never louder."""
    talk = scored()
    before = talk.sound["volume"]

    talk.say(message)

    assert talk.sound["volume"] < before


@pytest.mark.parametrize("name", ["a.mp4", "song.mp3"])
def test_a_file_that_is_not_there_cannot_go(name: str) -> None:
    """To remove a file from the timeline that is not on it changes nothing and says so."""
    talk = Conversation(A, B, upload("song.mp3", "audio"))
    talk.say("add b.mp4 to the timeline")
    before = talk.draft

    answer = talk.say(f"remove {name} from the timeline")

    assert talk.draft == before
    assert spoken(answer) == f"{name} is not on the timeline."


@pytest.mark.parametrize(
    ("message", "speed"),
    [
        ("speed it up 2x", 2.0),
        ("slow down to half speed", 0.5),
        ("speed it up by 50%", 1.5),
        ("speed it up to 150%", 1.5),
        ("放慢到50%", 0.5),
    ],
)
def test_a_measured_speed_is_the_pictures(message: str, speed: float) -> None:
    """A factor or a share of speed runs the picture, not the music, at that speed."""
    talk = scored()
    before = talk.sound

    talk.say(message)

    assert talk.pictures[0]["m"]["speed"] == speed
    assert talk.sound == before


def test_a_speed_without_measure_is_the_musics() -> None:
    """`make it slower` goes to the music that was composed."""
    assert operations(scored().say("make it slower")) == ["refine_bgm"]


@pytest.mark.parametrize(
    "message", ["adjust colors, make it warmer", "increase brightness and make it warmer"]
)
def test_what_follows_a_look_is_a_look(message: str) -> None:
    """After a clause on the look of the picture, `it` is the picture."""
    talk = scored()
    before = talk.sound

    talk.say(message)

    assert talk.sound == before
    assert talk.pictures[0]["m"]["temperature"] == 15


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("rename the music to Night Drive", "Night Drive"),
        ("call the music “Night Drive”", "Night Drive"),
        ("音乐重命名为夜色", "夜色"),
        ("把音乐改名为“夜色”", "夜色"),
    ],
)
def test_a_new_name_composes_nothing(message: str, name: str) -> None:
    """Renamed music is the same recording with another name."""
    talk = scored()
    before, sounds = talk.music[0]["src"], talk.sound

    talk.say(message)

    assert talk.music[0]["src"] == before
    assert talk.sound == {**sounds, "name": name}


def test_a_name_needs_words_and_music() -> None:
    """Without a name or without music the agent answers."""
    assert operations(scored().say("rename the music")) == []
    assert operations(Conversation(A).say("rename the music to Night Drive")) == []


@pytest.mark.parametrize(
    ("message", "instruments"),
    [
        ("use strings and synths instead", ["strings", "synth"]),
        ("use strings instead of piano", ["strings"]),
    ],
)
def test_instead_replaces_instruments(message: str, instruments: list[str]) -> None:
    """Instruments named with `instead` take the place of the others."""
    talk = scored()

    talk.say(message)

    assert talk.sound["instruments"] == instruments


@pytest.mark.parametrize("message", ["鼓点在第20秒落下", "第20秒鼓点进来"])
def test_the_beat_is_a_drop(message: str) -> None:
    """In Chinese the drop is also called the beat of the drums."""
    talk = scored()

    talk.say(message)

    assert talk.sound["drop"] == 20


@pytest.mark.parametrize("before", ["add b.mp4", "add all clips to the timeline"])
@pytest.mark.parametrize("message", ["Next, only a.mp4 with jazz", "only use a.mp4 and add jazz"])
def test_only_one_clip_stays(before: str, message: str) -> None:
    """`only` leaves the clip named alone on the timeline, with its music."""
    talk = Conversation(A, B)

    talk.say(before, message)

    assert [s["m"]["name"] for s in talk.pictures] == ["a.mp4"]
    assert talk.times(talk.music) == [(0, 30_000)]


def test_both_clips_with_music() -> None:
    """Both clips are laid before the music that goes with them."""
    talk = Conversation(A, B)

    talk.say("add both clips with jazz")

    assert [s["m"]["name"] for s in talk.pictures] == ["a.mp4", "b.mp4"]
    assert talk.sound["genre"] == "jazz"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("make the music 2 hours long", "I used 600s"),
        ("set the music to 9999 BPM", "I used 220 BPM"),
        ("set the music volume to 150%", "I used 100%"),
        ("音乐音量调到150%", "已使用100%"),
    ],
)
def test_a_limit_is_named(message: str, said: str) -> None:
    """Who asks for more than there is hears what was used."""
    assert said in spoken(scored().say(message))


def test_within_the_limits_nothing_is_said_of_them() -> None:
    """A tempo that can be had is not called a limit."""
    assert "limit" not in spoken(scored().say("set the music to 90 BPM"))


def test_no_blank_after_a_chinese_full_stop_and_no_sentence_twice() -> None:
    """Chinese sentences stand close together, and each is said once."""
    talk = Conversation(A)

    said = "".join(spoken(talk.say(m)) for m in ("加钢琴音乐", "音量50%，音量50%", "音乐音量150%"))
    twice = spoken(Conversation().say("split at 5 seconds and trim to 5 seconds"))

    assert "。 " not in said
    assert len(twice.splitlines()) == len(set(twice.splitlines()))


@pytest.mark.parametrize(
    "message",
    [
        "generate a video of a cat in about 5 seconds",
        "Reply in English: generate a cat video",
    ],
)
def test_a_film_is_called_by_its_subject(message: str) -> None:
    """Neither its length nor the language of the answer is part of a film's title."""
    talk = Conversation()

    talk.say(message)

    assert talk.title["text"] == "Cat"


def test_an_orchestra_is_the_same_in_both_languages() -> None:
    """管弦乐 has the instruments of `orchestral`."""
    english, chinese = Conversation(A), Conversation(A)

    english.say("add orchestral music")
    chinese.say("加管弦乐")

    assert english.sound["instruments"] == chinese.sound["instruments"]
