"""The journal over HTTP: its facts in pages, questions to it, a drawing, and what the judge says."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.control import journal
from support.caller import Caller
from support.wire import refused

JOURNAL = "/__fake__/journal"
FIND = "/__fake__/journal/find"
VERIFY = "/__fake__/journal/verify"
TIMELINE = "/__fake__/timeline"


@pytest.fixture
def talked(caller: Caller) -> Caller:
    """A caller who has said two things: talk, and an edit that ends without a word."""
    caller.say("text 5")
    caller.say("edit 20")
    return caller


def numbers(response: httpx.Response) -> list[int]:
    """Return the numbers of the facts in a page."""
    return [fact["number"] for fact in response.json()["facts"]]


def test_the_journal_is_shown_in_order_of_writing(fake: Fake, talked: Caller) -> None:
    """Every fact, as the journal itself has it, and how many there are."""
    told = talked.http.get(JOURNAL).json()

    assert told["facts"] == [fact.as_dict() for fact in fake.journal]
    assert (told["more"], told["kept"], told["dropped"]) == (0, len(fake.journal), 0)


def test_facts_of_one_kind_can_be_asked_for(talked: Caller) -> None:
    """And no others come."""
    told = talked.http.get(JOURNAL, params={"kind": "turn.accepted"}).json()["facts"]

    assert [fact["what"]["message"] for fact in told] == ["text 5", "edit 20"]


def test_whoever_reads_on_gets_what_came_since(talked: Caller) -> None:
    """Page after page, each fact once; `more` says how many are left."""
    first = talked.http.get(JOURNAL, params={"limit": 4})
    second = talked.http.get(JOURNAL, params={"limit": 3, "after": 4})
    whole = numbers(talked.http.get(JOURNAL))

    assert numbers(first) == [1, 2, 3, 4]
    assert numbers(second) == [5, 6, 7]
    assert second.json()["more"] == len(whole) - 7


def test_a_page_has_an_end(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a limit a page is as long as the longest there is."""
    monkeypatch.setattr(journal, "PAGE", 3)

    assert numbers(caller.http.get(JOURNAL)) == [1, 2, 3]


def test_a_journal_that_has_let_go_says_so(fake: Fake, http: httpx.Client) -> None:
    """How many facts are gone is counted."""
    for _ in range(10_005):
        fake.journal.add(0.0, "clock", rate=1)
    told = http.get(JOURNAL, params={"limit": 1}).json()

    assert (told["kept"], told["dropped"]) == (10_000, 5)
    assert told["facts"][0]["number"] == 6


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kind=turn.acepted", "did you mean turn.accepted?"),
        ("kind=", "no fact is of the kind"),
        ("limit=-1", "limit: must be a whole number from 0 to 1000, not '-1'"),
        ("limit=1001", "limit: must be a whole number from 0 to 1000, not '1001'"),
        ("limit=", "limit: must be a whole number"),
        ("limit=1.0", "limit: must be a whole number"),
        ("limit=%D9%A3", "limit: must be a whole number"),
        ("after=9999999999999999", "after: must be a whole number"),
        ("kinds=request", "kinds: unknown; this takes kind, after, limit"),
        ("limit=1&limit=2", "limit: given twice"),
    ],
)
def test_a_question_in_the_url_that_makes_no_sense_is_400(
    http: httpx.Client, query: str, says: str
) -> None:
    """Rather than an answer to another question."""
    status, sentence = refused(http.get(f"{JOURNAL}?{query}"))

    assert status == 400
    assert says in sentence


def test_no_secret_is_in_it(talked: Caller) -> None:
    """Not the value of the token, wherever it was written."""
    token = talked.headers["Authorization"].removeprefix("Bearer ")
    talked.http.get(f"/workspace/claim?token={token}")
    talked.say(f"what is {token}?")

    assert token not in talked.http.get(JOURNAL).text
    assert token not in talked.http.get(TIMELINE).text


@pytest.mark.parametrize(
    "body",
    [
        b'{"task_name":99999999999999999999999999}',
        b'{"task_name":1e999,"a":-1e999,"b":99999999999999999999999999}',
        b'{"task_name":"\\ud83d"}',
        b'{"\\ude00":1}',
    ],
)
def test_whatever_a_client_sent_can_be_shown(caller: Caller, body: bytes) -> None:
    """Numbers beyond 64 bits, beyond a float, and halves of characters break no reader of the journal."""
    path = "/api/tasks/me/with-session/nemo_agent"
    caller.http.post(path, headers=caller.headers, content=body)

    for reply in (
        caller.http.get(JOURNAL),
        caller.http.get(TIMELINE),
        caller.http.get("/__fake__/verdicts"),
        caller.http.post(FIND, json={"line": f"POST {path}"}),
        caller.http.post(VERIFY, json={"query": {"body": {"a": 1}}, "exactly": 0}),
    ):
        assert reply.status_code == 200
        if reply.headers["content-type"] == "application/json":
            json.loads(reply.text, parse_constant=pytest.fail)


def test_requests_are_found_with_what_came_of_them(talked: Caller) -> None:
    """Reply, acts, frames and the end of the stream, by any part of the request."""
    query = {"line": "POST /run_sse", "body": {"new_message": {"parts": [{"text": "/^edit/"}]}}}
    told = talked.http.post(FIND, json=query).json()
    (found,) = told["found"]

    assert told["count"] == 1
    assert found["reply"]["what"]["status"] == 200
    assert found["ended"]["what"]["how"] == "end"
    assert [fact["kind"] for fact in found["acts"]] == ["turn.accepted"]
    assert found["session"] == talked.session


