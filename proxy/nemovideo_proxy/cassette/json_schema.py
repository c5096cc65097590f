"""The JSON Schema of documents, for editors; `python -m nemovideo_proxy.cassette.json_schema` prints it.

Law: it says what `forms` says of a document as YAML parses it, and `cassette.schema.json` beside this
module is this in print.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from nemovideo_proxy.cassette.forms import (
    ONE_BODY,
    ONE_FRAME,
    FrameForm,
    HeaderForm,
    InteractionForm,
    PartForm,
    RequestForm,
    ResponseForm,
)

_PLACE = "#/$defs/{name}"


def schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12)."""
    kinds = (HeaderForm, InteractionForm)
    tops, parts = msgspec.json.schema_components(kinds, ref_template=_PLACE)
    for kind in (RequestForm, ResponseForm, PartForm):
        known = parts[kind.__name__]["properties"]
        parts[kind.__name__]["allOf"] = _at_most_one([key for key in ONE_BODY if key in known])
    parts[FrameForm.__name__]["oneOf"] = [{"required": [key]} for key in ONE_FRAME]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of a cassette",
        "anyOf": list(tops),
        "$defs": parts,
    }


def printed() -> str:
    """Return the schema as the text of `cassette.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _at_most_one(keys: list[str]) -> list[dict[str, Any]]:
    return [
        {"not": {"required": [key, other]}}
        for number, key in enumerate(keys)
        for other in keys[number + 1 :]
    ]


if __name__ == "__main__":
    print(printed(), end="")
