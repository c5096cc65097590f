"""How many there should be, and what is said when there are not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.verify import (
    Query,
    QueryMalformed,
    VerificationFailed,
    assert_count,
    assert_none,
    explain,
    verify,
)
from support.facts_of import CHAT, STATE, Telling, a_film

FILM = a_film().facts


def said(text: str) -> Query:
    """Return the query for a message."""
    return Query(line=CHAT, body={"new_message": {"parts": [{"text": text}]}})


@pytest.mark.parametrize(
    ("times", "holds"),
    [
        ({}, True),
        ({"exactly": 5}, True),
        ({"exactly": 4}, False),
        ({"exactly": 0}, False),
        ({"at_least": 5}, True),
        ({"at_least": 6}, False),
        ({"at_most": 5}, True),
        ({"at_most": 4}, False),
        ({"at_least": 2, "at_most": 8}, True),
        ({"at_least": 6, "at_most": 8}, False),
    ],
)
def test_five_state_queries_are_as_many_as_expected(times: dict[str, int], holds: bool) -> None:
    """Exactly, at least and at most mean what they say; with none of them, one is enough."""
    assert verify(FILM, STATE, **times).ok is holds


def test_a_number_of_times_has_to_be_one() -> None:
    """A negative number, or two ways to say it, is refused."""
    with pytest.raises(QueryMalformed, match="exactly is a number from 0 on, not -1"):
        verify(FILM, STATE, exactly=-1)
    with pytest.raises(QueryMalformed, match="exactly says it all"):
        verify(FILM, STATE, exactly=1, at_least=1)


def failure(*args: Any, **how: Any) -> str:
    """Return what a failed assertion says."""
    with pytest.raises(VerificationFailed) as failed:
        assert_count(*args, **how)
    return str(failed.value)


def test_a_near_miss_is_explained_field_by_field() -> None:
    """The message has what was expected, the nearest request, when it was, and what differs."""
    asked = said("Trim the clip to five seconds and add a title that says hello")

    assert failure(FILM, asked) == (
        "Expected at least 1 x POST /run_sse with body.new_message.parts[0].text 'Trim the clip"
        " to five seconds and add a title that says hello'; seen: 0.\n"
        "Nearest: fact 12 at +2.0s, request req_0012: POST /run_sse -> 200\n"
        "  body.new_message.parts[0].text: expected 'Trim the clip to five seconds and add a title"
        " that says hello', was 'Trim the clip to five seconds and add a title that says Hello'\n"
        "Times are virtual, in seconds since 2033-03-03T03:33:33Z."
    )


def test_too_many_are_listed() -> None:
    """Where there are more than expected, each is named, and nothing is called near."""
    assert failure(FILM, CHAT, 1) == (
        "Expected exactly 1 x POST /run_sse; seen: 2.\n"
        "  fact 12 at +2.0s, request req_0012: POST /run_sse -> 200\n"
        "  fact 28 at +30.5s, request req_0028: POST /run_sse -> 200\n"
        "Times are virtual, in seconds since 2033-03-03T03:33:33Z."
    )


def test_what_should_not_be_is_shown() -> None:
    """`assert_none` shows what it found."""
    with pytest.raises(
        VerificationFailed, match="Expected no draft fact with did 'Change'; seen: 1"
    ):
        assert_none(FILM, {"kind": "draft", "what": {"did": "Change"}})


@pytest.mark.parametrize(
    ("facts", "asked", "words"),
    [
        ([], CHAT, "seen: 0 (no request was made at all)."),
        (FILM, {"kind": "render.cancelled"}, "seen: 0 (there is no render.cancelled fact at all)."),
    ],
)
def test_where_there_is_nothing_it_says_so(facts: Any, asked: Any, words: str) -> None:
    """No request at all is another message than none that fits."""
    assert words in failure(facts, asked)


def test_what_the_journal_let_go_is_told() -> None:
    """A journal that has let facts go may have let go what was asked for."""
    journal = Journal(keep=3)
    for n in range(10):
        journal.add(float(n), "draft", did="Put")
    words = "The journal has let its first 7 facts go: they were not searched."

    assert words in failure(journal, CHAT)
    assert words in failure(list(journal), CHAT)
    assert "let its first" not in failure(FILM, CHAT, 7)
    assert verify(journal, {"kind": "draft"}).dropped == 7


def test_a_difference_at_the_end_of_a_long_text_is_seen() -> None:
    """Of long texts, the part where they begin to differ is shown."""
    told = Telling()
    told.chat("word " * 60 + "blue" + " word" * 60)

    words = failure(told.facts, said("word " * 60 + "green" + " word" * 60))

    line = next(line for line in words.splitlines() if line.startswith("  body."))
    assert "green" in line
    assert "blue" in line
    assert len(line) < 240


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"headers": {"x-client-id": "/./"}}, "  headers.x-client-id: expected /./, was absent"),
        ({"headers": {"x-skill-source": None}}, "expected absent, was 'topmediai-ai-music'"),
        ({"session": "s2"}, "  session: expected 's2', was 'ses_5f3a'"),
        ({"status": 402}, "  status: expected 402, was 200"),
        ({"code": 2001}, "  code: expected 2001, was absent"),
        ({"after": {"fact": 30}}, '  after: expected {"fact": 30}, was {"fact": 12}'),
        ({"query": {"ct": "x"}}, "  query.ct: expected 'x', was absent"),
        ({"body": {"new_message": {"parts": []}}}, "  body.new_message.parts: expected [], was [{"),
        (
            {"body": {"x": {"$contains": ["a", 2]}}},
            "  body.x: expected something with 'a', 2, was absent",
        ),
        ({"body": {"x": [{"$equals": "/y/"}]}}, "  body.x: expected [\"'/y/'\"], was absent"),
        ({"account": re.compile("^user")}, "  account: expected /^user/, was 'anon_4e1b'"),
        ({"body": {"a key": 1}}, "  body['a key']: expected 1, was absent"),
        ({"what": {"peer": "::1"}}, "  peer: expected '::1', was '127.0.0.1'"),
    ],
)
def test_each_field_says_what_it_was(asked: dict[str, Any], line: str) -> None:
    """A difference has the way to the value, what was expected, and what it was."""
    assert line in failure(FILM, {"line": CHAT, **asked})


def test_many_are_not_all_listed() -> None:
    """Eight, and how many more."""
    told = Telling()
    for _ in range(11):
        told.ask(STATE)

    words = failure(told.facts, STATE, 1).splitlines()

    assert words[8].startswith("  fact 15 at ")
    assert words[9] == "  and 3 more"


def test_many_conditions_are_not_all_named() -> None:
    """Six, and how many more; None is told as what is not there."""
    words = failure(FILM, {"token": None, "body": dict.fromkeys("abcdefgh", 1)})

    assert words.startswith(
        "Expected at least 1 x request with no token, body.a 1, body.b 1, body.c 1, body.d 1,"
        " body.e 1, 3 conditions more; seen: 0."
    )


def test_a_value_nested_without_end_is_not_shown() -> None:
    """What nobody could read does not break the explanation."""
    deep: Any = []
    for _ in range(20_000):
        deep = [deep]
    told = Telling()
    told.ask(STATE, body={"deep": deep})

    assert "was a value nested too deeply to show" in failure(told.facts, {"body": {"deep": 1}})


def test_a_time_beyond_the_calendar_is_told_as_a_number() -> None:
    """A virtual clock may go where no calendar does."""
    told = Telling()
    told.now = 1e15
    told.ask(STATE)

    assert "in seconds since 1e+15." in failure(told.facts, CHAT)


def test_the_nearest_is_the_one_that_shares_most() -> None:
    """Of several requests, the one on the right line with the likest message comes nearest."""
    outcome = verify(FILM, said("把标题改成蓝色"))

    assert outcome.nearest is not None
    assert outcome.nearest.number == 28
    assert [point.field for point in outcome.differences] == ["body.new_message.parts[0].text"]
    assert 0.8 < outcome.score < 1


def test_those_that_fit_are_not_called_near() -> None:
    """Where one more is wanted, the nearest is one that does not fit."""
    outcome = verify(FILM, CHAT, exactly=3)

    assert [each.number for each in outcome.found] == [12, 28]
    assert outcome.nearest is not None
    assert outcome.nearest.number not in {12, 28}


def test_an_explanation_emits_no_control_characters() -> None:
    """Messages and paths come from strangers: no colour code of theirs reaches the terminal."""
    told = Telling()
    told.chat("\x1b[31mred\x07\u202e")
    told.ask(STATE, session="\x1b[2J", id="req\x1b")

    words = failure(told.facts, said("red")) + failure(told.facts, {"session": "x"})

    assert all(c.isprintable() or c == "\n" for c in words)
    assert r"\x1b[31mred\x07\u202e" in words


def test_an_outcome_that_holds_can_be_explained_too() -> None:
    """It says what was seen."""
    assert explain(verify(FILM, CHAT, exactly=2)).startswith(
        "Expected exactly 2 x POST /run_sse; seen: 2."
    )


def test_an_outcome_is_plain_data() -> None:
    """For HTTP: numbers of facts, the nearest whole, the differences in words and values."""
    data = verify(FILM, {"line": CHAT, "status": 402}).as_json()

    assert data["ok"] is False
    assert data["seen"] == 0
    assert data["nearest"]["request"]["number"] == 12
    assert data["differences"] == [
        {"field": "status", "expected": "402", "was": 200, "says": "status: expected 402, was 200"}
    ]
