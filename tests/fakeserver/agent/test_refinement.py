from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload


def playing(*uploads: str) -> Conversation:
    """A session with lo-fi at 76 BPM, over clips or alone."""
    talk = Conversation(*(upload(name, seconds=20) for name in uploads))
    talk.say("add lo-fi in A minor at 35%")
    return talk


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("make it slightly slower", 68, 75),
        ("slower", 60, 70),
        ("make it much slower", 40, 60),
        ("make the music faster", 80, 90),
        ("make it 90 bpm", 90, 90),
        ("tempo 95", 95, 95),
        ("slow it down by 10 bpm", 66, 66),
        ("make the music faster by 50%", 114, 114),
        ("慢一点", 60, 72),
        ("音乐快一点", 80, 90),
        ("节奏改成120BPM", 120, 120),
    ],
)
def test_tempo_follows(message: str, low: int, high: int) -> None:
    """Slower and faster move the tempo by as much as the words say."""
    talk = playing("a.mp4")

    talk.say(message)

    assert low <= talk.sound["bpm"] <= high
    assert talk.times(talk.pictures) == [(0, 20_000)]


@pytest.mark.parametrize(
    ("message", "mood", "mode"),
    [
        ("make it more tense", "tense", "minor"),
        ("add a brighter feel", "bright", "major"),
        ("softer", "soft", "major"),
        ("make it sadder", "sad", "minor"),
        ("can you make the music happier?", "happy", "major"),
        ("更紧张一点", "tense", "minor"),
        ("让音乐更明亮一些", "bright", "major"),
        ("more energy", "energetic", "minor"),
    ],
)
def test_mood_follows_and_bends_the_key(message: str, mood: str, mode: str) -> None:
    """The newest mood comes first, and the mode of the key with it."""
    talk = playing()

    talk.say(message)

    assert talk.sound["mood"].startswith(mood)
    assert talk.sound["key"] == f"A {mode}"


@pytest.mark.parametrize(
    "message", ["add more bass presence in the low end", "more bass", "多一点低音"]
)
def test_more_bass_is_noted(message: str) -> None:
    """Bass is among the instruments, one step up."""
    talk = playing()

    talk.say(message)

    assert talk.sound["bass"] == 1
    assert "bass" in talk.sound["instruments"]


def test_bass_goes_down_again() -> None:
    """A step up and a step down leave no trace."""
    talk = playing()

    talk.say("more bass", "less bass")

    assert "bass" not in talk.sound


@pytest.mark.parametrize("message", ["less drums", "remove the drums", "no drums"])
def test_an_instrument_goes(message: str) -> None:
    """Less of an instrument, or none of it, takes it out of the band."""
    talk = playing()

    talk.say(message)

    assert talk.sound["instruments"] == ["electric piano", "bass"]


def test_an_instrument_comes() -> None:
    """A wished instrument joins the others."""
    talk = playing()

    talk.say("add strings")

    assert talk.sound["instruments"][-1] == "strings"


def test_a_drop_later_than_the_end_makes_room() -> None:
    """A drop at second 30 of a track of 30 seconds makes the track longer, unless a picture ends it."""
    alone, scored = playing(), playing("a.mp4")

    alone.say("the beat should drop at the 30-second mark")
    scored.say("the beat should drop at the 15-second mark")

    assert (alone.sound["drop"], alone.music[0]["d"]) == (30, 45_000)
    assert (scored.sound["drop"], scored.music[0]["d"]) == (15, 20_000)


def test_the_segment_stays_and_the_track_is_new() -> None:
    """A refinement keeps id, place and volume of the segment and gives it another source."""
    talk = playing("a.mp4")
    before = talk.music[0]

    plan = talk.say("in C minor")

    after = talk.music[0]
    assert operations(plan) == ["refine_bgm"]
    assert (after["id"], after["s"], after["d"]) == (before["id"], before["s"], before["d"])
    assert after["m"]["volume"] == 35
    assert after["m"]["key"] == "C minor"
    assert after["src"] == talk.generated[-1].url != before["src"]


def test_another_genre_brings_its_band() -> None:
    """Made into jazz, the track takes name, moods and instruments of jazz and keeps its tempo."""
    talk = playing()

    talk.say("make it jazz")

    assert talk.sound["name"] == "Jazz"
    assert "saxophone" in talk.sound["instruments"]
    assert talk.sound["bpm"] == 76


@pytest.mark.parametrize(
    ("message", "ms"),
    [("make the music 60 seconds long", 60_000), ("loop the music for 2 minutes", 120_000)],
)
def test_length_follows(message: str, ms: int) -> None:
    """Music that is named gets the length asked for."""
    talk = playing("a.mp4")

    talk.say(message)

    assert talk.music[0]["d"] == ms


@pytest.mark.parametrize(
    "message", ["make the music slower", "make the music more tense", "音乐慢一点"]
)
def test_without_music_there_is_nothing_to_refine(message: str) -> None:
    """A wish about music that is not there is answered, not invented."""
    talk = Conversation()

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "music" in spoken(answer) or "音乐" in spoken(answer)


def test_a_new_brief_is_no_refinement() -> None:
    """Who asks for a new track gets a new one, whatever plays now."""
    talk = playing()

    plan = talk.say("I want a calm piano track for my wedding video")

    assert operations(plan) == ["replace_bgm"]
    assert talk.sound["instruments"] == ["piano"]
