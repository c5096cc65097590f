from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

A, B = upload("a.mp4", seconds=20), upload("b.mp4", seconds=10, size=(1080, 1920))
PHOTOS = (upload("1.jpg", "image", size=(4000, 3000)), upload("2.png", "image", size=(801, 601)))


def shown(talk: Conversation) -> list[str]:
    """The names of the clips on the timeline."""
    return [s["m"]["name"] for s in talk.pictures]


@pytest.mark.parametrize(
    "message",
    ["put my clips on the timeline", "add the videos to the timeline", "把视频放到时间线上"],
)
def test_clips_are_laid_end_to_end(message: str) -> None:
    """All uploads go on the timeline in the order of their arrival."""
    talk = Conversation(A, B)

    talk.say(message)

    assert shown(talk) == ["a.mp4", "b.mp4"]
    assert talk.times(talk.pictures) == [(0, 20_000), (20_000, 10_000)]


def test_the_first_clip_gives_the_canvas() -> None:
    """Canvas and title come from the first clip, even sides and full HD at most."""
    video, photo = Conversation(B), Conversation(*PHOTOS)

    video.say("put my clip on the timeline")
    photo.say("put my photos on the timeline")

    assert video.draft["m"] == {"title": "b", "width": 1080, "height": 1920}
    assert (photo.draft["m"]["width"], photo.draft["m"]["height"]) == (1440, 1080)


def test_photos_last_three_seconds_or_as_told() -> None:
    """A photo is shown for three seconds unless the message says."""
    usual, told = Conversation(*PHOTOS), Conversation(*PHOTOS)

    usual.say("make a slideshow of my photos")
    told.say("make a slideshow of my photos with 2 seconds each and calm piano music")

    assert usual.times(usual.pictures) == [(0, 3_000), (3_000, 3_000)]
    assert told.times(told.pictures) == [(0, 2_000), (2_000, 2_000)]
    assert told.times(told.music) == [(0, 4_000)]


@pytest.mark.parametrize("message", ["add the photo for 5 seconds", "把照片加到时间线上，显示5秒"])
def test_a_photo_for_some_seconds(message: str) -> None:
    """One photo is shown for as long as asked."""
    talk = Conversation(PHOTOS[0])

    talk.say(message)

    assert talk.times(talk.pictures) == [(0, 5_000)]


def test_an_edit_lays_what_it_needs() -> None:
    """An edit in a session that shows nothing yet lays all uploads first."""
    talk = Conversation(A, B)

    plan = talk.say("add a title 'Hi'")

    assert operations(plan) == ["add_clips", "add_text"]
    assert shown(talk) == ["a.mp4", "b.mp4"]


@pytest.mark.parametrize(
    "messages",
    [
        ("add lo-fi to a.mp4", "add jazz to b.mp4"),
        ("add lo-fi to the first clip", "now add jazz to the second clip"),
        ("第一个视频加lo-fi", "第二个视频加爵士乐"),
        ('add lo-fi to "A.MP4"', "add jazz to the new clip"),
    ],
)
def test_files_are_worked_on_one_by_one(messages: tuple[str, str]) -> None:
    """A file that is named and not on the timeline starts a timeline of its own."""
    talk = Conversation(A, B)

    talk.say(messages[0])
    first = shown(talk), talk.sound["genre"], talk.draft["m"]["width"]
    talk.say(messages[1])

    assert first == (["a.mp4"], "lo-fi", 1280)
    assert (shown(talk), talk.sound["genre"], talk.draft["m"]["width"]) == (["b.mp4"], "jazz", 1080)


@pytest.mark.parametrize(
    "message", ["append b.mp4", "add b.mp4 to the timeline", "also add b.mp4", "把b.mp4拼接到后面"]
)
def test_a_file_is_joined_when_asked(message: str) -> None:
    """Words of joining put a file behind what is there."""
    talk = Conversation(A, B)

    talk.say("put a.mp4 on the timeline", message)

    assert shown(talk) == ["a.mp4", "b.mp4"]


def test_an_edit_of_one_clip_spares_the_other() -> None:
    """An edit of a file that is there with others applies to its span."""
    talk = Conversation(A, B)

    talk.say("put my clips on the timeline", "add a title 'B' to b.mp4", "mute the second clip")

    assert talk.times(talk.texts) == [(20_000, 3_000)]
    assert [s["m"]["volume"] for s in talk.pictures] == [100, 0]


def test_an_unknown_number_is_told() -> None:
    """A clip number beyond the last one is an answer, not an edit."""
    talk = Conversation(A, B)

    answer = talk.say("add lo-fi to clip 7")

    assert answer.kind == "text"
    assert "7" in spoken(answer)


def test_clips_that_are_there_are_not_doubled() -> None:
    """Putting a clip on the timeline twice needs the word `again`."""
    talk = Conversation(A)

    twice = talk.say("put my clip on the timeline", "put my clip on the timeline")
    talk.say("put a.mp4 on the timeline again")

    assert twice.kind == "text"
    assert shown(talk) == ["a.mp4", "a.mp4"]


@pytest.mark.parametrize(
    "message",
    [
        "put my clip on the timeline",
        "make a slideshow of my photos",
        "trim to 5 seconds",
        "添加字幕",
    ],
)
def test_without_uploads_the_agent_asks_for_them(message: str) -> None:
    """Nothing to lay and nothing to cut: an answer."""
    talk = Conversation()

    answer = talk.say(message)

    assert answer.kind == "text"
    assert "pload" in spoken(answer) or "上传" in spoken(answer)


