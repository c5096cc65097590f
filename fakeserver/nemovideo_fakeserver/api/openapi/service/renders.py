"""Renders: ordering a film of a draft, watching it and stopping it."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import examples, parameters
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, Success, json, leads_to
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.outputs import MEDIA_TYPES, QUALITIES
from nemovideo_fakeserver.core.ports import RATES
from nemovideo_fakeserver.core.refusals import (
    ExportBlocked,
    RenderConflict,
    RenderUnknown,
    SessionUnknown,
)
from nemovideo_fakeserver.core.sizes import LINES, LONG
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Exports: a render of a draft, ordered under an id of the client's own making."

_SLOWEST, _FASTEST = RATES
_STATUS = js.choice("pending", "processing", "completed", "failed", "cancelled")
_COMMON = {
    "status": _STATUS,
    "progress": js.whole("Per cent", maximum=100),
}
_ERROR = {"error": js.text("Why it failed")}
_OUTPUT = {
    "output": js.record(
        {"url": js.text(format="uri"), "duration": js.number("Seconds"), "size": js.whole("Bytes")},
        "There when it is completed",
    )
}
_TIMES = {
    "outputUrl": js.text("There when it is completed", format="uri"),
    "createdAt": js.whole("Milliseconds since 1970"),
    "completedAt": js.whole("Milliseconds since 1970"),
}
_TOP = {"taskId": js.text("The id it was ordered under"), **_COMMON, **_OUTPUT, **_ERROR}
_DATA = js.record(
    {"id": js.text("The id it was ordered under"), **_COMMON, **_TIMES, **_ERROR},
    optional=(*_TIMES, "error"),
)
_WHOLE = {"success": js.only(value=True), "data": _DATA}
_SHAPES: Mapping[str, Schema] = {
    "top": js.record(_TOP, optional=("output", "error")),
    "data": js.record(_WHOLE),
    "both": js.record({"code": js.only(0), **_TOP, **_WHOLE}, optional=("output", "error")),
}
SCHEMAS: Mapping[str, Schema] = {
    "Order": js.sheet(
        {
            "id": js.text("A new one for each render", pattern="^[A-Za-z0-9._-]{1,128}$"),
            "sessionId": js.said("The session, in camel case as nowhere else"),
            "draft": js.ref("AnyDraft"),
            "output": js.sheet(
                {
                    "format": js.nullable(js.choice(*MEDIA_TYPES, "")),
                    "quality": js.nullable(
                        js.text(f"{', '.join(QUALITIES)}; any other is high", maxLength=200)
                    ),
                    "resolution": js.nullable(js.choice(*LINES, "", says="Of the short side")),
                    "width": js.whole(
                        "Not more than a film has; else it says nothing", maximum=LONG
                    ),
                    "height": js.whole("As width; the canvas is the draft's", maximum=LONG),
                    "fps": js.whole("30 unless said", minimum=_SLOWEST, maximum=_FASTEST),
                },
                "mp4 in high quality unless said",
            ),
        },
        required=("id", "sessionId", "draft"),
    ),
    "AnyDraft": js.sheet(
        {}, "The draft, as the state shows it; one that makes no film is a failed render"
    ),
}


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe renders in the shape of these variants."""
    order, poll = _order(variants), _poll(variants)
    return {
        "POST /api/render/proxy/lambda": order,
        "GET /api/render/proxy/lambda/{render}": poll,
        "POST /api/render/proxy/lambda/{render}/cancel": poll,
        "POST /api/render/proxy/draft": order,
        "GET /api/render/proxy/{render}": poll,
    }


def _order(variants: Variants) -> Operation:
    named = {
        name: leads_to(line, render="$request.body#/id")
        for name, line in (
            ("poll", "GET /api/render/proxy/lambda/{render}"),
            ("cancel", "POST /api/render/proxy/lambda/{render}/cancel"),
            ("download", "GET /api/render/proxy/{render}/download"),
        )
    }
    return Operation(
        parameters=parameters.attribution(required=variants.attribution_mode == "always"),
        body=json(js.ref("Order"), documented=_DOCUMENTED),
        gives={200: Success(content=json(_SHAPES[variants.render_shape]), links=named)},
        refuses=(ExportBlocked, SessionUnknown, RenderConflict),
    )


def _poll(variants: Variants) -> Operation:
    shape = _SHAPES[variants.render_shape]
    return Operation(gives={200: Success(content=json(shape))}, refuses=(RenderUnknown,))


_DOCUMENTED = {
    "id": examples.RENDER,
    "sessionId": examples.SESSION,
    "draft": {
        "t": [
            {"tt": 7, "sg": [{"id": "seg_1", "s": 0, "d": 3000, "m": {"text": "Paradise Found"}}]}
        ],
        "d": 3000,
    },
    "output": {"format": "mp4", "quality": "high"},
}
