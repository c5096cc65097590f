"""Verifications as plain data."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_fakeserver.verify import QueryMalformed, verify_data
from support.facts_of import CHAT, STATE, a_film

FILM = a_film().facts


@pytest.mark.parametrize(
    ("data", "holds"),
    [
        ({"query": {"line": CHAT}}, True),
        ({"query": CHAT, "exactly": 2}, True),
        ({"query": {"line": CHAT}, "at_least": 3}, False),
        ({"query": {"line": CHAT}, "at_least": 1, "at_most": 2}, True),
        ({"sequence": [{"line": CHAT}, {"kind": "ledger"}, STATE]}, True),
        ({"sequence": [CHAT, CHAT], "strict": True}, False),
    ],
)
def test_data_asks_for_a_count_or_for_an_order(data: dict[str, Any], holds: bool) -> None:
    """A query with how often, or a sequence."""
    assert verify_data(FILM, data).ok is holds


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"querry": {}}, 'a verification is an object such as {"query": '),
        (3, "not 3."),
        (
            {"query": {}, "exact": 1},
            "a verification with a query has no 'exact'; did you mean exactly?",
        ),
        ({"query": {}, "exactly": "1"}, "exactly is a number from 0 on, not '1'."),
        ({"query": {}, "at_most": True}, "at_most is a number from 0 on, not true."),
        ({"sequence": [CHAT], "exactly": 1}, "a verification with a sequence has no 'exactly'."),
        ({"sequence": [CHAT], "strict": 1}, "strict is true or false, not 1."),
        ({"sequence": CHAT}, "a sequence is a list of queries, with one at least."),
        ({"sequence": [3]}, "a query is an object such as"),
    ],
)
def test_what_cannot_be_read_is_refused(data: Any, sentence: str) -> None:
    """One sentence, with what is legal."""
    with pytest.raises(QueryMalformed, match=re.escape(sentence)):
        verify_data(FILM, data)
