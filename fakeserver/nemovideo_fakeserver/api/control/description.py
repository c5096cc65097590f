"""The OpenAPI description of a world, built when it is first asked for."""

from __future__ import annotations

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import JSON_TYPE
from nemovideo_fakeserver.api.route import Route
from nemovideo_fakeserver.wire.messages import Reply


def shown(call: Call, service: tuple[Route, ...], control: tuple[Route, ...]) -> Reply:
    """Show what this world offers, under the URL by which it was asked."""
    from nemovideo_fakeserver.api.openapi import document

    variants = call.world.setting.variants
    body = document.text(variants, call.head.base, service, control)
    return Reply(headers=(JSON_TYPE,), body=body)
