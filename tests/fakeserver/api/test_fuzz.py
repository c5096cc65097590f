"""Any request at all gets a reply below 500, and a refused one changes nothing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api import control
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.wire.messages import Body, Head, Malformed, Spooled, TooLarge
from support.caller import Caller
from support.snapshot import snapshot
from support.stage import client, scripted_fake
from support.wire import Whole, exchange

LINES = tuple(route.name for route in (*ROUTES, *control.ROUTES))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Clean text: a door hands nothing else over."""

methods = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]) | text
parts = st.sampled_from(["me", "{session}", "{uid}", "r1", "lambda", ""]) | text.map(quote) | text
paths = st.one_of(
    text.map(lambda t: "/" + t),
    st.lists(parts, max_size=8).map(lambda p: "/" + "/".join(p)),
    st.sampled_from(["/~w/run_sse", "/~/x", "/v1/run", "*", ""]),
)
messages = st.sampled_from(["edit 20", "generate 100", "fail 20", "text 5"]) | text
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | messages
    | st.sampled_from(["me", "{session}", "{uid}", "{task}", "r1", "next", "mp4", "read", "720p"])
    | st.sampled_from(["https://x.test/a.mp4", "nemo_agent", "url"])
)
KEYS = (
    "task_name language task_id session_id app_name user_id new_message parts text urls source_type "
    "id sessionId draft output t tt sg s d m src format resolution fps name scopes expires_in_days rate jump"
).split()
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | text, inner, max_size=6)
    ),
    max_leaves=10,
)
GOOD: tuple[dict[str, Any], ...] = (
    {"task_name": "project", "language": "en"},
    {"task_id": "{task}", "session_id": "{session}"},
    {"session_id": "{session}", "new_message": {"parts": [{"text": "edit 20"}]}},
    {"urls": ["https://x.test/a.mp4"]},
    {"id": "r2", "sessionId": "{session}", "draft": {"t": [{"tt": 0, "sg": [{}]}]}},
    {"name": "mine", "scopes": ["read"], "expires_in_days": 90},
    {"rate": 0, "jump": 5},
)
objects = st.tuples(
    st.sampled_from(GOOD), st.dictionaries(st.sampled_from(KEYS), values, max_size=2)
).map(lambda pair: pair[0] | pair[1])
documents = st.sampled_from(GOOD) | objects | values
bodies: st.SearchStrategy[Body] = st.one_of(
    documents.map(lambda value: json.dumps(value).encode()),
    documents.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")),
    st.binary(max_size=200),
    st.sampled_from([Spooled(()), TooLarge(5, 6), Malformed("It ends too early.")]),
)
named = st.sampled_from(
    [
        "authorization",
        "content-type",
        "x-client-id",
        "x-skill-source",
        "range",
        "if-range",
        "origin",
        "expect",
    ]
)
said = text | st.sampled_from(
    ["Bearer {token}", "Bearer clm_x", "multipart/form-data; boundary=x", "bytes=0-5", "bytes=-0"]
)
headers = st.lists(st.tuples(named, said), max_size=4)


def replaced(wanted: str | bytes, caller: Caller) -> Any:
    """Put what really exists in the place of `{session}` and its like."""
    known = {
        "{session}": caller.session,
        "{uid}": caller.uid,
        "{task}": caller.task,
        "{token}": caller.headers["Authorization"].removeprefix("Bearer "),
    }
    for name, value in known.items():
        wanted = (
            wanted.replace(name, value)
            if isinstance(wanted, str)
            else wanted.replace(name.encode(), value.encode())
        )
    return wanted


def prepared(fake: Fake) -> Caller:
    """Return a caller with a token, a session, a title on the timeline and a finished render r1."""
    with client(fake) as http:
        caller = Caller(http).connect()
        caller.say("edit 20")
        caller.submit("r1")
    fake.clock.jump(100)
    return caller


def refused(whole: Whole) -> bool:
    """Say whether a reply is a no."""
    return whole.status >= 400 or whole.body.startswith(b'{"code":') and whole.body[8:9] != b"0"


def check(method: str, path: str, lines: list[tuple[str, str]], query: str, body: Body) -> None:
    """Send a request to a prepared world, and hold the reply against the law."""
    with scripted_fake() as fake:
        caller = prepared(fake)
        known = [(name.lower(), value) for name, value in caller.headers.items()]
        head = Head(
            method=method,
            path=replaced(path, caller),
            query=query,
            headers=tuple((name, replaced(value, caller)) for name, value in (*lines, *known)),
        )
        before = snapshot(fake.world())

        whole = exchange(fake, head, replaced(body, caller) if isinstance(body, bytes) else body)

        assert 200 <= whole.status < 500
        assert not refused(whole) or snapshot(fake.world()) == before


several = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@several
@given(method=methods, path=paths, lines=headers, query=text, body=bodies)
def test_any_request_has_a_reply(
    method: str, path: str, lines: list[tuple[str, str]], query: str, body: Body
) -> None:
    """Random paths and methods, with a valid token unless a random header hides it."""
    check(method, path, lines, query, body)


filled = st.sampled_from(["me", "{session}", "{uid}", "r1"]) | parts.filter(lambda p: "/" not in p)


@several
@given(
    line=st.sampled_from(LINES), fill=st.lists(filled, min_size=2, max_size=2),
    lines=headers, query=text, body=bodies,
)  # fmt: skip
@example(line="POST /run_sse", fill=["", ""], lines=[], query="", body=json.dumps(GOOD[2]).encode())
def test_any_request_on_a_real_route_has_a_reply(
    line: str, fill: list[str], lines: list[tuple[str, str]], query: str, body: Body
) -> None:
    """Every route with whatever in its variable parts, headers and body."""
    method, path = line.split()
    names = {"user": "me", "session": "{session}", "token": fill[0], "key": fill[0]}
    path = path.format(**names | {"render": fill[0], "name": fill[1]})

    check(method, path, lines, query, body)


@several
@given(
    line=st.sampled_from([line for line in LINES if line.startswith("POST")]),
    value=documents,
)
def test_any_json_has_a_reply(line: str, value: Any) -> None:
    """Every route that takes JSON, with bodies that begin as good ones."""
    method, path = line.split()
    path = path.format(user="me", session="{session}", render="r1", token="tok_x")

    check(method, path, [], "", json.dumps(value).encode())
