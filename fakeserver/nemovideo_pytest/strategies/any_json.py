"""Any JSON at all: what a reader must live through where it expects something better."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nemovideo_pytest.strategies.wording import any_text


def json_scalars() -> st.SearchStrategy[Any]:
    """Everything in JSON that holds nothing else; numbers are finite."""
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.none() | st.booleans() | numbers | any_text()


def json_values(*, max_leaves: int = 12) -> st.SearchStrategy[Any]:
    """Any JSON value of at most about `max_leaves` scalars."""
    return st.recursive(
        json_scalars(),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(any_text(max_size=5), inner, max_size=4)
        ),
        max_leaves=max_leaves,
    )
