"""What there is, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, ok
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants
from nemovideo_fakeserver.provenance import Basis

ABOUT = "What can be steered, and what each behaviour of the service rests on."

_BEHAVIOUR = js.record(
    {
        "name": js.text(),
        "basis": js.choice(*get_args(Basis)),
        "source": js.text("Where it is documented, or what an assumption rests on"),
        "says": js.text("What it is"),
    }
)
SCHEMAS: Mapping[str, Schema] = {"Behaviour": _BEHAVIOUR}


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe the paths that describe."""
    row = js.record({"route": js.text(), "does": js.text()})
    index = {"fake": js.only("nemovideo"), "world": js.text(), "routes": js.each(row)}
    known = {"counts": js.table(js.whole()), "behaviours": js.each(js.ref("Behaviour"))}
    this = js.sheet({"openapi": js.text(pattern=r"^3\.1\.")}, required=("openapi", "info", "paths"))
    return {
        "GET /__fake__/": Operation(gives=ok(js.record(index))),
        "GET /__fake__/openapi.json": Operation(gives=ok(this)),
        "GET /__fake__/provenance": Operation(gives=ok(js.record(known))),
    }
