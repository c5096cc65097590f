"""What is read back a line at a time is what YAML reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.cassette.broken import BrokenCassette
from nemovideo_proxy.cassette.plain_reading import NotPlain, plain
from nemovideo_proxy.cassette.yaml_reading import Text
from nemovideo_proxy.cassette.yaml_writing import written

OPENING = "--- # 1 GET /x -\n"
_STRINGS = st.text(max_size=12) | st.sampled_from(("a: b", "x #y", "|", "null", "1", "- a", "--- "))
_KEYS = st.sampled_from(("at", "Content-Type", "true", "null", "y", "a b", "日本")) | st.text(
    max_size=6
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | _STRINGS.filter(lambda text: text.isprintable()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)  # fmt: skip
LINES = st.lists(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from(("", "", "  ", "  ", "    ", " ")),
            st.sampled_from(("", "", "", "- ", "- - ", "? ", "-")),
            st.sampled_from([f"{key}:" for key in "abcdef"])
            | st.sampled_from([f"{key}: " for key in "ghijklmnop"])
            | st.sampled_from(("", '"c": ', "true: ", "d: &e ", "f: *e", "g: !!str ")),
            st.sampled_from(
                ("", "1", "1.5", "007", "x", '"x"', '"x', "'x'", "|", "|-", "> ", "{}", "[1]", "# x",
                 "x # y", "null", "x\u2028y", "x\ty", "...", "---", "y: z", "-", "%", "a:")
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def _by_yaml(text: str) -> Any:
    return Text(text, Path("here"), 1).value


@given(st.dictionaries(_KEYS.filter(str.isprintable), VALUES, min_size=1, max_size=4))
def test_what_was_written_is_read_as_yaml_reads_it(value: dict[str, Any]) -> None:
    """Whatever is plain is the same, to the type of each number."""
    text = OPENING + written(value)
    try:
        read = plain(text)
    except NotPlain:
        return

    assert repr(read) == repr(_by_yaml(text))


@given(LINES)
def test_whatever_stands_there_is_read_as_yaml_reads_it(lines: list[str]) -> None:
    """Lines that nobody wrote are YAML's, or the same; what YAML refuses is never read."""
    text = OPENING + "\n".join(lines) + "\n"
    try:
        read = plain(text)
    except NotPlain:
        return

    assert repr(read) == repr(_by_yaml(text))


def test_a_document_as_most_are_is_plain() -> None:
    """Nothing of it is left to YAML as a whole."""
    value = {"at": 1.5, "request": {"url": "/x", "headers": [{"Host": "a:1"}, {"A": "b"}]}, "n": 3}

    assert plain(OPENING + written(value) + "\n") == value


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "a: |\n  x\n", "a: x\n  y\n", "a:\nb: 1\n", "a: [1]\n", "", "a: *b\n"],
)
def test_all_else_is_left_to_yaml(text: str) -> None:
    """Keys twice, blocks, values of several lines, brackets, aliases."""
    with pytest.raises(NotPlain):
        plain(OPENING + text)


def test_what_yaml_refuses_is_refused() -> None:
    """A key that is no text is none here either."""
    text = OPENING + "true: 1\n"

    with pytest.raises(BrokenCassette):
        _by_yaml(text)
    with pytest.raises(NotPlain):
        plain(text)
