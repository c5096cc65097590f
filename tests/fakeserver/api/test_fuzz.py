"""Any request at all gets a reply below 500, and a refused one changes nothing."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api.control import routes as control
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.wire.messages import Body, Head
from support.caller import Caller
from support.requests import GOOD, bodies, documents, headers, methods, parts, paths, text
from support.snapshot import snapshot
from support.stage import client, scripted_fake
from support.wire import Whole, exchange

LINES = tuple(route.name for route in (*ROUTES, *control.ROUTES))


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
    return whole.status >= 400 or whole.body.startswith(
        tuple(b'{"code":%d' % n for n in range(1, 10))
    )


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
        if path.startswith("/__fake__"):
            assert ("X-Nemo-Fake", "control") in whole.headers
            assert not whole.body.startswith(b'{"code"')


several = settings(max_examples=150)


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
    names |= {"render": fill[0], "name": fill[1], "account": fill[0], "fault": fill[1]}
    path = path.format(**names)

    check(method, path, lines, query, body)


@several
@given(
    line=st.sampled_from([line for line in LINES if line.startswith("POST")]),
    value=documents,
)
def test_any_json_has_a_reply(line: str, value: Any) -> None:
    """Every route that takes JSON, with bodies that begin as good ones."""
    method, path = line.split()
    path = path.format(user="me", session="{session}", render="r1", token="tok_x", account="{uid}")

    check(method, path, [], "", json.dumps(value).encode())
