"""The two web pages to which links lead."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import HTML, Operation, Success, media
from nemovideo_fakeserver.api.openapi.parameters import query
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "What a browser sees."

SCHEMAS: Mapping[str, Schema] = {}

_PAGE = media(HTML, js.text())
_GIVES = {
    200: Success(content=_PAGE, says="The page."),
    404: Success(content=_PAGE, says="A page that says why there is nothing to show."),
}


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe the pages, and the links that lead to them."""
    asked = {
        "ct": ("A claim token", examples.CLAIM),
        "token": ("A bearer token, in older links", examples.TOKEN),
        "task": ("The task, in older links", examples.TASK),
        "session": ("The session, in older links", examples.SESSION),
    }
    names = {"ct": ("ct", "token", "session"), "token": ("token", "session")}
    legal = names.get(variants.claim_link, ("task", "session"))
    return {
        "GET /workspace/claim": Operation(
            parameters=tuple(_asked(name, *asked[name]) for name in legal), gives=_GIVES
        ),
        "GET /register": Operation(
            parameters=(_asked("bind", "The user id that would be registered", examples.USER),),
            gives=_GIVES,
        ),
    }


def _asked(name: str, says: str, example: str) -> Schema:
    return query(name, js.text(examples=[example]), says)
