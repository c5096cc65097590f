"""The JSON Schema of scenarios, for editors; `python -m nemovideo_fakeserver.scenario.json_schema` prints it.

Law: it says what the model says, and `scenario.schema.json` beside this module is this in print.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from nemovideo_fakeserver.core.variants import legal_values
from nemovideo_fakeserver.scenario.model import drafting, telling
from nemovideo_fakeserver.scenario.model.part import Instant, Millis, Seconds
from nemovideo_fakeserver.scenario.model.readings import PRESET, Readings
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.units import DURATION, LONGEST

ONE_OF = {
    "Step": telling.ACTS,
    "Operation": drafting.KINDS,
    "When": ("says", "matches"),
    "End": ("error", "cut"),
    "Timing": ("seconds", "polls"),
}
"""The mappings that have exactly one of these keys."""

_DURATION = {"type": "string", "pattern": f"^{DURATION}$"}


def schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12)."""
    made: dict[str, Any] = msgspec.json.schema(Scenario, schema_hook=_special)
    for name, keys in ONE_OF.items():
        made["$defs"][name]["oneOf"] = [{"required": [key]} for key in keys]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Scenario", **made}


def printed() -> str:
    """Return the schema as the text of `scenario.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _special(kind: type) -> dict[str, Any]:
    made: dict[str, Any] = _SPECIAL[kind]()
    return made


def _from_0(kind: str, longest: int) -> dict[str, Any]:
    return {"type": kind, "minimum": 0, "maximum": longest}


def _readings() -> dict[str, Any]:
    """Return the schema of variants: each with its legal values, and the preset."""
    known: dict[str, Any] = {
        key: {"enum": list(values)} if values else {"type": ["string", "number", "boolean"]}
        for key, values in legal_values().items()
    }
    preset = {"description": "A vendor version, such as 1.9", "type": ["string", "number"]}
    return {"type": "object", "properties": {PRESET: preset, **known}}


_SPECIAL: dict[type, Any] = {
    Seconds: lambda: {"anyOf": [_from_0("number", LONGEST), _DURATION]},
    Millis: lambda: {"anyOf": [_from_0("integer", LONGEST * 1000), _DURATION]},
    Instant: lambda: {"type": "string"},
    Readings: _readings,
}


if __name__ == "__main__":
    print(printed(), end="")