def test_facts_of_other_kinds_are_found_too(talked: Caller) -> None:
    """By what they say."""
    query = {"kind": "ledger", "what": {"entry": "settle", "amount": 50}}
    told = talked.http.post(FIND, json=query).json()

    assert told["count"] == 1
    assert told["found"][0]["what"]["account"] == talked.uid


def test_of_many_a_page_is_shown_and_all_are_counted(
    talked: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count is not that of the page."""
    monkeypatch.setattr(journal, "PAGE", 1)
    told = talked.http.post(FIND, json={"line": "POST /run_sse"}).json()

    assert (told["count"], len(told["found"])) == (2, 1)


def test_a_number_is_whole_however_it_is_written(talked: Caller) -> None:
    """JSON knows no other kind: 200.0 is 200."""
    sent = b'{"line":"POST /run_sse","status":200.0,"after":{"fact":1.0}}'

    assert talked.http.post(FIND, content=sent).json()["count"] == 2


@pytest.mark.parametrize(
    ("body", "ok", "says"),
    [
        ({"query": "POST /run_sse", "exactly": 2}, True, "exactly 2 x POST /run_sse"),
        ({"query": "POST /run_sse", "exactly": 1}, False, "exactly 1 x POST /run_sse"),
        ({"query": {"line": "POST /run_sse", "code": 2001}}, False, "code: expected 2001"),
        ({"query": "GET /api/tokens", "at_most": 0}, True, "no GET /api/tokens"),
        ({"sequence": ["POST /api/auth/anonymous-token", "POST /run_sse"]}, True, "order"),
        ({"sequence": ["POST /run_sse", "POST /api/auth/anonymous-token"]}, False, "order"),
    ],
)
def test_an_expectation_is_verified_and_explained(
    talked: Caller, body: Any, ok: bool, says: str
) -> None:
    """Whether it is so, in a word; and in a sentence why, with what came nearest."""
    told = talked.http.post(VERIFY, json=body).json()

    assert told["ok"] is ok
    assert says in told["says"]


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        (FIND, {"lines": "POST /run_sse"}, "did you mean line?"),
        (FIND, {"kind": "requests"}, "did you mean request?"),
        (
            FIND,
            {"before": {"fact": True}},
            'before is virtual seconds since the Unix epoch or {"fact": 12}',
        ),
        (FIND, {"body": "/(/"}, "is no regular expression"),
        (FIND, {"body": {"$contain": [1]}}, "did you mean $contains?"),
        (VERIFY, {}, "a verification is an object such as"),
        (VERIFY, {"query": "x"}, "line is a method and a path"),
        (VERIFY, {"query": "POST /run_sse", "exactly": -1}, "exactly is a number from 0 on"),
        (VERIFY, {"sequence": []}, "with one at least"),
        (VERIFY, {"sequence": ["POST /run_sse"], "strict": 1}, "strict is true or false"),
    ],
)
def test_a_question_that_makes_no_sense_is_400(
    http: httpx.Client, path: str, body: Any, says: str
) -> None:
    """In one sentence, with what is legal."""
    status, sentence = refused(http.post(path, json=body))

    assert status == 400
    assert says in sentence


def test_the_timeline_is_drawn_as_plain_text(fake: Fake, talked: Caller) -> None:
    """It is what `Fake.timeline` draws, in UTF-8, with a line break at the end."""
    response = talked.http.get(TIMELINE)

    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f"{fake.timeline()}\n"
    assert "text 5" in response.text


def test_one_session_or_account_is_drawn_alone(fake: Fake, talked: Caller) -> None:
    """Others are left out."""
    other = Caller(talked.http).connect("another")
    other.say("text 7")
    session = talked.http.get(TIMELINE, params={"session": talked.session}).text
    account = talked.http.get(TIMELINE, params={"account": other.uid}).text

    assert session == f"{fake.timeline(talked.session)}\n"
    assert "text 7" not in session
    assert "text 7" in account
    assert "text 5" not in account


@pytest.mark.parametrize("width", [40, 60, 400])
def test_a_drawing_is_as_wide_as_asked(talked: Caller, width: int) -> None:
    """No line is wider."""
    drawn = talked.http.get(TIMELINE, params={"width": width}).text

    assert max(map(len, drawn.splitlines())) <= width


@pytest.mark.parametrize("query", ["width=39", "width=401", "width=wide", "colour=on"])
def test_a_drawing_nobody_could_read_is_400(http: httpx.Client, query: str) -> None:
    """Too narrow, too wide, or with what it does not know."""
    assert refused(http.get(f"{TIMELINE}?{query}"))[0] == 400


def test_the_judges_report_is_that_of_python(fake: Fake, talked: Caller) -> None:
    """`Fake.verdicts` as JSON: here, that nobody has looked into a silent edit."""
    told = talked.http.get("/__fake__/verdicts").json()

    assert told == json.loads(json.dumps(fake.verdicts().as_dict()))
    assert "silence-not-looked-into" in {verdict["rule"] for verdict in told["verdicts"]}
    assert told["totals"]["facts"] == len(fake.journal)


def test_reading_leaves_no_trace(fake: Fake, talked: Caller) -> None:
    """Whoever looks is no client: the journal is the same before and after."""
    before = fake.journal.facts()
    for path in (JOURNAL, TIMELINE, "/__fake__/verdicts", "/__fake__/provenance", "/__fake__/"):
        talked.http.get(path)
    talked.http.post(FIND, json={})

    assert fake.journal.facts() == before
