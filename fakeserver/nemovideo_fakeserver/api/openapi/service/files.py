"""Files: renders for their owners, and all media for whoever has their address."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.files import NAMELESS
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Content, Operation, Success
from nemovideo_fakeserver.api.openapi.parameters import header
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.core.assets import FORMATS
from nemovideo_fakeserver.core.outputs import MEDIA_TYPES
from nemovideo_fakeserver.core.refusals import RenderConflict, RenderUnknown
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "The bytes of films, uploads and their thumbnails, whole or in part."

SCHEMAS: Mapping[str, Schema] = {}

_PLACES = ("/cdn/uploads/{key}/{name}", "/cdn/generated/{name}", "/cdn/render-result/{key}/{name}")
_THUMBNAILS = tuple(f"{place}/thumbnail.jpg" for place in _PLACES[:2])
_BYTES = {"description": "The bytes"}
_KINDS = dict.fromkeys(kind for _, kind in FORMATS.values())


def operations(_variants: Variants) -> Mapping[str, Operation]:
    """Describe every file there is, for GET and HEAD."""
    film, every = _typed(*MEDIA_TYPES.values()), _typed(*_KINDS, NAMELESS)
    download = "/api/render/proxy/{render}/download"
    return {
        f"GET {download}": _get(film, RenderConflict),
        f"HEAD {download}": _head(RenderConflict),
        **{f"GET {place}": _get(every, *_early(place)) for place in _PLACES},
        **{f"HEAD {place}": _head(*_early(place)) for place in _PLACES},
        **{f"GET {place}": _get(_typed("image/jpeg")) for place in _THUMBNAILS},
        **{f"HEAD {place}": _head() for place in _THUMBNAILS},
    }


def _typed(*kinds: str) -> Content:
    return {kind: {"schema": _BYTES} for kind in kinds}


def _early(place: str) -> tuple[type[RenderConflict], ...]:
    """The address of a film is known before the film is there."""
    return (RenderConflict,) if "render-result" in place else ()


def _get(content: Content, *more: type[RenderConflict]) -> Operation:
    return Operation(
        parameters=_RANGES,
        gives={
            200: Success(content=content, says="The whole file.", headers=_ABOUT),
            206: Success(content=content, says="The part that Range asks for.", headers=_PART),
            416: Success(says="The file has no such part.", headers=_PART),
        },
        refuses=(RenderUnknown, *more),
    )


def _head(*more: type[RenderConflict]) -> Operation:
    return Operation(
        gives={200: Success(says="The headers of the whole file.", headers=_ABOUT)},
        refuses=(RenderUnknown, *more),
    )


def _told(schema: Schema, says: str) -> Schema:
    return {"description": says, "required": True, "schema": schema}


_RANGES = (
    header(
        "Range",
        js.text(examples=["bytes=0-1023"]),
        "One range of bytes; anything else is passed over",
    ),
    header("If-Range", js.text(), "Only if the file still has this ETag"),
)
_ABOUT = {
    "ETag": _told(js.text(), "Which file it is"),
    "Accept-Ranges": _told(js.only("bytes"), "Parts can be had"),
    "Content-Disposition": _told(js.text(), "Its name"),
    "X-Content-Type-Options": _told(js.only("nosniff"), "It is of the type it says"),
}
_PART = {
    **_ABOUT,
    "Content-Range": _told(js.text(pattern="^bytes "), "Which part, of how many bytes"),
}
