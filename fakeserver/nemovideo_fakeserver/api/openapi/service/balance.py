"""Credits."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.openapi.service.envelope import wrapped
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Credits of an account."

SCHEMAS: Mapping[str, Schema] = {
    "Credits": js.record(
        {
            "available": js.whole("What can be spent"),
            "frozen": js.whole("What running operations have reserved"),
            "total": js.whole("Both together"),
        }
    )
}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe the balance."""
    documented = {"available": 25000, "frozen": 40, "total": 25040}
    return {
        "GET /api/credits/balance/simple": Operation(gives=wrapped(js.ref("Credits"), documented))
    }
