"""Sentences, their lines, and whether they tell to do a thing or not to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.skill.check.sentences import Sentences


def test_sentences_know_their_lines() -> None:
    """Wrapped lines are one sentence; items, headings, cells and paragraphs are several."""
    text = "# Head\n\nOne two\nthree. Four `.a.b`!\n- item\n- other\n| a | b |\n\n五。六？"

    assert [(one.line, one.text) for one in Sentences.of(text)] == [
        (1, "# Head"),
        (3, "One two\nthree."),
        (4, "Four `.a.b`!"),
        (5, "- item"),
        (6, "- other"),
        (7, "a |"),
        (7, "b |"),
        (9, "五。"),
        (9, "六？"),
    ]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Poll it every 2 s.", False),
        ("Do not poll it.", True),
        ("Don’t poll it.", True),
        ("Never poll it.", True),
        ("It no longer exists.", True),
        ("If you do not hear anything, send it again.", False),
        ("Send it again if you don't hear anything.", False),
        ("If there is no text, do not send it again.", True),
        ("Look at the state instead of sending it again.", True),
        ("Run `not this`.", False),
        ("不要轮询。", True),
        ("如果没有回应，请重新发送。", False),
        ("如果没有回应，切勿重新发送。", True),
        ("不断轮询。", False),
    ],
)
def test_a_denial_is_one(*, text: str, negated: bool) -> None:
    """A "not" in a condition, or between backticks, denies nothing."""
    assert [one.negated for one in Sentences.of(text)] == [negated]


def test_a_piece_is_denied_where_it_stands() -> None:
    """The same words may be advice on another line."""
    sentences = Sentences.of("Do not ask\n`/api/x` at all. Ask `/api/y`.\n\nAsk `/api/x`.")

    assert sentences.deny(2, "/api/x")
    assert not sentences.deny(2, "/api/y")
    assert not sentences.deny(4, "/api/x")
    assert not sentences.deny(9, "/api/x")


@given(st.text(alphabet="ab.!?。|\n -#`1不"))
def test_any_text_has_sentences(text: str) -> None:
    """Each stands at its line."""
    lines = text.split("\n")
    for sentence in Sentences.of(text):
        assert sentence.text.split("\n")[0].strip() in lines[sentence.line - 1]
