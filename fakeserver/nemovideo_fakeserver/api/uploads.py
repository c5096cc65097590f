"""Uploading files and naming URLs."""

from __future__ import annotations

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import success
from nemovideo_fakeserver.api.tasks import described
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.refusals import FileTooLarge, RequestMalformed
from nemovideo_fakeserver.core.units import size_text
from nemovideo_fakeserver.core.uploads import MAX_URLS
from nemovideo_fakeserver.wire.messages import Body, Malformed, Part, Reply, Spooled, TooLarge


def check(call: Call) -> None:
    """Refuse an unknown session before a single byte of the upload is read."""
    call.session()


def upload(call: Call) -> Reply:
    """Take files from a multipart form, or the clips that URLs stand for."""
    session = call.session()
    if call.is_form:
        spooled = _spooled(call.body, call.world.setting.variants.max_upload)
        assets = call.world.uploads.store(session, _files(spooled), cdn=call.cdn)
    else:
        assets = call.world.uploads.fetch(session, _urls(call), cdn=call.cdn)
    return _reply(assets)


def _spooled(body: Body, most: int) -> Spooled:
    match body:
        case TooLarge(limit, _) if limit > most:
            raise FileTooLarge(
                f"form too large: at most {size_text(limit)} in all, of which each file may have"
                f" {size_text(most)}; send fewer files at once, or compress them"
            )
        case TooLarge(limit, _):
            raise FileTooLarge(f"file too large: at most {size_text(limit)}; compress or trim it")
        case Malformed(why):
            raise RequestMalformed(why)
        case Spooled():
            return body
    raise RequestMalformed("body: a form of the type multipart/form-data was expected")


def _files(spooled: Spooled) -> list[Part]:
    files = [part for part in spooled.parts if part.filename is not None]
    misnamed = [part.field for part in files if part.field != "files"]
    if misnamed:
        raise RequestMalformed(
            f"form field {misnamed[0][:40]!r}: files go into the field `files`, which may be repeated"
        )
    if not files:
        raise RequestMalformed("no file: send at least one in the form field `files`")
    return files


def _urls(call: Call) -> list[str]:
    if isinstance(call.body, TooLarge):
        raise RequestMalformed("body: too large for JSON; send files as multipart/form-data")
    content_type = (call.head.header("content-type") or "").lower()
    if content_type.startswith(("video/", "image/", "audio/", "application/octet-stream")):
        raise RequestMalformed(
            f"body: a bare {content_type[:40]}; send files as multipart/form-data, in the field `files`"
        )
    body = call.json()
    if fields.optional_text(body, "source_type") not in ("", "url"):
        raise RequestMalformed(f"source_type: must be url, not {fields.shown(body['source_type'])}")
    return fields.texts(body, "urls", limit=MAX_URLS)


def _reply(assets: list[Asset]) -> Reply:
    return success({"files": [described(asset) for asset in assets], "session_state_applied": True})
