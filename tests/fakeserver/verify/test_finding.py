"""What a query finds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.verify import ABSENT, Contains, Equal, Exchange, Query, count, find
from support.facts_of import ACCOUNT, CHAT, CREDITS, SESSION, STATE, Telling, a_film

FILM = a_film().facts
LONG = "long " * 500

LINES = [
    ("POST /run_sse", 2),
    ("post /run_sse", 2),
    ("* /run_sse", 2),
    ("GET /run_sse", 0),
    ("GET /api/state/nemo_agent/{}/{}/latest", 5),
    ("GET /api/state/nemo_agent/{user}/{anything}/latest", 5),
    (f"GET /api/state/nemo_agent/me/{SESSION}/latest", 5),
    ("GET /api/state/nemo_agent/me/another/latest", 0),
    ("GET /api/state/nemo_agent/{}/latest", 0),
    ("* /api/{}/{}", 1),
    ("GET /api/render/proxy/lambda/render_1", 2),
]


@pytest.mark.parametrize(("line", "seen"), LINES)
def test_a_line_finds_routes_and_paths(line: str, seen: int) -> None:
    """A star is any method, braces are one segment, and a path may be told as it came."""
    assert count(FILM, line) == seen


def test_braces_are_a_segment_that_is_there() -> None:
    """An empty segment is none."""
    told = Telling()
    told.ask("GET /x//y")

    assert count(told.facts, "GET /x/{}/y") == 0


def a_request(**what: Any) -> Telling:
    """Tell of one request with these details."""
    told = Telling()
    known = {
        "headers": {"x-skill-source": "topmediai-ai-music", "x-skill-version": "1.0"},
        "query": "ct=abc&lang=en&empty=",
        "body": {
            "a": {"b": [1, {"c": "Make it blue"}], "d": None},
            "files": ["x", "y"],
            "s": "/x/",
        },
    }
    told.ask(CREDITS, **known | what)
    return told


FOUND: list[dict[str, Any]] = [
    {"account": ACCOUNT},
    {"account": "/^anon_/"},
    {"account": re.compile("4e1b$")},
    {"token": "tok_1"},
    {"status": 200, "code": 0},
    {"headers": {"X-Skill-Source": "topmediai-ai-music"}},
    {"headers": {"x-skill-version": "/^1/", "x-client-id": None}},
    {"query": "ct=abc&lang=en&empty="},
    {"query": "/ct=/"},
    {"query": {"lang": "en", "ct": "/b/", "empty": "", "token": None}},
    {"body": {}},
    {"body": {"a": {"d": None}}},
    {"body": {"a": {"b": [1, {"c": "/blue$/"}]}}},
    {"body": {"a": {"b": Contains({"c": "Make it blue"})}}},
    {"body": {"files": Contains("y", "x")}},
    {"body": {"files": ["x", "y"], "other": ABSENT}},
    {"body": {"s": Equal("/x/")}},
    {"body": Equal(a_request().facts[0].what["body"])},
    {"what": {"peer": "127.0.0.1", "size": 0}},
]
NOT_FOUND: list[dict[str, Any]] = [
    {"account": None},
    {"account": "/^user_/"},
    {"session": SESSION},
    {"token": None},
    {"code": None},
    {"status": 402},
    {"headers": {"x-skill-source": None}},
    {"headers": {"x-skill-version": "2.0"}},
    {"query": {"lang": "zh"}},
    {"query": {"lang": None}},
    {"query": None},
    {"body": None},
    {"body": {"a": {"b": [1]}}},
    {"body": {"a": {"b": [True, {}]}}},
    {"body": {"a": None}},
    {"body": {"a": {"d": {}}}},
    {"body": {"a": {"d": ABSENT}}},
    {"body": {"missing": None}},
    {"body": {"files": Contains("z")}},
    {"body": {"a": Contains("b")}},
    {"body": {"s": 7}},
    {"body": {"a": "/b/"}},
    {"body": {"files": Equal(["y", "x"])}},
    {"body": {"s": {"deeper": 1}}},
    {"body": Equal({"s": "/x/"})},
    {"what": {"size": False}},
]


@pytest.mark.parametrize("asked", FOUND, ids=str)
def test_a_request_that_has_it_all_is_found(asked: dict[str, Any]) -> None:
    """What a query leaves out is open; a mapping asks for a part."""
    assert count(a_request().facts, Query(**asked)) == 1


@pytest.mark.parametrize("asked", NOT_FOUND, ids=str)
def test_a_request_that_lacks_something_is_not(asked: dict[str, Any]) -> None:
    """One thing that differs is enough; true is not 1, and null is not absent."""
    assert count(a_request().facts, Query(**asked)) == 0


def test_no_query_string_is_asked_for_with_none() -> None:
    """A request without a query string has none."""
    assert count(a_request(query="").facts, Query(query=None)) == 1


def test_a_text_that_the_journal_cut_is_found_whole() -> None:
    """The journal keeps the beginning of a long text; the query may have all of it."""
    facts = a_request(body={"text": LONG[:2000] + "…"}).facts

    assert count(facts, Query(body={"text": LONG})) == 1
    assert count(facts, Query(body={"text": "x" + LONG})) == 0


def test_other_facts_are_found_by_kind_and_what() -> None:
    """A kind other than request finds facts, with a part of their details."""
    (found,) = find(FILM, {"kind": "draft", "what": {"did": "Change", "said": "/red/"}})

    assert not isinstance(found, Exchange)
    assert found.what["said"] == 'title "Hello" red'
    assert count(FILM, Query(kind="ledger", account=ACCOUNT)) == 3
    assert count(FILM, Query(kind="ledger", account="anon_2")) == 0
    assert count(FILM, Query(kind="turn.ended", session=SESSION)) == 2


def test_after_and_before_bound_the_search() -> None:
    """In seconds: the first included, the second not. By fact: neither."""
    states = [each.number for each in find(FILM, STATE)]
    first, second = states[0], states[1]

    assert count(FILM, {"line": STATE, "after": {"fact": first}}) == 4
    assert count(FILM, {"line": STATE, "before": {"fact": first}}) == 0
    assert count(FILM, {"line": STATE, "after": EPOCH + 22.5}) == 5
    assert count(FILM, {"line": STATE, "before": EPOCH + 22.5}) == 0
    assert (
        count(FILM, {"line": STATE, "after": {"fact": first}, "before": {"fact": second + 1}}) == 1
    )


def test_what_is_found_comes_in_order() -> None:
    """Exchanges come in the order of their requests."""
    numbers = [each.number for each in find(FILM, "* /api/state/nemo_agent/{}/{}/latest")]

    assert numbers == sorted(numbers)


def test_a_journal_can_be_asked_as_it_is() -> None:
    """Whatever gives facts will do."""
    journal = Journal()
    journal.add(1.0, "draft", did="Put")

    assert count(journal, {"kind": "draft"}) == 1
    assert count(journal, CHAT) == 0
