from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.nodes import MOST
from nemovideo_fakeserver.scenario.plain_data import of_data

json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(json)
def test_plain_data_come_through_as_they_are(data: Any) -> None:
    """What JSON can say is left alone."""
    assert of_data(data, "t").value == data


class Word(str, Enum):  # noqa: UP042  # such are in use
    """A word of somebody else's."""

    ADK = "adk"


def test_python_may_say_it_with_words_of_an_enum() -> None:
    """A word is what it equals, whatever it calls itself."""
    found = of_data({Word.ADK: [Word.ADK]}, "t").value

    assert found == {"adk": ["adk"]}
    assert {type(key) for key in (*found, *found["adk"])} == {str}


def test_python_may_say_it_with_tuples_and_dates() -> None:
    """A tuple is a list and a date a text."""
    begun = datetime(2033, 3, 3, tzinfo=UTC)

    assert of_data({"a": (1, 2), "b": begun}, "t").value == {
        "a": [1, 2],
        "b": "2033-03-03T00:00:00+00:00",
    }


LOOP: list[Any] = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"a": [0, {1: 2}]}, "a[1]"),
        ({"a": {"b": b"bytes"}}, "a.b"),
        ({"a": float("nan")}, "a"),
        ({"a": 2**70}, "a"),
        ({"a": {"b": {1, 2}}}, "a.b"),
        ({"a": "\udc80"}, "a"),
        ({"\udc80": 1}, "t"),
        (object(), "t"),
    ],
)
def test_what_json_cannot_say_is_refused_at_its_place(data: Any, place: str) -> None:
    """The place is the path to it, or the name of the whole."""
    with pytest.raises(ScenarioBroken) as refused:
        of_data(data, "t")

    assert str(refused.value).startswith(f"{place}: ")


@pytest.mark.parametrize("data", [LOOP, [0] * MOST], ids=["a loop", "too many"])
def test_plain_data_are_limited_like_text(data: Any) -> None:
    """A list that holds itself, and one without end, are refused."""
    with pytest.raises(ScenarioBroken, match=r"levels deep|values"):
        of_data(data, "t")