@pytest.mark.parametrize(
    ("message", "order"),
    [
        ("put clip 2 first", ["b.mp4", "a.mp4"]),
        ("move the first clip to the end", ["b.mp4", "a.mp4"]),
        ("swap clip 1 and clip 2", ["b.mp4", "a.mp4"]),
        ("reverse the order of the clips", ["b.mp4", "a.mp4"]),
        ("把第二个片段放到最前面", ["b.mp4", "a.mp4"]),
        ("move a.mp4 to the beginning", ["a.mp4", "b.mp4"]),
    ],
)
def test_clips_change_places(message: str, order: list[str]) -> None:
    """The clips play in the order asked for, end to end."""
    talk = Conversation(A, B)

    talk.say("put my clips on the timeline", message)

    assert shown(talk) == order
    assert talk.pictures[1]["s"] == talk.pictures[0]["d"]


def test_reordering_lays_the_clips_first() -> None:
    """The order may be told before anything lies on the timeline."""
    talk = Conversation(A, B)

    talk.say("put clip 2 first")

    assert shown(talk) == ["b.mp4", "a.mp4"]


def test_a_montage_is_cut_to_length_and_scored() -> None:
    """A film made from the user's clips has the length asked for and music under all of it."""
    talk = Conversation(A, B)

    talk.say("make a 25 second video from my clips")

    assert talk.times(talk.pictures) == [(0, 20_000), (20_000, 5_000)]
    assert talk.times(talk.music) == [(0, 25_000)]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("remove the BGM", (1, 0, 1)),
        ("去掉音乐", (1, 0, 1)),
        ("delete the title", (1, 1, 0)),
        ("remove 'Hi'", (1, 1, 0)),
        ("strip the BGM and title", (1, 0, 0)),
        ("去掉标题和音乐", (1, 0, 0)),
        ("remove a.mp4", (0, 1, 1)),
        ("remove everything", (0, 0, 0)),
        ("清空时间线", (0, 0, 0)),
    ],
)
def test_what_is_named_goes(message: str, left: tuple[int, int, int]) -> None:
    """A removal takes away what it names, and only that."""
    talk = Conversation(A)

    talk.say("add lo-fi and a title 'Hi'", message)

    assert (len(talk.pictures), len(talk.music), len(talk.texts)) == left


def test_the_rest_closes_up_when_a_clip_goes() -> None:
    """Clips behind a removed one move up, music ends with the picture."""
    talk = Conversation(A, B)

    talk.say("add lo-fi", "remove the first clip")

    assert talk.times(talk.pictures) == [(0, 10_000)]
    assert talk.times(talk.music) == [(0, 10_000)]


@pytest.mark.parametrize(
    "message", ["remove the music", "remove the title", "remove the subtitles", "remove b.mp4"]
)
def test_what_is_not_there_cannot_go(message: str) -> None:
    """A removal of nothing is an answer."""
    talk = Conversation(A, B)

    answer = talk.say("put a.mp4 on the timeline", message)

    assert answer.kind == "text"
    assert shown(talk) == ["a.mp4"]


def test_one_of_several_clips_must_be_named() -> None:
    """`The clip` is not clear where there are two."""
    talk = Conversation(A, B)

    answer = talk.say("put my clips on the timeline", "remove the clip")

    assert answer.kind == "text"
    assert len(talk.pictures) == 2


FOUR = tuple(upload(f"p{number}.jpg", "image") for number in range(1, 5))


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("把第一张改成黑白", 0),
        ("第2幅改成黑白", 1),
        ("第三段改成黑白", 2),
        ("把第3条改成黑白", 2),
        ("最后一张改成黑白", 3),
        ("第一张照片改成黑白", 0),
        ("最后一张照片改成黑白", 3),
        ("make the first photo black and white", 0),
    ],
)
def test_a_picture_is_counted_by_its_measure_word(message: str, number: int) -> None:
    """第一张 is the first picture, and the others stay as they are."""
    talk = Conversation(*FOUR)
    talk.say("make a slideshow")

    talk.say(message)

    assert [n for n, s in enumerate(talk.pictures) if "filter" in s["m"]] == [number]


def test_what_else_is_counted_is_no_picture() -> None:
    """第一段音乐 names music and 第一条字幕 a subtitle."""
    talk = Conversation(*FOUR)
    talk.say("make a slideshow", "加钢琴音乐")

    talk.say("第一段音乐的音量调到20%")

    assert talk.sound["volume"] == 20


@pytest.mark.parametrize(
    ("message", "transition"),
    [
        ("做一个幻灯片，每张3秒，交叉溶解转场", "dissolve"),
        ("做一个幻灯片，每张3秒，照片之间用叠化转场", "dissolve"),
        ("Make a slideshow, 3 seconds each, with crossfade transitions", "crossfade"),
        ("slideshow, 3 seconds each, with crossfade transitions", "crossfade"),
        ("make a slideshow of my photos, 3 seconds each, cross dissolve between them", "dissolve"),
    ],
)
def test_a_slideshow_has_the_transition_asked_for(message: str, transition: str) -> None:
    """The length of each photo and the transition of one sentence are both done."""
    talk = Conversation(*FOUR)

    talk.say(message)

    assert [s["d"] for s in talk.pictures] == [3_000] * 4
    assert {s["m"]["transition"] for s in talk.pictures} == {transition}


def test_a_counted_clip_is_slowed_not_the_music() -> None:
    """第一段 is a clip: the music that plays stays as fast as it was."""
    talk = Conversation(A, B)
    talk.say("join them and add music")
    before = talk.sound

    talk.say("把第一段放慢")

    assert [s["m"]["speed"] for s in talk.pictures] == [0.5, 1.0]
    assert talk.sound == before
