"""Reading words: quantities, numerals, marks and clauses, each for itself."""

from __future__ import annotations

import pytest

from nemovideo_fakeserver.agent.reading.clauses import clauses
from nemovideo_fakeserver.agent.reading.language import CAP, spoken, tidy
from nemovideo_fakeserver.agent.reading.marks import marked
from nemovideo_fakeserver.agent.reading.quantities import (
    bpm,
    canvas,
    figures,
    percent,
    ratio,
    take_fades,
)
from nemovideo_fakeserver.agent.stage.readable import readable
from support.conversation import upload


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("60-second", "‹60000›"),
        ("1.5s", "‹1500›"),
        ("2-5s", "‹2000›-‹5000›"),
        ("500ms", "‹500›"),
        ("0:30", "‹30000›"),
        ("1 minute 30 seconds", "‹90000›"),
        ("1分30秒", "‹90000›"),
        ("一分半", "‹90000›"),
        ("两分钟", "‹120000›"),
        ("三十秒", "‹30000›"),
        ("一百二十秒", "‹120000›"),
        ("ten seconds", "‹10000›"),
        ("-5 seconds", "‹0›"),
        ("from 2 to 4 seconds", "from ‹2000› to ‹4000›"),
        ("between 1 and 2 minutes", "between ‹60000› and ‹120000›"),
        ("16:9 and 9:16", "16:9 and 9:16"),
        ("80s synthwave", "synthwave"),
        ("90 bpm", "90 bpm"),
    ],
)
def test_durations_become_tokens(text: str, read: str) -> None:
    """However a duration is written, it is one token of milliseconds; ratios and decades are none."""
    assert figures(text).strip() == read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 bpm", 90),
        ("bpm 90", 90),
        ("90-110 bpm", 100),
        ("tempo of 90", 90),
        ("每分钟90拍", 90),
        ("500bpm", 220),
        ("no number", None),
    ],
)
def test_tempo(text: str, expected: int | None) -> None:
    """A tempo is read before or after its unit; of a range, the middle."""
    assert bpm(figures(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("35%", 35), ("35 percent", 35), ("百分之四十", 40), ("1080p", None)]
)
def test_per_cents(text: str, expected: float | None) -> None:
    """Per cents are read as signs, words and Chinese."""
    assert percent(figures(text)) == expected


@pytest.mark.parametrize(
    ("text", "shape", "size"),
    [
        ("16:9", "16:9", (1920, 1080)),
        ("9x16 720p", "9:16", (720, 1280)),
        ("square", "1:1", (1080, 1080)),
        ("竖屏", "9:16", (1080, 1920)),
    ],
)
def test_shapes(text: str, shape: str, size: tuple[int, int]) -> None:
    """A shape is a ratio or a word, and gives even pixels."""
    found = ratio(text)

    assert found == shape
    assert canvas(shape, text) == size


def test_fades_are_taken_out_of_the_text() -> None:
    """The seconds of fades are gone when lengths are read."""
    fades, rest = take_fades(figures("fade in 2s, 3s fade-out, for 9 seconds"))

    assert fades == {"fade_in": 2_000, "fade_out": 3_000}
    assert "‹9000›" in rest
    assert "‹2000›" not in rest


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("Generate an upbeat, energetic, calm and warm track with light piano and strings", 1),
        ("add lo-fi and a title 'x' and trim to 5s", 3),
        ("add a title 'one, then remove it. Add music'", 1),
        ("Remove the music. Then make it louder!", 2),
        ("make it 4,000 times better", 1),
        ("加音乐，去掉标题；然后剪到5秒", 3),
        ("柔和、温暖和平静的音乐", 1),
        ("convert to 9:16 and regenerate it", 1),
        (" ... !!! ", 0),
        ("add lo-fi, " * 400, 20),
    ],
)
def test_clauses(message: str, count: int) -> None:
    """Only what opens like a request begins a new clause; quotations never do; there is a limit."""
    assert len(clauses(message, ())) == count


def test_file_names_are_no_instructions() -> None:
    """A name of an upload is one mark, quoted or not, in any case; of two alike the newer one counts."""
    old, new = upload("add music.mp4"), upload("Add Music.mp4")

    found = clauses("trim 'add music.mp4' and mute ADD MUSIC.mp4", (old, new))

    assert [c.files for c in found] == [(new,), (new,)]
    assert [c.quotes for c in found] == [(), ()]


def test_marks_cannot_be_forged() -> None:
    """Private characters in a message are dropped before marks are put."""
    assert marked(tidy("\ue000 \uf000 'x'"), ()).quotes_in(marked(tidy("\ue000 'x'"), ()).text) == (
        "x",
    )


def test_a_message_is_made_harmless() -> None:
    """Control characters are blanks, lone surrogates are replaced, and the rest beyond the limit is cut."""
    assert tidy("a\x00b\ud800c") == "a b\ufffdc"
    assert len(tidy("x" * 1_000_000)) == CAP


@pytest.mark.parametrize(
    ("text", "session", "language"),
    [("hello", "", "en"), ("hello", "zh-CN", "zh"), ("你好", "en", "zh"), ("hola", "es", "en")],
)
def test_language(text: str, session: str, language: str) -> None:
    """The text decides, then the session."""
    assert spoken(text, session) == language


def test_odd_segments_are_read_leniently() -> None:
    """A segment without an id is not there; lengths are at least a millisecond; wrong types are missing."""
    odd = {"id": "x", "s": -5, "d": 0, "src": 7, "m": {"volume": "loud", "name": "kept"}}

    read = readable(
        {"t": [{"tt": 0, "sg": [odd, {"s": 0, "d": 1}]}, {"tt": 1, "sg": []}], "d": "long"}
    )

    assert read == {
        "t": [{"tt": 0, "sg": [{"id": "x", "s": 0, "d": 1, "m": {"name": "kept"}}]}],
        "m": {},
        "d": 0,
    }
