"""Bad input of every kind gets a documented code or a clear 4xx, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from support.caller import Caller
from support.snapshot import snapshot
from support.wire import refusal

LONG = "x" * 201
DEEP = b'{"a":' * 5_000 + b"1" + b"}" * 5_000
NESTED = b'{"a":' * 70 + b"1" + b"}" * 70


def good_bodies(caller: Caller) -> dict[str, dict[str, Any]]:
    """Return every route that takes JSON with a body it would accept."""
    return {
        "/api/auth/claim-token": {"task_id": caller.task, "session_id": caller.session},
        "/api/tasks/me/with-session/nemo_agent": {"task_name": "project", "language": "en"},
        "/run_sse": caller.message("edit 20"),
        f"/api/upload-video/nemo_agent/me/{caller.session}": {
            "urls": ["https://x.test/a.mp4"],
            "source_type": "url",
        },
        "/api/render/proxy/lambda": {
            "id": "r1",
            "sessionId": caller.session,
            "draft": {"t": []},
            "output": {"format": "mp4", "quality": "high", "resolution": "720p", "fps": 30},
        },
        "/api/render/proxy/draft": {"id": "r2", "sessionId": caller.session, "draft": {"t": []}},
        "/api/tokens": {"name": "mine", "scopes": ["read"], "expires_in_days": 90},
    }


ROUTES = tuple(good_bodies(Caller(httpx.Client())))
"""The paths alone, with an empty session."""

WRONG: tuple[Any, ...] = (
    None,
    True,
    5,
    -1,
    1.5,
    "",
    "  ",
    LONG,
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    10**30,
)
ALLOWED: dict[str, tuple[object, ...]] = {
    "language": (None, "", "  "),
    "user_id": (None,),
    "source_type": (None, ""),
    "draft": ({}, {"a": 1}),
    "output": ({}, {"a": 1}),
    "output.format": (None, "", "  "),
    "output.quality": (None, "", "  "),
    "output.resolution": (None, "", "  "),
    "output.fps": (5,),
    "expires_in_days": (5,),
}
"""Values out of `WRONG` that a field does take."""


NAMED = {"session_id": "session", "sessionId": "session", "task_id": "task", "user_id": "user"}
"""How a message names a field that is an id: one that is unknown is told of by what it stands for."""


@contextmanager
def unchanged(fake: Fake) -> Iterator[None]:
    """Assert that nothing but the journal changes."""
    before = snapshot(fake.world())
    yield
    assert snapshot(fake.world()) == before


def clear(response: httpx.Response) -> str:
    """Assert that a reply is a documented code or a 4xx with a sentence, and return that."""
    status, code, message = refusal(response)
    assert code == status if 400 <= status < 500 else (status == 200 and code in (1001, 1002, 4001))
    assert len(message) > 10
    return message


def fields(body: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every field of a body, nested ones too, as its dotted name and the keys to it."""
    for key, value in body.items():
        path = [*prefix.split("."), key] if prefix else [key]
        yield ".".join(path), path
        if isinstance(value, dict) and key != "draft":
            yield from fields(value, ".".join(path))


