"""What became different, told in sentences."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.draft.changes import MOST, changed, changes
from nemovideo_pytest.strategies import drafts, json_values

Draft = dict[str, Any]


def seg(id_: str | None = None, s: int = 0, d: int = 10_000, **m: Any) -> Draft:
    """Return a segment; `src` and `off` go beside `m`."""
    beside = {"src": m.pop("src", None), "in": m.pop("off", None), "id": id_}
    return {"s": s, "d": d, "m": m} | {k: v for k, v in beside.items() if v is not None}


def draft(*, video: Any = (), audio: Any = (), text: Any = (), **keys: Any) -> Draft:
    """Return a draft of at most a track of each kind; `keys` go beside them."""
    rows = ((0, video), (1, audio), (7, text))
    return {"t": [{"tt": tt, "sg": list(sg)} for tt, sg in rows if sg], **keys}


BEACH = seg("v", name="beach.mp4")
JAZZ = seg("a", name="Jazz", volume=40)
TITLE = seg(
    "t", d=3_000, text="Paradise Found", color="white", position="top-center", fade_in=3_000
)
CLIPS = [seg(c, s=i * 10_000, name=f"{c}.mp4") for i, c in enumerate("abc")]


def test_the_documented_sentence() -> None:
    """The example of the vendor skill 1.9, to the letter, and its Chinese sister."""
    before, after = draft(video=[BEACH]), draft(video=[BEACH], text=[TITLE])

    assert changes(before, after) == (
        "✅ Title added: 'Paradise Found' (white, top-center, 3s fade-in)",
    )
    assert changes(before, after, "zh-CN") == (
        "✅ 已添加标题：“Paradise Found”（白色，顶部居中，3秒淡入）",
    )


@pytest.mark.parametrize(
    ("before", "after", "en", "zh"),
    [
        (BEACH, BEACH | {"s": 2_000}, "moved from 0s to 2s", "从0秒移到2秒"),
        (BEACH, BEACH | {"d": 5_500}, "shortened from 10s to 5.5s", "从10秒缩短到5.5秒"),
        (BEACH, BEACH | {"d": 15_000}, "lengthened from 10s to 15s", "从10秒延长到15秒"),
        (BEACH, seg("v", name="b"), "name 'beach.mp4' → 'b'", "名称“beach.mp4” → “b”"),
        (BEACH, BEACH | {"src": "x"}, "new source", "素材已替换"),
        (BEACH, BEACH | {"in": 500}, "start in the source 0.5s", "素材起点0.5秒"),
        (BEACH, seg("v", name="beach.mp4", volume=0), "volume 0%", "音量0%"),
        (JAZZ, seg("a", name="Jazz", volume=20), "volume 40% → 20%", "音量40% → 20%"),
        (JAZZ, seg("a", name="Jazz"), "no volume", "无音量"),
        (BEACH, seg("v", name="beach.mp4", speed=2.0), "speed 2x", "速度2倍"),
        (TITLE, {**TITLE, "m": TITLE["m"] | {"text": "Hi"}},
         "text 'Paradise Found' → 'Hi'", "文字“Paradise Found” → “Hi”"),
        (TITLE, {**TITLE, "m": TITLE["m"] | {"color": "neon blue"}},
         "color white → neon blue", "颜色白色 → 霓虹蓝"),
        (TITLE, {**TITLE, "m": TITLE["m"] | {"position": "center"}},
         "position top-center → center", "位置顶部居中 → 居中"),
        (TITLE, {**TITLE, "m": TITLE["m"] | {"size": 48}}, "size 48pt", "字号48号"),
        (TITLE, {**TITLE, "m": TITLE["m"] | {"fade_in": 500, "fade_out": 1_000}},
         "fade-in 3s → 0.5s, fade-out 1s", "淡入3秒 → 0.5秒，淡出1秒"),
        (BEACH, seg("v", d=9_000, name="beach.mp4", speed=2, brightness=3),
         "shortened from 10s to 9s, speed 2x, brightness", "从10秒缩短到9秒，速度2倍，亮度"),
        (seg("v", name="beach.mp4", mood="calm"), BEACH, "mood", "情绪"),
        (BEACH, seg("v", name="beach.mp4", warp_factor=3, x7=1), "warp factor", "warp factor"),
    ],
)  # fmt: skip
def test_a_setting_is_told(before: Draft, after: Draft, en: str, zh: str) -> None:
    """All that befell one segment is one sentence about it; lengths of the project are another."""
    track = {0: "Video 'beach.mp4'", 1: "BGM 'Jazz'", 2: "Title 'Paradise Found'"}
    chinese = {0: "视频“beach.mp4”", 1: "背景音乐“Jazz”", 2: "标题“Paradise Found”"}
    kind = "vat".index(before["id"])
    name = ("video", "audio", "text")[kind]
    was, now = draft(**{name: [before]}, d=99), draft(**{name: [after]}, d=99)

    assert changes(was, now) == (f"✅ {track[kind]} adjusted: {en}",)
    assert changes(was, now, "zh") == (f"✅ 已调整{chinese[kind]}：{zh}",)


def test_a_change_without_a_word_is_told_all_the_same() -> None:
    """A key that is not a plain word is not named."""
    before, after = draft(video=[BEACH]), draft(video=[BEACH | {"x7": 1}])

    assert changes(before, after) == ("✅ Video 'beach.mp4' adjusted",)
    assert changes(before, after, "zh") == ("✅ 已调整视频“beach.mp4”",)


@pytest.mark.parametrize(
    ("before", "after", "en", "zh"),
    [
        ({}, draft(video=[BEACH], m={"title": "x"}, d=10_000),
         ("✅ Video added: 'beach.mp4' (0-10s)",), ("✅ 已添加视频：“beach.mp4”（0-10秒）",)),
        (draft(audio=[JAZZ], d=1), draft(d=1),
         ("✅ BGM removed: 'Jazz'",), ("✅ 已移除背景音乐：“Jazz”",)),
        ({}, draft(audio=[JAZZ]),
         ("✅ BGM added: 'Jazz' (0-10s, 40% volume)",), ("✅ 已添加背景音乐：“Jazz”（0-10秒，音量40%）",)),
        ({}, draft(text=[seg(text="Hi")]), ("✅ Title added: 'Hi' (0-10s)",), ("✅ 已添加标题：“Hi”（0-10秒）",)),
        ({}, draft(video=CLIPS), ("✅ Video added: 'a.mp4', 'b.mp4', 'c.mp4' (0-30s, 3 clips)",),
         ("✅ 已添加视频：“a.mp4”，“b.mp4”，“c.mp4”（0-30秒，3个片段）",)),
        (draft(m={"width": 1920, "height": 1080}), draft(m={"width": 1080, "height": 1920}),
         ("✅ Canvas: 1080×1920",), ("✅ 画面尺寸：1080×1920",)),
        ({"d": 9_000}, {"d": 5_000}, ("✅ Total length: 5s",), ("✅ 总时长：5秒",)),
        (draft(m={"title": "a"}), draft(m={"title": "b"}), ("✅ Project title: 'b'",), ("✅ 项目标题：“b”",)),
        (draft(m={"title": "a"}), draft(), ("✅ Project title: none",), ("✅ 项目标题：无",)),
        (draft(), {"t": [{"tt": 0}]}, ("✅ Empty track added",), ("✅ 已添加空轨道",)),
        ({"t": [{"tt": 0}]}, draft(), ("✅ Empty track removed",), ("✅ 已移除空轨道",)),
        (draft(video=[BEACH], text=[TITLE]), {"t": draft(video=[BEACH], text=[TITLE])["t"][::-1]},
         ("✅ Tracks reordered",), ("✅ 已调整轨道顺序",)),
        ({}, {"transitions": []}, ("✅ Timeline adjusted: transitions",), ("✅ 时间线已调整：transitions",)),
        ({}, {"m": {"x7": 1}}, ("✅ Timeline adjusted",), ("✅ 时间线已调整",)),
        ([], {}, ("✅ Timeline adjusted",), ("✅ 时间线已调整",)),
    ],
)  # fmt: skip
def test_other_changes_are_told(
    before: Draft, after: Draft, en: tuple[str, ...], zh: tuple[str, ...]
) -> None:
    """What came, what went, and what became of the project."""
    assert changes(before, after) == en
    assert changes(before, after, "zh") == zh


def test_a_cut_is_one_event() -> None:
    """Clips that are only pushed along by a shorter one before them did not move."""
    pushed = [CLIPS[0] | {"d": 4_000}, CLIPS[1] | {"s": 4_000}, CLIPS[2] | {"s": 14_000}]

    assert changes(draft(video=CLIPS), draft(video=pushed)) == (
        "✅ Video 'a.mp4' adjusted: shortened from 10s to 4s",
        "✅ Total length: 24s",
    )


def test_clips_in_another_order_are_one_event() -> None:
    """The new order is told, not where each of them went; a title on its own just moves."""
    turned = [CLIPS[2] | {"s": 0}, CLIPS[0] | {"s": 10_000}, CLIPS[1] | {"s": 20_000}]
    title = TITLE | {"s": 10_000}

    told = changes(draft(video=CLIPS, text=[TITLE]), draft(video=turned, text=[title]))

    assert told == (
        "✅ Title 'Paradise Found' adjusted: moved from 0s to 10s",
        "✅ Order changed: c.mp4, a.mp4, b.mp4",
    )


def test_what_befell_segments_alike_is_one_sentence() -> None:
    """Three brighter clips are told once."""
    brighter = [{**clip, "m": clip["m"] | {"brightness": 15}} for clip in CLIPS]

    assert changes(draft(video=CLIPS), draft(video=brighter)) == (
        "✅ Video 'a.mp4', 'b.mp4', 'c.mp4' adjusted: brightness",
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([seg(text="a"), seg(text="b")], [seg(text="b")], "✅ Title removed: 'a'"),
        ([seg(text="a")], [seg(text="a", s=1_000)], "✅ Title 'a' adjusted: moved from 0s to 1s"),
        ([seg(text="a")], [seg(text="b")], "✅ Title 'a' adjusted: text 'a' → 'b'"),
        (
            [seg("1", text="a"), seg("2", text="b")],
            [seg("3", text="a"), seg("4", text="b", color="red")],
            "✅ Title 'b' adjusted: color red",
        ),
    ],
)
def test_without_common_ids_content_tells_who_is_who(
    before: list[Draft], after: list[Draft], expected: str
) -> None:
    """Segments are matched by what they say and when, where ids are missing or new."""
    assert changes(draft(text=before, d=9), draft(text=after, d=9)) == (expected,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (seg("1", text="a"), seg("2", text="b")),
        (seg("1", text="a", name="n", src="x"), seg("2", text="a", name="n", src="y")),
        (seg("1", text="a", src="x"), seg("2", text="b", src="x")),
    ],
)
def test_other_ids_with_other_content_are_other_segments(before: Draft, after: Draft) -> None:
    """A title in place of another, with an id of its own, came while the other went."""
    came, went = changes(draft(text=[before]), draft(text=[after]))

    assert came.startswith("✅ Title added:")
    assert went == "✅ Title removed: 'a'"


def test_many_changes_are_summed_up() -> None:
    """At most six sentences, the last of which counts the rest."""
    before = draft(video=[seg(str(n), s=n * 20_000, name=f"{n}") for n in range(9)], d=9)
    after = draft(
        video=[seg(str(n), s=n * 20_000, name=f"{n}", speed=n + 1) for n in range(9)], d=9
    )

    told, chinese = changes(before, after), changes(before, after, "zh")

    assert len(told) == len(chinese) == MOST
    assert told[0] == "✅ Video '0' adjusted: speed 1x"
    assert (told[-1], chinese[-1]) == ("✅ 4 more changes", "✅ 另有4处修改")


@given(json_values() | drafts(wrong=True), st.sampled_from(["en", "zh"]))
def test_the_same_draft_has_no_changes(same: Any, language: str) -> None:
    """Nothing is told of nothing."""
    assert not changed(same, copy.deepcopy(same))
    assert changes(same, copy.deepcopy(same), language) == ()


@given(
    json_values() | drafts(wrong=True),
    json_values() | drafts(wrong=True),
    st.sampled_from(["en", "zh"]),
)
def test_any_difference_is_told(before: Any, after: Any, language: str) -> None:
    """Where drafts differ at all there is a sentence, not too many, each on one printable line."""
    told = changes(before, after, language)

    assert bool(told) == changed(before, after)
    assert len(told) <= MOST
    assert all(line.startswith("✅ ") and line.isprintable() for line in told)
