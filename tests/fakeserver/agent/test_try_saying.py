"""The example requests that the four music skills print for their users, in both languages."""

from __future__ import annotations

import pytest

from support.conversation import Conversation, operations, spoken, upload

MUSIC = [
    # message, seconds asked for, and what the track must carry
    (
        "Generate an upbeat, energetic background track for a 60-second gym workout montage video",
        60,
        {"mood": "upbeat, energetic"},
    ),
    (
        "Create a soft, cinematic piano score to accompany a slow-motion wedding highlight reel",
        None,
        {"mood": "soft", "genre": "cinematic", "instruments": ["piano"]},
    ),
    (
        "Make a lo-fi hip-hop loop for a 3-minute study vlog with a calm, focused atmosphere",
        180,
        {"mood": "calm, focused", "genre": "lo-fi hip hop", "loop": True},
    ),
    (
        "Generate a 90-second upbeat electronic track with a driving beat for a fitness promo video",
        90,
        {"mood": "upbeat, driving", "genre": "electronic"},
    ),
    (
        "Create a melancholic acoustic guitar piece with light piano, suitable for a travel documentary outro",
        None,
        {"mood": "melancholic", "instruments": ["acoustic guitar", "piano"]},
    ),
    (
        "Make a tense, cinematic orchestral loop around 60 BPM for a suspense scene in a short film",
        None,
        {"mood": "tense", "genre": "orchestral", "bpm": 60, "loop": True},
    ),
    ("生成 background music that matches the", None, {}),
    ("generate a free background music track that matches the mood of my video", None, {}),
    ("adding AI-generated background music to videos for content creators", None, {}),
    (
        "为一段60秒的健身房训练混剪视频生成一首欢快、充满活力的背景音乐",
        60,
        {"mood": "upbeat, energetic"},
    ),
    (
        "创作一首柔和的电影级钢琴配乐,配合慢动作婚礼精彩集锦",
        None,
        {"mood": "soft", "genre": "cinematic", "instruments": ["piano"]},
    ),
    (
        "制作一段lo-fi嘻哈循环曲,用于3分钟的学习vlog,营造平静专注的氛围",
        180,
        {"mood": "calm, focused", "genre": "lo-fi hip hop", "loop": True},
    ),
    (
        "为健身宣传视频生成一段90秒、节奏强劲的欢快电子乐",
        90,
        {"mood": "driving, upbeat", "genre": "electronic"},
    ),
    (
        "创作一首带有轻钢琴伴奏的忧郁原声吉他曲,适合旅行纪录片片尾",
        None,
        {"mood": "melancholic", "instruments": ["piano", "acoustic guitar"]},
    ),
    (
        "为短片中的悬疑场景制作一段约60BPM、充满紧张感的电影级管弦乐循环",
        None,
        {"mood": "tense", "genre": "orchestral", "bpm": 60, "loop": True},
    ),
    ("生成一段与我的视频情绪匹配的免费背景音乐", None, {}),
    ("为内容创作者在视频中添加AI生成的背景音乐", None, {}),
]


@pytest.mark.parametrize(("message", "seconds", "carried"), MUSIC)
def test_an_example_brief_becomes_music(
    message: str, seconds: int | None, carried: dict[str, object]
) -> None:
    """Every example that asks for music gives one track, of the length and the kind asked for."""
    talk = Conversation()

    talk.say(message)

    assert talk.plans[-1].kind == "edit"
    assert carried.items() <= talk.sound.items()
    assert talk.times(talk.music) == [(0, (seconds or 30) * 1_000)]
    assert talk.pictures == []


@pytest.mark.parametrize(("message", "seconds"), [case[:2] for case in MUSIC])
def test_an_example_brief_scores_the_uploaded_clip(message: str, seconds: int | None) -> None:
    """With a clip in the session the same examples lay it, and music without a length covers it."""
    talk = Conversation(upload("trip.mp4", seconds=24))

    talk.say(message)

    assert talk.times(talk.pictures) == [(0, 24_000)]
    assert talk.times(talk.music) == [(0, (seconds or 24) * 1_000)]
    assert talk.sound["volume"] in (35, 40)


@pytest.mark.parametrize(
    "message",
    [
        "generate a 60-second travel montage video into a 1080p MP4",
        "生成一个60秒的旅行混剪视频,输出1080p MP4格式",
    ],
)
def test_the_montage_example_generates_or_uses_what_was_uploaded(message: str) -> None:
    """The montage is generated from nothing, but cut from the user's clips when there are some."""
    from_nothing, from_clips = (
        Conversation(),
        Conversation(upload("a.mp4"), upload("b.mp4", seconds=50)),
    )

    generated, edited = from_nothing.say(message), from_clips.say(message)

    assert generated.kind == "generate"
    assert from_nothing.times(from_nothing.pictures) == [(0, 60_000)]
    assert edited.kind == "edit"
    assert from_clips.times(from_clips.pictures) == [(0, 30_000), (30_000, 30_000)]
    assert from_clips.times(from_clips.music) == [(0, 60_000)]


def test_the_mangled_example_asks_without_a_clip_and_scores_with_one() -> None:
    """The half-translated example names no subject: it asks for one, or works on what was uploaded."""
    message = "生成 my 视频 或 文本"
    empty, with_clip = Conversation(), Conversation(upload("a.mp4"))

    asked = empty.say(message)
    with_clip.say(message)

    assert asked.kind == "text"
    assert "上传" in spoken(asked)
    assert len(with_clip.pictures) == len(with_clip.music) == 1


def test_the_export_example_is_answered_with_a_button() -> None:
    """An export sent to chat changes nothing and is told to click."""
    talk = Conversation(upload("a.mp4"))

    answer = talk.say("导出 1080p MP4")

    assert answer.kind == "text"
    assert "点击" in spoken(answer)
    assert operations(answer) == []
