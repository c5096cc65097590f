"""The shape of JSON: reflexive, and every single change is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.drift.shapes import Shape, differences, paths, shape_of

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_nothing_differs_from_itself(value: Any) -> None:
    """A value has no difference to itself."""
    assert list(differences(shape_of(value), shape_of(value))) == []


def _changes(shape: Shape, path: str = "$") -> Iterator[tuple[Shape, str, str]]:
    """Yield every shape that is one change away, with what the change is and where."""
    yield Shape(frozenset(("something else",))), "type", path
    added = Shape(shape.kinds, {**shape.fields, "an added key": shape_of(1)}, shape.items)
    if "object" in shape.kinds:
        yield added, "extra", path + '["an added key"]'
    for key, inner in shape.fields.items():
        left = {k: v for k, v in shape.fields.items() if k != key}
        yield Shape(shape.kinds, left, shape.items), "missing", ""
        for changed, how, place in _changes(inner):
            yield Shape(shape.kinds, {**shape.fields, key: changed}, shape.items), how, place
    if shape.items:
        for changed, how, place in _changes(shape.items):
            yield Shape(shape.kinds, shape.fields, changed), how, place


@given(VALUES)
def test_every_single_change_is_found(value: Any) -> None:
    """A field taken away, a field added, or another type, anywhere: exactly that is found."""
    shape = shape_of(value)

    for changed, how, _ in _changes(shape):
        found = list(differences(shape, changed))
        assert [difference.how for difference in found] == [how]


@pytest.mark.parametrize(
    ("recorded", "now", "found"),
    [
        ({"a": {"b": 1}}, {"a": {}}, [("$.a.b", "missing")]),
        ({"a": 1}, {"a": 1, "b c": 1}, [('$["b c"]', "extra")]),
        ({"a": [{"b": 1}, {"c": 1}]}, {"a": [{"b": "x", "c": 1}]}, [("$.a[].b", "type")]),
        ({"a": [{"b": 1}, {"b": None}]}, {"a": [{"b": None}]}, []),
        ({"a": []}, {"a": [1]}, []),
        ({"a": 1}, {"a": 1.5}, []),
        ({"a": "https://a.test/x"}, {"a": "b.test"}, [("$.a", "type")]),
        ({"a": "2033-03-10T03:33:33Z"}, {"a": "soon"}, [("$.a", "type")]),
        ({"a": "https://a.test/x"}, {"a": "http://127.0.0.1:1/y?z"}, []),
        ([1], {}, [("$", "type")]),
        ({"a": {"23cfacf6cfa61edb": 1}}, {"a": {"9f1171a2b3c4d5e6": 2}}, []),
        ({"a": {"23cfacf6cfa61edb": 1}}, {"a": {"9f1171a2b3c4d5e6": "x"}}, [("$.a{}", "type")]),
    ],
)
def test_differences_have_their_place(
    recorded: Any, now: Any, found: list[tuple[str, str]]
) -> None:
    """Each difference is named by its JSON path; values, and which element has what, do not count."""
    assert [(d.path, d.how) for d in differences(shape_of(recorded), shape_of(now))] == found


def test_places_are_counted() -> None:
    """A shape has as many places as there are paths in it."""
    assert paths(shape_of({"a": [{"b": 1}, {"c": 2}], "d": None})) == 6
