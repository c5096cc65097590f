"""Snapshots: all that lasts of one world, or of all, as YAML."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, Success, media
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "All that lasts, as text that `--import` takes."

YAML = "application/yaml"
SCHEMAS: Mapping[str, Schema] = {}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe reading one world, and all of them."""
    written = {200: Success(content=media(YAML, js.sheet({}, "The snapshot")))}
    return {
        "GET /__fake__/snapshot": Operation(gives=written),
        "GET /__fake__/snapshot/all": Operation(gives=written),
    }