def changed(body: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    """Return a body with one field replaced."""
    copy: dict[str, Any] = json.loads(json.dumps(body))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return copy


def test_the_good_bodies_are_good(caller: Caller) -> None:
    """What the other tests spoil would be taken as it is."""
    for path, body in good_bodies(caller).items():
        response = caller.post(path, body)

        assert response.status_code == 200
        assert b'"message"' not in response.content


@pytest.mark.parametrize("number", range(len(ROUTES)), ids=ROUTES)
def test_a_value_of_the_wrong_kind_is_refused_by_name(
    fake: Fake, caller: Caller, number: int
) -> None:
    """Every field of every route that takes JSON, with each wrong value: a clear no that names the field."""
    path, body = list(good_bodies(caller).items())[number]
    with unchanged(fake):
        for name, keys in fields(body):
            for value in WRONG:
                if any(type(value) is type(v) and value == v for v in ALLOWED.get(name, ())):
                    continue
                message = clear(caller.post(path, changed(body, keys, value)))
                assert NAMED.get(name, name.rpartition(".")[2]) in message, (name, value)


@pytest.mark.parametrize("number", range(len(ROUTES)), ids=ROUTES)
def test_a_missing_field_is_refused_by_name(fake: Fake, caller: Caller, number: int) -> None:
    """Each required field, left out, is named."""
    optional = {
        "language", "app_name", "user_id", "source_type", "output", "scopes", "expires_in_days"
    }  # fmt: skip
    path, body = list(good_bodies(caller).items())[number]
    with unchanged(fake):
        for name in body.keys() - optional:
            less = {key: value for key, value in body.items() if key != name}

            assert name in clear(caller.post(path, less))


RAW: dict[str, bytes] = {
    "nothing": b"",
    "blank": b" \r\n\t ",
    "broken": b'{"a":',
    "trailing": b"{} {}",
    "comment": b"{} // well",
    "single quotes": b"{'task_name': 'project'}",
    "array": b"[]",
    "text": b'"project"',
    "number": b"5",
    "null": b"null",
    "NaN": b'{"task_name":NaN}',
    "Infinity": b'{"expires_in_days":-Infinity}',
    "beyond a float": b'{"expires_in_days":1e999,"name":5,"jump":1e999}',
    "a long number": b'{"a":' + b"9" * 5_000 + b"}",
    "half a surrogate pair": b'{"task_name":"\\ud83d","name":"\\ud83d","a":"\\ude00"}',
    "half a pair as a key": b'{"\\ud83d":1}',
    "not UTF-8": b'{"task_name":"\xff"}',
    "UTF-16": '{"task_name":"x"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a NUL": b"\0{}",
    "deep": DEEP,
    "deep, escaped": DEEP.replace(b"1", b'"\\u0041"'),
    "deeper than we take": NESTED,
    "a deep array": b"[" * 100_000,
    "a form": b"task_name=project&name=mine",
    "huge": b'{"a":"' + b"x" * (8 << 20) + b'"}',
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_a_body_that_is_no_json_object_is_422(fake: Fake, caller: Caller, raw: bytes) -> None:
    """Whatever bytes come, every route that takes JSON says what is wrong with them."""
    with unchanged(fake):
        for path in good_bodies(caller):
            response = caller.http.post(path, headers=caller.headers, content=raw)

            assert refusal(response)[:2] == (422, 422)


@pytest.mark.parametrize(("levels", "status"), [(63, 200), (64, 422)])
def test_a_draft_is_nested_64_levels_at_most(caller: Caller, levels: int, status: int) -> None:
    """The body is one level, the draft in it the others; what is deeper would break its readers."""
    draft: dict[str, Any] = {}
    for _ in range(levels - 1):
        draft = {"a": draft}

    response = caller.post(
        "/api/render/proxy/lambda", {"id": "r", "sessionId": caller.session, "draft": draft}
    )

    assert response.status_code == status
    assert status == 200 or "nested deeper than 64 levels" in refusal(response)[2]


def test_the_place_of_a_mistake_is_named(caller: Caller) -> None:
    """Line and column, as people need them."""
    response = caller.http.post("/run_sse", headers=caller.headers, content=b'{\n "a" 5}')

    assert refusal(response)[2] == "body: not JSON: Expecting ':' delimiter at line 2 column 6"


def test_a_whole_surrogate_pair_is_a_character(caller: Caller) -> None:
    """Escapes that belong together are taken."""
    raw = b'{"task_name":"\\ud83d\\ude00"}'
    path = "/api/tasks/me/with-session/nemo_agent"

    assert caller.http.post(path, headers=caller.headers, content=raw).json()["code"] == 0


SPOILT: dict[str, Callable[[Caller], str]] = {
    "unknown": lambda _: "nmv_usr_" + "x" * 43,
    "empty": lambda _: "",
    "of another kind": lambda _: "sk-123",
    "with blanks": lambda caller: caller.headers["Authorization"][7:] + " x",
    "not Latin": lambda _: "你好",
    "a claim token": lambda caller: str(
        caller.post(
            "/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session}
        ).json()["data"]["claim_token"]
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_bad_token_is_1001_everywhere(
    fake: Fake, caller: Caller, spoil: Callable[[Caller], str]
) -> None:
    """No route that asks for a token takes another one, and nothing happens."""
    bodies = good_bodies(caller)
    token = spoil(caller)
    lines = caller.headers | {"Authorization": f"Bearer {token}"}
    headers = {name.encode(): value.encode() for name, value in lines.items()}
    with unchanged(fake):
        for path, body in bodies.items():
            response = caller.http.post(path, headers=headers, json=body)

            assert refusal(response)[:2] == (200, 1001)


def test_a_foreign_session_is_1002_everywhere(fake: Fake, caller: Caller) -> None:
    """Another account's session can neither be read nor worked in, claimed, filled or exported."""
    bodies = good_bodies(caller)
    other = Caller(caller.http).connect("another")
    with unchanged(fake):
        for path, body in bodies.items():
            if caller.session in path + json.dumps(body):
                assert refusal(other.post(path, body))[:2] == (200, 1002)


def test_a_foreign_render_is_404_everywhere(fake: Fake, caller: Caller) -> None:
    """Nobody watches, stops or downloads another account's render."""
    caller.submit("r1")
    other = Caller(caller.http).connect("another")
    with unchanged(fake):
        replies = [
            other.get("/api/render/proxy/lambda/r1"),
            other.get("/api/render/proxy/r1"),
            other.get("/api/render/proxy/r1/download"),
            other.post("/api/render/proxy/lambda/r1/cancel"),
        ]

    assert {refusal(reply)[:2] for reply in replies} == {(404, 404)}
