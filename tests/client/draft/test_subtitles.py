"""The words of a draft as SRT and WebVTT, read back by a small parser of our own."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.draft.subtitles import cues, srt, vtt
from nemovideo_pytest.strategies import drafts, json_values

_TIMES = re.compile(r"(\d\d+):(\d\d):(\d\d)[,.](\d{3}) --> (\d\d+):(\d\d):(\d\d)[,.](\d{3})")

Read = tuple[int, int, str]


def texts(*segments: tuple[int, int | None, str], **m: Any) -> dict[str, Any]:
    """Return a draft with one text track of (start, length, text)."""
    made = [{"s": s, "d": d, "m": {"text": text, **m}} for s, d, text in segments]
    return {"t": [{"tt": 7, "sg": made}]}


def parsed(file: str, skipped: int) -> list[Read]:
    """Return start, end and text of each block of a file, less the lines before the times."""
    found = []
    for block in file.strip("\n").split("\n\n"):
        times, *lines = block.split("\n")[skipped:]
        match = _TIMES.fullmatch(times)
        assert match
        h, m, s, ms, h2, m2, s2, ms2 = map(int, match.groups())
        start, end = ((h * 60 + m) * 60 + s) * 1_000 + ms, ((h2 * 60 + m2) * 60 + s2) * 1_000 + ms2
        found.append((start, end, "\n".join(lines)))
    return found


def test_the_documented_form_of_srt() -> None:
    """Numbered blocks, a comma before the milliseconds."""
    draft = texts((1_000, 3_500, "Hello"), (5_000, 500, "two\nlines"))

    assert srt(draft) == (
        "1\n00:00:01,000 --> 00:00:04,500\nHello\n\n2\n00:00:05,000 --> 00:00:05,500\ntwo\nlines\n"
    )


def test_the_documented_form_of_vtt() -> None:
    """A heading, then blocks with a point before the milliseconds."""
    draft = texts((1_000, 3_500, "Hello"), (5_000, 500, "two\nlines"))

    assert vtt(draft) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nHello\n\n"
        "00:00:05.000 --> 00:00:05.500\ntwo\nlines\n"
    )


def test_without_words_there_is_no_file() -> None:
    """No text track, no text in it, or no time to show it: an empty string."""
    for draft in ({}, texts(), texts((0, 1_000, " \n ")), texts((0, None, "never shown"))):
        assert (srt(draft), vtt(draft)) == ("", "")


@pytest.mark.parametrize("track", [{"tt": 7, "m": {"role": "subtitle"}}, {"tt": 7}])
def test_titles_are_left_out_where_there_are_subtitles(track: dict[str, Any]) -> None:
    """Subtitles are told by their role, or by that of their track; without any, titles are told."""
    role = {} if "m" in track else {"role": "subtitle"}
    spoken = track | {"sg": [{"s": 0, "d": 1_000, "m": {"text": "spoken", **role}}]}
    titles = texts((0, 2_000, "a title"))["t"]

    assert [cue.lines for cue in cues({"t": [*titles, spoken]})] == [("spoken",)]
    assert [cue.lines for cue in cues({"t": titles})] == [("a title",)]


def test_cues_come_by_their_start_and_may_overlap() -> None:
    """Two tracks are merged by time."""
    late, early = texts((2_000, 9_000, "late")), texts((1_000, 5_000, "early"))

    found = cues({"t": late["t"] + early["t"]})

    assert [(cue.start, cue.end) for cue in found] == [(1_000, 6_000), (2_000, 11_000)]


def test_a_text_without_a_length_lasts_to_the_end() -> None:
    """The draft's own length ends it."""
    draft = texts((1_000, None, "Hi")) | {"d": 4_000}

    assert [(cue.start, cue.end) for cue in cues(draft)] == [(1_000, 4_000)]


def test_more_than_99_hours() -> None:
    """Hours take the digits they need."""
    draft = texts((100 * 3_600_000, 1_000, "late"))

    assert "100:00:00,000 --> 100:00:01,000" in srt(draft)
    assert "100:00:00.000 --> 100:00:01.000" in vtt(draft)


def test_what_would_break_a_file_is_escaped() -> None:
    """Arrows, markup, blank lines, control characters and halves of characters."""
    draft = texts((0, 1_000, "a --> b\r\n\r\n\n<i> & c\x00\x1b\ud800"))

    assert srt(draft) == "1\n00:00:00,000 --> 00:00:01,000\na → b\n<i> & c\n"
    assert vtt(draft).endswith(".000\na --&gt; b\n&lt;i&gt; &amp; c\n")


@given(json_values() | drafts(wrong=True))
def test_files_read_back(draft: Any) -> None:
    """Whatever the draft: as many blocks as cues, with the same times and words, in UTF-8."""
    expected = [(cue.start, cue.end, "\n".join(cue.lines)) for cue in cues(draft)]
    srt_file, vtt_file = (make(draft).encode().decode() for make in (srt, vtt))

    if not expected:
        assert srt_file == vtt_file == ""
        return
    assert parsed(srt_file, 1) == [(s, e, text.replace("-->", "→")) for s, e, text in expected]
    heading, _, rest = vtt_file.partition("\n\n")
    assert heading == "WEBVTT"
    assert [(s, e, html.unescape(t)) for s, e, t in parsed(rest, 0)] == expected


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_no_text_makes_another_cue(words: list[str]) -> None:
    """A text is at most one cue, whatever is in it."""
    draft = texts(*((n * 1_000, 1_000, text) for n, text in enumerate(words)))

    assert srt(draft).count(" --> ") == vtt(draft).count(" --> ") == len(cues(draft)) <= len(words)
