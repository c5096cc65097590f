"""Which language a message is taken to be in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.talk.language import detect

TABLE = [
    ("make a video of a cat", "en"),
    ("EXPORT", "en"),
    ("", "en"),
    ("🎬 123", "en"),
    ("Make a video about Los Angeles", "en"),
    ("做一个关于猫的视频", "zh"),
    ("加BGM", "zh"),
    ("把vlog剪短一点", "zh"),
    ("動画を作って", "ja"),
    ("ビデオ", "ja"),
    ("一个关于日本の视频", "zh"),
    ("비디오를 만들어줘", "ko"),
    ("Сделай видео о море", "ru"),
    ("اصنع فيديو", "ar"),
    ("עשה סרטון", "he"),
    ("Φτιάξε ένα βίντεο", "el"),
    ("ทำวิดีโอ", "th"),
    ("वीडियो बनाओ", "hi"),
    ("Crea un video de una playa", "es"),
    ("Fais une vidéo de la mer avec le soleil", "fr"),
    ("Mach ein Video mit Musik", "de"),
    ("Faça um vídeo com música", "pt"),
    ("Crea un video con il mare", "it"),
    ('Add the title "你好"', "en"),
    ("Add the title “你好，世界，今天天气很好”", "en"),
    ("Add the title Привет", "en"),
    ('给视频加标题 "Paradise Found"', "zh"),
    ("给视频加标题 Paradise Found", "zh"),
    ("加上字幕《The Long Way Home》", "zh"),
    ("Добавь Paradise Found", "ru"),
    ("open 视频.mp4", "en"),
    ("把 my holiday.mp4 放慢", "zh"),
    ("los_angeles.mp4", "en"),
    ("do not download anything", "en"),
    ("看 https://example.com/the/title/of/my/video", "zh"),
    ("“你好”", "zh"),
]


@pytest.mark.parametrize(("text", "code"), TABLE, ids=[text or "empty" for text, _ in TABLE])
def test_the_language_of_a_message(text: str, code: str) -> None:
    """The frame of the message decides, not what is quoted in it."""
    assert detect(text) == code


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    """Whatever is typed, a code of two letters comes out."""
    assert len(detect(text)) == 2
