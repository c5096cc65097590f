"""What holds for all facts and all queries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.verify import (
    Equal,
    Exchange,
    Query,
    exchanges,
    explain,
    find,
    verify,
    verify_sequence,
)
from nemovideo_pytest.strategies import json_values
from support.facts_of import CHAT, CREDITS, STATE, Telling, journals

_names = st.text("abcdefgh", min_size=1, max_size=4)
_json = st.recursive(
    json_values(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=6,
)
_bodies = st.none() | st.dictionaries(_names, _json, max_size=4)


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    """One request with its reply, of any line, with any headers, query and JSON body."""
    told = Telling()
    told.ask(
        draw(st.sampled_from([CHAT, CREDITS, STATE])),
        headers=draw(st.dictionaries(_names, st.text(max_size=5), max_size=3)),
        query=draw(st.text(max_size=9)),
        body=draw(_bodies),
        account=draw(st.sampled_from([None, "anon_1"])),
        token=draw(st.sampled_from([None, "tok_1", "?0badf00d"])),
        status=draw(st.sampled_from([200, 402])),
        code=draw(st.sampled_from([None, 0, 2001])),
    )
    return told


def as_pattern(value: Any) -> Any:
    """Return the pattern that asks for a JSON value, part by part."""
    if isinstance(value, dict) and value:
        return {key: as_pattern(inner) for key, inner in value.items()}
    if isinstance(value, list) and value:
        return [as_pattern(inner) for inner in value]
    return Equal(value)


def query_for(each: Exchange) -> Query:
    """Return the query that asks for all that a request has."""
    return Query(
        line=each.line,
        account=each.account,
        session=each.session,
        token=each.request.what["token"],
        status=each.status,
        code=each.code,
        headers={name: Equal(value) for name, value in each.headers.items()},
        query=Equal(each.request.what["query"]) if each.request.what["query"] else None,
        body=as_pattern(each.body),
        after=each.at,
        before=each.at + 1,
    )


@given(tellings())
def test_a_query_built_from_a_request_finds_it(told: Telling) -> None:
    """All that a request has, asked for, is that request."""
    (each,) = exchanges(told.facts)

    assert find(told.facts, query_for(each)) == [each]


CHANGES: dict[str, Any] = {
    "line": "PUT /elsewhere",
    "account": "somebody",
    "session": "another",
    "token": "tok_9",
    "status": 599,
    "code": 4001,
    "query": "changed=1",
    "after": 1e12,
    "before": 0.0,
}


@given(tellings(), st.sampled_from(sorted(CHANGES)))
def test_one_change_is_not_found_and_is_named(told: Telling, field: str) -> None:
    """With one thing changed it is not found, and the explanation names that and nothing else."""
    (each,) = exchanges(told.facts)
    changed: dict[str, Any] = {field: CHANGES[field]}

    outcome = verify(told.facts, replace(query_for(each), **changed))

    assert not outcome.ok
    assert outcome.nearest == each
    assert [point.field for point in outcome.differences] == [field]
    assert f"\n  {field}: expected " in explain(outcome)


@given(tellings(), _names)
def test_a_header_that_is_not_there_is_named(told: Telling, name: str) -> None:
    """A header more than there was is the one difference."""
    (each,) = exchanges(told.facts)
    query = query_for(each)
    headers = {**query.headers, name: Equal("\x00 changed")}

    outcome = verify(told.facts, replace(query, headers=headers))

    assert [point.field for point in outcome.differences] == [f"headers.{name}"]


@st.composite
def changed_bodies(draw: st.DrawFn) -> tuple[Any, Any, str]:
    """A body of plain names, a pattern with one leaf of it changed, and the way to that leaf."""
    leaves = st.integers() | st.text(max_size=4) | st.none() | st.booleans()
    body = draw(
        st.recursive(
            leaves,
            lambda inner: (
                st.dictionaries(_names, inner, min_size=1, max_size=3)
                | st.lists(inner, min_size=1, max_size=3)
            ),
        )
    )
    field, pattern = "body", as_pattern(body)
    holder: Any = None
    key: Any = None
    inner: Any = pattern
    while isinstance(inner, dict | list):
        holder = inner
        key = draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        field += f".{key}" if isinstance(inner, dict) else f"[{key}]"
        inner = inner[key]
    if holder is None:
        return body, Equal({"changed": body}), field
    holder[key] = Equal({"changed": True})
    return body, pattern, field


@given(changed_bodies())
def test_a_changed_leaf_of_the_body_is_named_by_its_way(change: tuple[Any, Any, str]) -> None:
    """However deep it lies, the one leaf that differs is named, and no other."""
    body, pattern, field = change
    told = Telling()
    told.ask(CHAT, body=body)

    outcome = verify(told.facts, Query(line=CHAT, body=pattern))

    assert not outcome.ok
    assert [point.field for point in outcome.differences] == [field]


@given(st.lists(tellings(), min_size=1, max_size=5), st.data())
def test_scoring_is_deterministic_and_perfect_for_itself(
    told: list[Telling], data: st.DataObject
) -> None:
    """The same question has the same answer; the nearest of others is scored below 1."""
    facts = [
        Fact(n, fact.at, fact.kind, dict(fact.what) | ({"request": n - 1} if n % 2 == 0 else {}))
        for n, fact in enumerate((fact for each in told for fact in each.facts), 1)
    ]
    query = query_for(data.draw(st.sampled_from(exchanges(facts))))

    one, other = (verify(facts, query, exactly=99) for _ in range(2))

    assert one == other
    assert one.seen >= 1
    assert one.nearest is None or one.score < 1


_asked = st.one_of(
    st.sampled_from(["POST /run_sse", "* /{}", "GET /api/{}/x"]),
    st.builds(
        Query,
        account=st.none() | st.just("/anon/"),
        session=st.just("ses_5f3a"),
        body=json_values().map(Equal),
        headers=st.dictionaries(_names, st.just("/a/") | st.none(), max_size=2),
    ),
    st.builds(Query, kind=st.sampled_from(["ledger", "draft"]), what=st.just({"entry": "grant"})),
)


@settings(max_examples=50)  # a journal is long
@given(journals(), st.lists(_asked, min_size=1, max_size=3), st.booleans())
def test_no_facts_and_no_question_make_it_fail(
    facts: list[Fact], asked: list[Any], strict: bool
) -> None:
    """Whatever the facts hold, there is an outcome, and it can be told without control characters."""
    outcomes = [
        *(verify(facts, each, exactly=2) for each in asked),
        verify_sequence(facts, asked, strict=strict),
    ]

    for outcome in outcomes:
        words = explain(outcome)
        assert all(c.isprintable() or c == "\n" for c in words)
        assert outcome.as_json()["ok"] is outcome.ok
