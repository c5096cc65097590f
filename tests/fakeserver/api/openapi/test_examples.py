"""Every example is what its schema says, and does what it is there to show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from nemovideo_fakeserver import Options, Variants
from nemovideo_fakeserver.api.control.routes import ROUTES as CONTROL_ROUTES
from nemovideo_fakeserver.api.openapi.document import text
from nemovideo_fakeserver.api.routes import ROUTES as SERVICE_ROUTES
from nemovideo_fakeserver.core.variants import legal_values
from support.caller import Caller
from support.description import Description
from support.shown import Shown
from support.stage import client, scripted_fake

DESCRIPTION = Description(
    json.loads(text(Variants(), "http://127.0.0.1", SERVICE_ROUTES, CONTROL_ROUTES))
)
JSON = "application/json"


def bodies(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the example bodies of a request by name; one of nothing where it takes none."""
    content = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    told = {name: example["value"] for name, example in content.get("examples", {}).items()}
    return told or {"": None}


REQUESTS = [
    pytest.param(line, body, id=f"{line} {name}".strip())
    for line, operation in DESCRIPTION.operations.items()
    for name, body in bodies(operation).items()
]


def placed() -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield every example of the document: where it stands, its schema, and its value."""
    for line, operation in DESCRIPTION.operations.items():
        for parameter in operation.get("parameters", ()):
            if "example" in parameter:
                yield f"{line} {parameter['name']}", parameter["schema"], parameter["example"]
        bodies_of = {"request": operation.get("requestBody", {}), **operation["responses"]}
        for where, body in bodies_of.items():
            for told in body.get("content", {}).values():
                for name, example in told.get("examples", {}).items():
                    yield f"{line} {where} {name}", told["schema"], example["value"]
    for name, schema in DESCRIPTION.document["components"]["schemas"].items():
        yield from within(name, schema)


def within(where: str, schema: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield the examples that stand inside a schema, at whatever depth."""
    if isinstance(schema, list):
        for inner in schema:
            yield from within(where, inner)
    elif isinstance(schema, dict):
        for example in schema.get("examples", ()) if "type" in schema else ():
            yield where, schema, example
        for key, inner in schema.items():
            yield from within(f"{where}.{key}", inner)


PLACED = list(placed())


@pytest.mark.parametrize(("where", "schema", "value"), PLACED, ids=[place[0] for place in PLACED])
def test_an_example_is_what_its_schema_says(where: str, schema: dict[str, Any], value: Any) -> None:
    """Of parameters, bodies, replies and schemas."""
    assert [error.message for error in DESCRIPTION.validator(schema).iter_errors(value)] == [], (
        where
    )


def test_every_operation_that_takes_json_shows_some() -> None:
    """A reader can begin with it."""
    assert not [
        line
        for line, operation in DESCRIPTION.operations.items()
        if JSON in operation.get("requestBody", {}).get("content", {}) and "" in bodies(operation)
    ]


@pytest.mark.parametrize(("line", "body"), REQUESTS)
def test_an_example_works(line: str, body: Any) -> None:
    """The request that its parameters and body make up succeeds, and is answered as the description says."""
    with scripted_fake() as fake, client(fake) as http:
        response = Shown(fake, http, line).ask(DESCRIPTION.operations[line], line, body)

        assert response.status_code in (200, 206), response.text
        assert '"message"' not in response.text[:100]
        assert DESCRIPTION.problems(line, response) == []


def events(stream: str) -> list[Any]:
    """Return the data of a stream's events; an empty one is `{}`."""
    lines = [line for line in stream.splitlines() if line]
    assert all(line.startswith("data:") for line in lines)
    return [json.loads(line[5:].strip() or "{}") for line in lines]


@pytest.mark.parametrize("dialect", legal_values()["sse_dialect"])
def test_the_streams_of_a_world_are_as_its_description_says(dialect: str) -> None:
    """Each event of a real edit, and of the example in its dialect, is what `x-itemSchema` says."""
    variants = Variants().changed("sse_dialect", dialect)
    with scripted_fake(Options(variants=variants)) as fake, client(fake) as http:
        heard = Caller(http).connect().say("generate 40")
        told = Description.of(http)

    content = told.operations["POST /run_sse"]["responses"]["200"]["content"]["text/event-stream"]
    checker = told.validator(content["x-itemSchema"])
    assert next(iter(content["examples"])) == dialect
    for stream in (heard, events(content["examples"][dialect]["value"])):
        said = [event for event in stream if event]
        assert said
        assert [error.message for event in said for error in checker.iter_errors(event)] == []


def test_there_is_an_example_of_every_dialect() -> None:
    """The world's own first; they differ."""
    replies = DESCRIPTION.operations["POST /run_sse"]["responses"]
    shown = replies["200"]["content"]["text/event-stream"]["examples"]

    assert list(shown) == ["typed", "adk", "flat"]
    assert len({example["value"] for example in shown.values()}) == 3


@pytest.mark.parametrize("shape", legal_values()["render_shape"])
def test_a_render_is_described_in_its_shape(shape: str) -> None:
    """From its order to its end, failed and cancelled ones too."""
    poll = "GET /api/render/proxy/lambda/{render}"
    variants = Variants().changed("render_shape", shape)
    with scripted_fake(Options(variants=variants)) as fake, client(fake) as http:
        caller, told = Caller(http).connect(), Description.of(http)
        caller.say("edit 20")
        replies = [caller.submit("r1"), caller.submit("r2")]
        empty = {"id": "r3", "sessionId": caller.session, "draft": {}}
        replies += [
            caller.post("/api/render/proxy/lambda", empty),
            caller.post("/api/render/proxy/lambda/r2/cancel"),
        ]
        for _ in range(3):
            fake.clock.jump(40)
            replies += [caller.get(f"/api/render/proxy/lambda/r{n}") for n in (1, 2, 3)]

    assert {"completed", "failed", "cancelled"} <= {
        status
        for reply in replies
        for status in [reply.json().get("status") or reply.json()["data"]["status"]]
    }
    assert [problem for reply in replies for problem in told.problems(poll, reply)] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("legacy_min_bodies", "off"),
        ("legacy_min_bodies", "on"),
        ("token_ttl", "7d"),
        ("token_ttl", "never"),
        ("error_http", "200"),
        ("error_http", "mapped"),
    ],
)
def test_what_a_reading_changes_is_described(key: str, value: str) -> None:
    """Tokens, sessions and refusals of a world are as the description of that very world says."""
    token, session = (
        "POST /api/auth/anonymous-token",
        "POST /api/tasks/{user}/with-session/nemo_agent",
    )
    variants = Variants().changed(key, value)
    with scripted_fake(Options(variants=variants)) as fake, client(fake) as http:
        told, caller = Description.of(http), Caller(http).connect()
        replies = [
            (token, http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})),
            (token, http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "x"})),
            (token, http.post("/api/auth/anonymous-token")),
            (session, caller.post("/api/tasks/me/with-session/nemo_agent", {"task_name": "x"})),
            (session, caller.post("/api/tasks/you/with-session/nemo_agent", {"task_name": "x"})),
            (session, caller.post("/api/tasks/me/with-session/nemo_agent", {"task_name": 5})),
            (session, http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "x"})),
        ]

    assert [told.problems(line, reply) for line, reply in replies] == [[]] * len(replies)
