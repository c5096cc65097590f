"""Scenarios, whose own schema is that of the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.api.control.refusing import Absent, Conflict
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, ok
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.scenario import ready, schema

ABOUT = "Scenarios: how a world begins, and what happens in it."

_WITHIN = "#/$defs/"


def told(name: str) -> Schema:
    """The part of a scenario that the schema of the files calls so."""
    return js.ref(f"scenario.{name}")


def _schemas() -> dict[str, Schema]:
    """Return the definitions of the files' schema, as components."""
    return {f"scenario.{name}": _moved(part) for name, part in schema()["$defs"].items()}


def _moved(part: Any) -> Any:
    if isinstance(part, list):
        return [_moved(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return told(part["$ref"].removeprefix(_WITHIN))
    return {key: _moved(inner) for key, inner in part.items()}


SCHEMAS: Mapping[str, Schema] = _schemas()

_PLAYING = js.record(
    {
        "name": js.text(),
        "about": js.text(),
        "accounts": js.table(js.text(), "The ids of its accounts, by name"),
        "played": js.table(js.whole(), "How often each of its turns was played, by number from 0"),
        "unplayed": js.each(js.text(), "The turns that no message has played yet"),
    }
)


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe the shelf, what is played, and beginning with another one."""
    playing = ok(js.record({"scenario": js.nullable(_PLAYING)}))
    names = [one.name for one in ready()]
    by_name = js.record({"ready": js.choice(*names)})
    row = js.record({"name": js.choice(*names), "about": js.text()})
    return {
        "GET /__fake__/scenarios": Operation(gives=ok(js.record({"scenarios": js.each(row)}))),
        "GET /__fake__/scenario": Operation(gives=playing),
        "POST /__fake__/scenario": Operation(
            body=json(
                {"oneOf": [by_name, told("Scenario")]},
                ready={"ready": "happy"},
                own={"name": "broke", "newcomers": {"credits": 0}},
            ),
            gives=playing,
            refuses=(Absent, Conflict),
        ),
    }
