"""Whatever is said to whatever there is: laws that hold for every text and every reachable draft."""

from __future__ import annotations

import json
import string
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from nemovideo_fakeserver.agent.plan import plan
from nemovideo_fakeserver.agent.reading.language import CAP
from nemovideo_fakeserver.core.draft import Draft, segments, tracks
from nemovideo_fakeserver.core.plan import Edit, Plan
from support.conversation import Conversation, upload

UPLOADS = (
    upload("a.mp4", seconds=20),
    upload("b.mov", seconds=0.04, size=(0, 0)),
    upload("c d.png", "image", size=(3, 5)),
    upload("e.mp3", "audio", seconds=12),
)
REQUESTS = st.sampled_from(
    [
        "put my clips on the timeline",
        "append b.mov",
        "add lo-fi at 35%",
        "add jazz to the second clip",
        "add e.mp3",
        "加一段90秒的爵士乐",
        "slower",
        "more bass",
        "make it more tense",
        "turn the music down",
        "louder",
        "swap music",
        "the beat should drop at 1:00",
        "remove the music",
        "add a title 'Hi' at 4 seconds for 9 seconds",
        "make it red and bigger",
        "show the title from 1s to 3s",
        "添加字幕",
        "remove all titles",
        "trim to 5 seconds",
        "cut out 1s to 2s",
        "trim the first 3 seconds",
        "剪掉最后3秒",
        "split in half",
        "split at 2 seconds",
        "2x",
        "slow motion",
        "put clip 2 first",
        "reverse the order",
        "remove the first clip",
        "remove c d.png",
        "mute the original sound",
        "fade in and fade out",
        "make the video brighter",
        "make a 7s video of a cat in 9:16",
        "regenerate in 1:1",
        "regenerate the music",
        "make a slideshow of my photos",
        "make a montage of my clips",
        "add music to a.mp4",
        "remove everything",
        "thanks",
        "export",
    ]
)
WORDS = st.lists(
    st.sampled_from(
        [
            "add",
            "remove",
            "make",
            "the",
            "a",
            "my",
            "music",
            "title",
            "clip",
            "video",
            "photo",
            "second",
            "first",
            "to",
            "from",
            "at",
            "for",
            "5s",
            "0:30",
            "-3",
            "9e9",
            "seconds",
            "%",
            "40%",
            "x",
            "2x",
            "bpm",
            "90",
            "in",
            "out",
            "fade",
            "cut",
            "trim",
            "split",
            "and",
            ",",
            ".",
            "'",
            '"',
            "“",
            "”",
            "‹",
            "›",
            "16:9",
            "red",
            "top",
            "jazz",
            "piano",
            "slower",
            "louder",
            "regenerate",
            "把",
            "给",
            "加",
            "去掉",
            "标题",
            "音乐",
            "字幕",
            "视频",
            "第",
            "二",
            "个",
            "换成",
            "剪到",
            "秒",
            "一百",
            "百分之",
            "淡入",
            "再",
            "和",
        ]
    ),
    max_size=20,
).map(" ".join)
MESSAGES = REQUESTS | WORDS | st.text(max_size=60) | st.text(string.printable, max_size=60)


def sound(draft: Draft) -> None:
    """Check what every draft must be."""
    ids = [s["id"] for s in segments(draft)]
    assert len(ids) == len(set(ids))
    for track in tracks(draft):
        assert track["sg"]
        assert [s["s"] for s in track["sg"]] == sorted(s["s"] for s in track["sg"])
    for segment in segments(draft):
        assert segment["s"] >= 0
        assert segment["d"] > 0
        assert 0 <= segment["m"].get("volume", 0) <= 100
        assert segment["m"].get("speed", 1) > 0
    json.dumps(draft).encode()
    json.dumps(draft, ensure_ascii=False).encode("utf-8")


def orderly(made: Plan) -> None:
    """Check what every plan must be."""
    assert made.beats
    assert made.beats[0].at >= 0
    assert all(a.at <= b.at for a, b in pairwise(made.beats))
    assert made.lasts >= made.beats[-1].at
    edited = any(isinstance(beat.act, Edit) for beat in made.beats)
    assert (made.kind == "text") is not edited


@given(
    st.lists(MESSAGES, max_size=8),
    st.sampled_from(["", "zh"]),
    st.integers(0, 3),
    st.integers(0, 9),
)
@example(["add lo-fi, " * 200], "", 4, 0)
@example(["\ud800\x00\u2028'\ud800'", "add a title '\ud800\x00'"], "", 4, 0)
def test_any_conversation_keeps_the_draft_sound(
    messages: list[str], language: str, files: int, seed: int
) -> None:
    """Any texts one after the other give orderly plans and a sound draft, twice the same."""
    talk = Conversation(*UPLOADS[: files + 1], language=language, seed=str(seed))

    for message in messages:
        scene = talk.scene()
        made = talk.say(message)

        orderly(made)
        sound(talk.draft)
        assert plan(message, scene) == made


@given(
    st.sampled_from(
        [
            "a",
            "9",
            "第",
            "'",
            "“",
            "1-",
            "fade in ",
            "and ",
            "加",
            "和加",
            "把",
            "1:2",
            "the ",
            "a-",
            "drop ",
            "saying ",
            "‹",
            "9" * 50 + " ",
            "\n",
        ]
    )
)
def test_a_flood_is_read_no_further_than_the_limit(piece: str) -> None:
    """A megabyte of anything is planned like its beginning."""
    talk = Conversation(*UPLOADS)
    flood = piece * (1_000_000 // len(piece))
    beginning = plan(flood[:CAP], talk.scene())

    made = talk.say(flood)

    orderly(made)
    sound(talk.draft)
    assert made == beginning


JUNK: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just([])
)
KEYS = [
    "volume",
    "speed",
    "size",
    "bpm",
    "brightness",
    "text",
    "name",
    "role",
    "mood",
    "instruments",
    "key",
    "drop",
    "sections",
    "bass",
    "genre",
]
SEGMENTS = st.fixed_dictionaries(
    {"id": st.uuids().map(str), "s": st.integers(0, 9_000), "d": st.integers(1, 9_000)},
    optional={"src": JUNK, "in": JUNK, "m": JUNK | st.dictionaries(st.sampled_from(KEYS), JUNK)},
)
DRAFTS = st.fixed_dictionaries(
    {
        "t": st.lists(
            st.fixed_dictionaries(
                {
                    "tt": st.sampled_from([0, 1, 7, 9]),
                    "sg": st.lists(SEGMENTS, min_size=1, max_size=3),
                }
            ),
            max_size=3,
        )
    },
    optional={"d": JUNK, "m": st.dictionaries(st.just("title"), JUNK)},
)


@given(DRAFTS, REQUESTS)
def test_an_odd_draft_stops_nobody(draft: Draft, message: str) -> None:
    """A draft that a scripted turn filled with odd values can still be talked about and edited."""
    talk = Conversation(*UPLOADS, draft=draft)

    made = plan(message, talk.scene())

    orderly(made)
    assert made.beats
