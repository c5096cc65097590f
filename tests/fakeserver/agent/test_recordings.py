from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

CLIP = upload("a.mp4", seconds=20)
SONG, INTRO = upload("song.mp3", "audio", 60), upload("intro.wav", "audio", 8)


@pytest.mark.parametrize(
    ("message", "volume"),
    [
        ("use my song", None),
        ("add the mp3 I uploaded as background music at 50%", 50),
        ("use the audio file I uploaded instead", None),
        ("set my uploaded track as soundtrack, volume 20", 20),
        ("add the song to my video", None),
        ("用我上传的音乐做背景音乐", None),
        ("把song.mp3作为背景音乐，音量40%", 40),
        ("把我的歌加到视频里", None),
    ],
)
def test_an_uploaded_song_is_the_background_music(message: str, volume: int | None) -> None:
    """The user's own file plays, by its address, and nothing is composed."""
    talk = Conversation(CLIP, SONG)

    talk.say(message)

    (track,) = talk.music
    assert (track["src"], track["d"]) == (SONG.url, 20_000)
    assert volume in (None, track["m"]["volume"])
    assert talk.generated == []


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("use song.mp3 as bgm", SONG),
        ("use the wav", INTRO),
        ("add the mp3 I uploaded", SONG),
        ("add my intro track", INTRO),
        ("the first song", SONG),
        ("use the second song instead", INTRO),
        ("add the last song I uploaded", INTRO),
        ("song.mp3", SONG),
    ],
)
def test_of_several_songs_the_one_named_plays(message: str, meant: object) -> None:
    """A name, a kind or a number picks one of several files."""
    talk = Conversation(CLIP, SONG, INTRO)

    talk.say(message)

    assert [s["src"] for s in talk.music] == [getattr(meant, "url", None)]


@pytest.mark.parametrize("message", ["use my song", "用我上传的音乐做背景音乐"])
def test_of_several_songs_nobody_guesses(message: str) -> None:
    """Without a name the agent asks, naming the files, and edits nothing."""
    talk = Conversation(CLIP, SONG, INTRO)

    asked = talk.say(message)

    assert operations(asked) == []
    assert "song.mp3, intro.wav" in spoken(asked)


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("use my song", "upload"),
        ("用我上传的音乐做背景音乐", "上传"),
        ("replace the music with intro.wav", "intro.wav"),
        ("trim c.mov to 5 seconds", "c.mov"),
        ("对c.mov做同样的处理", "c.mov"),
    ],
)
def test_what_was_not_uploaded_is_not_invented(message: str, named: str) -> None:
    """A file that is not there is asked for."""
    talk = Conversation(CLIP)

    asked = talk.say(message)

    assert operations(asked) == []
    assert named in spoken(asked).lower()


def test_a_recording_can_be_shortened() -> None:
    """The user's own music has no brief, but it has an end."""
    talk = Conversation(SONG)

    talk.say("add my song", "trim the song to 20 seconds", "make it 5 seconds shorter")

    assert talk.times(talk.music) == [(0, 15_000)]


def test_the_slideshow_has_the_song_and_its_pace() -> None:
    """One message may name the clips, the song, the pace and the title."""
    talk = Conversation(upload("1.jpg", "image"), upload("2.jpg", "image"), SONG)

    talk.say("make a slideshow with my song, 2 seconds per photo, title 'Holiday'")

    assert talk.times(talk.pictures) == [(0, 2_000), (2_000, 2_000)]
    assert [s["src"] for s in talk.music] == [SONG.url]
    assert talk.title["text"] == "Holiday"
