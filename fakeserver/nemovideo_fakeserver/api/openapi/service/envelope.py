"""The envelope around every success of the service but a render's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Success, json
from nemovideo_fakeserver.api.openapi.schema import Schema


def wrapped(
    data: Schema, example: Any = None, *, links: Mapping[str, Schema] | None = None
) -> Mapping[int, Success]:
    """Success with `{"code": 0, "data": ...}`."""
    schema = js.record({"code": js.only(0), "data": data})
    examples = {} if example is None else {"documented": {"code": 0, "data": example}}
    return {200: Success(content=json(schema, **examples), links=links or {})}
