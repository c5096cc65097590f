"""The timeline in words, in the documented forms."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.draft.summary import lines, summary
from nemovideo_pytest.strategies import drafts, json_values


def city(*, clip: str, music: str, title: str) -> dict[str, Any]:
    """Return the draft that the skills show in words."""
    look = {"text": title, "color": "neon blue", "fade_in": 500}
    return {
        "t": [
            {"tt": 0, "sg": [{"s": 0, "d": 10_000, "m": {"name": clip}}]},
            {"tt": 1, "sg": [{"s": 0, "d": 10_000, "m": {"name": music, "volume": 35}}]},
            {"tt": 7, "sg": [{"s": 0, "d": 3_000, "m": look}]},
        ]
    }


def track(tt: int, *segments: dict[str, Any]) -> dict[str, Any]:
    """Return a draft with one track."""
    return {"t": [{"tt": tt, "sg": list(segments)}]}


def test_the_documented_line() -> None:
    """The one-line form of the vendor skill 1.9, to the letter."""
    draft = city(clip="city timelapse", music="Lo-fi", title="Urban Dreams")

    assert summary(draft) == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)"
        ' 3. Title: "Urban Dreams" (0-3s)'
    )


def test_the_documented_lines() -> None:
    """The form in several lines of the vendor skill 4.4, to the letter."""
    draft = city(clip="city skyline timelapse", music="Lo-fi Hip Hop", title="Urban Dreams")

    assert lines(draft) == (
        "Current timeline (3 tracks):",
        "1. Video: city skyline timelapse (0-10s)",
        "2. BGM: Lo-fi Hip Hop (0-10s, 35% volume)",
        '3. Title: "Urban Dreams" (0-3s, neon blue, fade-in)',
    )


def test_the_documented_chinese_line() -> None:
    """The form of the four skills, with the punctuation of Chinese and the title in quotes."""
    told = summary(city(clip="城市延时摄影", music="Lo-fi", title="都市梦想"), "zh-CN")

    assert told == (
        "时间线（3条轨道）：1. 视频：城市延时摄影（0-10秒）2. 背景音乐：Lo-fi（0-10秒，35%）"
        "3. 标题：“都市梦想”（0-3秒）"
    )
    assert unicodedata.normalize("NFKC", told).startswith(
        "时间线(3条轨道):1. 视频:城市延时摄影(0-10秒)2."
    )


@pytest.mark.parametrize(
    ("draft", "en", "zh"),
    [
        (
            track(0, *({"d": 5_000, "m": {"name": f"{n}.mp4"}} for n in "ab")),
            "1. Video: a.mp4, b.mp4 (0-10s, 2 clips)",
            "1. 视频：a.mp4，b.mp4（0-10秒，2个片段）",
        ),
        (
            track(0, *({"d": 500, "m": {"name": n}} for n in "abcde")),
            "1. Video: a, b, c and 2 more (0-2.5s, 5 clips)",
            "1. 视频：a，b，c等5项（0-2.5秒，5个片段）",
        ),
        (
            track(1, {"d": 1, "volume": 0, "name": "x", "m": {"role": "voiceover"}}),
            "1. Audio: x (0-0.001s, 0% volume)",
            "1. 音频：x（0-0.001秒，音量0%）",
        ),
        (
            track(1, {"d": 1_000, "volume": 10}, {"d": 1_000, "volume": 20}),
            "1. BGM: unnamed, unnamed (0-2s, 2 pieces)",
            "1. 背景音乐：未命名，未命名（0-2秒，2段）",
        ),
        (
            track(
                7, {"s": 3_000, "d": 90_000, "m": {"text": "Hi\n\x1b[31mall", "role": "subtitle"}}
            ),
            '1. Subtitles: "Hi [31mall" (3-93s)',
            "1. 字幕：“Hi [31mall”（3-93秒）",
        ),
        (
            track(7, {"m": {"text": "Hi", "color": "White", "size": 32, "position": "top-center"}}),
            '1. Title: "Hi" (length unknown, White 32pt, top-center)',
            "1. 标题：“Hi”（时长未知，白色32号，顶部居中）",
        ),
        (
            track(0, {"d": 4_000, "m": {"name": "n" * 99, "speed": 0.5, "fade_out": 9}}),
            f"1. Video: {'n' * 59}… (0-4s, 0.5x speed, fade-out)",
            f"1. 视频：{'n' * 59}…（0-4秒，0.5倍速，淡出）",
        ),
        (track(5, {"d": 4_000}), "1. Track: unnamed (0-4s)", "1. 轨道：未命名（0-4秒）"),
    ],
)
def test_a_track_is_a_line(draft: dict[str, Any], en: str, zh: str) -> None:
    """Names, span, number, and what is so for all segments."""
    assert lines(draft) == ("Current timeline (1 track):", en)
    assert lines(draft, "zh") == ("当前时间线（1条轨道）：", zh)


@pytest.mark.parametrize("draft", [{}, {"t": []}, {"t": [{"tt": 0, "sg": []}]}, {"t": "x"}])
def test_an_empty_timeline_is_a_sentence(draft: dict[str, Any]) -> None:
    """Tracks with nothing on them are not told."""
    assert (summary(draft), lines(draft, "fr")) == ("Timeline is empty.", ("Timeline is empty.",))
    assert (summary(draft, "zh"), lines(draft, "zh")) == ("时间线还是空的。", ("时间线还是空的。",))


@given(json_values() | drafts(wrong=True), st.sampled_from(["en", "zh"]))
def test_every_entry_is_one_printable_line(draft: Any, language: str) -> None:
    """Whatever the draft says, nobody's screen breaks."""
    told = (summary(draft, language), *lines(draft, language))

    assert all(line and line.isprintable() for line in told)
