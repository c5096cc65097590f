"""Uploads: files of a form, or the URLs of clips."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import examples
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json, media
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.openapi.service.envelope import wrapped
from nemovideo_fakeserver.core.assets import ACCEPTED
from nemovideo_fakeserver.core.refusals import FileTooLarge, UnsupportedFile
from nemovideo_fakeserver.core.units import size_text
from nemovideo_fakeserver.core.uploads import MAX_URLS
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Uploads of clips, pictures and music, in thirteen formats."

_URL = js.text(
    f"An http or https URL whose name ends in one of {', '.join(ACCEPTED)}. It is not fetched",
    pattern="^https?://[^/?#]",
    examples=["https://example.com/beach.mp4"],
)
_URLS = js.sheet(
    {
        "urls": js.each(_URL, minItems=1, maxItems=MAX_URLS),
        "source_type": js.nullable(js.choice("url", "", says="May be left out")),
    },
    required=("urls",),
)
_ASSET = {
    "filename": js.text(minLength=1),
    "file_type": js.choice("video", "image", "audio"),
    "cdn_url": js.text("Where the bytes are; by this a draft names it", format="uri"),
    "duration": js.number("Seconds; 0 for an image"),
    "width": js.whole("Pixels; 0 for music"),
    "height": js.whole("Pixels; 0 for music"),
    "fps": js.number("0 for what does not move"),
    "hash": js.text(pattern="^[0-9a-f]{64}$"),
}
_THUMBNAIL = js.text("A small JPEG of it (assumed)", format="uri")
SCHEMAS: Mapping[str, Schema] = {
    "Asset": js.record(_ASSET, "One piece of media"),
    "Medium": js.record(
        {**_ASSET, "thumbnail_url": _THUMBNAIL}, "One piece of media, as the state shows it"
    ),
}


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe uploads, each file being no larger than these variants allow."""
    most = size_text(variants.max_upload)
    form = js.sheet(
        {
            "files": js.each(
                js.text(
                    f"The bytes of a file of at most {most}",
                    contentMediaType="application/octet-stream",
                ),
                minItems=1,
            )
        },
        required=("files",),
    )
    taken = js.record(
        {"files": js.each(js.ref("Asset")), "session_state_applied": js.only(value=True)}
    )
    return {
        "POST /api/upload-video/nemo_agent/{user}/{session}": Operation(
            body={
                **json(
                    _URLS,
                    documented={"urls": ["https://example.com/beach.mp4"], "source_type": "url"},
                ),
                **media("multipart/form-data", form),
            },
            gives=wrapped(taken, {"files": [_BEACH], "session_state_applied": True}),
            refuses=(UnsupportedFile, FileTooLarge),
        )
    }


_BEACH = {
    "filename": "beach.mp4",
    "file_type": "video",
    "cdn_url": "http://127.0.0.1:8765/cdn/uploads/9b1f6c2e8d4a4f0c/beach.mp4",
    "duration": 30.5,
    "width": 1920,
    "height": 1080,
    "fps": 30.0,
    "hash": examples.HASH,
}
