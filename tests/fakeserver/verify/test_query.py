"""What a query may say, in Python and as plain data."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_fakeserver.verify import ABSENT, Contains, Equal, Nth, Query, QueryMalformed

REFUSED: list[tuple[Any, str]] = [
    ({"lien": "POST /x"}, "a query has no 'lien'; did you mean line? There are: kind, line, "),
    ({"zzz": 1}, "a query has no 'zzz'. There are: "),
    (["POST /x"], 'a query is an object such as {"line": "POST /run_sse"}, not ["POST /x"].'),
    ({"line": "/run_sse"}, "line is a method and a path such as 'POST /run_sse'"),
    ({"line": "GET /x?a=1"}, "not 'GET /x?a=1'."),
    ({"line": 3}, "line is a method and a path, not 3."),
    ({"kind": "turn.accept"}, "no fact is of the kind 'turn.accept'; did you mean turn.accepted?"),
    ({"kind": "draft", "body": {}}, "a fact of the kind draft has no body: say what it must have"),
    ({"kind": "draft", "line": "GET /x"}, "a fact of the kind draft has no line"),
    ({"kind": "draft", "code": None}, "a fact of the kind draft has no code"),
    ({"status": "200"}, "status is a number, not '200'."),
    ({"status": True}, "status is a number, not true."),
    ({"status": None}, "status is a number, not null."),
    ({"headers": {"a": 3}}, "headers.a is a text, not 3."),
    ({"headers": []}, "headers is names with values, not []."),
    ({"query": {"ct": 1}}, "query.ct is a text, not 1."),
    ({"what": 1}, "what is an object, not 1."),
    ({"account": "/(/"}, "'/(/' is no regular expression (missing ), unterminated subpattern"),
    ({"body": {"a": [{"b": "/[/"}]}}, "'/[/' is no regular expression"),
    ({"headers": {"a": "/*/"}}, "'/*/' is no regular expression"),
    ({"body": {"$contain": [1]}}, "a pattern has no '$contain'; did you mean $contains?"),
    ({"body": {"$contains": 1}}, '{"$contains": 1} is no pattern: $contains stands alone'),
    ({"body": {"$absent": False}}, '{"$absent": false} is no pattern'),
    ({"body": {"$equals": 1, "a": 2}}, "is no pattern: $equals stands alone"),
    (
        {"after": "now"},
        "after is virtual seconds since the Unix epoch or {\"fact\": 12}, not 'now'.",
    ),
    ({"before": {"fact": "x"}}, 'before is virtual seconds since the Unix epoch or {"fact": 12}'),
    ({"after": True}, "not true."),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: Any, sentence: str) -> None:
    """The sentence has the offending value and what is legal, the nearest first."""
    with pytest.raises(QueryMalformed, match=re.escape(sentence)):
        Query.of(data)


def test_plain_data_says_the_same_as_python() -> None:
    """Words with a dollar stand for the classes, `fact` for a place in the journal."""
    data = {
        "line": "POST /run_sse",
        "token": None,
        "headers": {"X-Client-Id": {"$absent": True}},
        "body": {"a": {"$contains": ["/x/"]}, "b": [{"$equals": "/y/"}], "c": {"d": 1}},
        "after": {"fact": 3},
        "before": 7.5,
    }

    assert Query.of(data) == Query(
        line="POST /run_sse",
        token=None,
        headers={"x-client-id": ABSENT},
        body={"a": Contains("/x/"), "b": [Equal("/y/")], "c": {"d": 1}},
        after=Nth(3),
        before=7.5,
    )


def test_a_malformed_query_in_python_is_refused_too() -> None:
    """A query is valid at birth, wherever it comes from."""
    with pytest.raises(QueryMalformed, match="line is a method and a path"):
        Query(line="run_sse")


def test_an_error_shows_no_control_character() -> None:
    """What a query cannot be is told without colouring the terminal."""
    with pytest.raises(QueryMalformed) as error:
        Query.of({"\x1b[31m": 1})

    assert "\x1b" not in str(error.value)
