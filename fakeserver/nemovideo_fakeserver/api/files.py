"""Getting at the bytes: the download endpoint, and the stand-in for the content delivery network.

Documented: `output.url` and `cdn_url` point to other hosts and need no token; the download endpoint is
the fall-back, with one. Here both are this server; the keys in the paths are as good as unguessable.
Assumed: beside each upload and each generated medium lies a small picture of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from nemovideo_fakeserver.api import films, ranges
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.parted import parted
from nemovideo_fakeserver.core.assets import TYPES, Asset, Synthetic
from nemovideo_fakeserver.core.refusals import RenderConflict, RenderUnknown
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.wire.messages import Pending, Reply

NAMELESS = "application/octet-stream"
"""The type of a file whose name does not say one."""

_log = logging.getLogger(__name__)


def download(call: Call) -> Reply:
    """Send a finished render to its owner."""
    return _film(call, call.world.renders.get(call.account, call.params["render"]))


def result(call: Call) -> Reply:
    """Send a finished render to whoever has its URL."""
    render = call.world.renders.by_key(call.params["key"])
    if render is None or call.params["name"] != render.file_name:
        raise _absent()
    return _film(call, render)


def upload(call: Call) -> Reply:
    """Send an uploaded file back."""
    asset = call.world.uploads.by_key(call.params["key"])
    if asset is None:
        raise _absent()
    return _asset(call, asset)


def upload_thumbnail(call: Call) -> Reply:
    """Send a small picture of an uploaded file."""
    return _thumbnail(call, call.world.uploads.by_key(call.params["key"]))


def generated(call: Call) -> Reply:
    """Send generated media; their files are made when first wanted."""
    asset = call.world.chat.generated(call.params["name"])
    if asset is None:
        raise _absent()
    return _asset(call, asset)


def generated_thumbnail(call: Call) -> Reply:
    """Send a small picture of generated media."""
    return _thumbnail(call, call.world.chat.generated(call.params["name"]))


def _film(call: Call, render: Render) -> Reply:
    return films.told(call, render, partial(_sent, call, render))


def _sent(call: Call, render: Render, seen: View) -> Reply:
    if seen.film is None:
        raise RenderConflict(f"render {render.id!r} is {seen.status}: there is nothing to download")
    film = seen.film
    reply = _send(call, render.file_name, film.path, size=film.size, tag=render.key)
    return parted(reply, call.world.setting, lambda: (render.account.uid, render.session))


def _asset(call: Call, asset: Asset) -> Reply:
    if not isinstance(asset.source, Synthetic):
        return _kept(call, asset, asset.source)
    job = call.world.studio.make(asset.source)
    return _later(call, job, lambda: _kept(call, asset, _made(asset, job)))


def _thumbnail(call: Call, asset: Asset | None) -> Reply:
    if asset is None:
        raise _absent()
    job = call.world.studio.thumbnail(asset)
    name, tag = f"{PurePath(asset.filename).stem}.jpg", f"{asset.hash[:32]}-thumbnail"
    return _later(call, job, lambda: _parted(call, asset, _made(asset, job), name=name, tag=tag))


def _made(asset: Asset, job: Future[Path]) -> Path:
    try:
        return job.result()
    except Exception as problem:  # whatever a studio fails with, a client hears the same
        _log.exception("the file of %r cannot be made", asset.url)
        raise RenderUnknown(
            f"not found: the file of {asset.filename!r} cannot be made; ask again, or generate it anew"
        ) from problem


def _kept(call: Call, asset: Asset, path: Path) -> Reply:
    return _parted(call, asset, path, name=asset.filename, tag=asset.hash[:32])


def _parted(call: Call, asset: Asset, path: Path, *, name: str, tag: str) -> Reply:
    reply = _send(call, name, path, size=call.world.vault.size(path), tag=tag)
    return parted(reply, call.world.setting, partial(_owner, call, asset))


def _owner(call: Call, asset: Asset) -> tuple[str | None, str | None]:
    for session in call.world.sessions:
        if any(known is asset for known in (*session.uploads, *session.generated)):
            return session.account.uid, session.id
    return None, None


def _send(call: Call, name: str, path: Path, *, size: int, tag: str) -> Reply:
    extension = name.rpartition(".")[2].lower()
    headers = (
        ("Content-Type", TYPES.get(extension, NAMELESS)),
        ("Content-Disposition", f"inline; filename*=UTF-8''{quote(name, safe='')}"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return ranges.serve(call.head, path, size=size, headers=headers, etag=f'"{tag}"')


def _later(call: Call, job: Future[Any], resume: Callable[[], Reply]) -> Reply:
    return Reply(body=Pending(clock=call.world.setting.clock, job=job, resume=resume))


def _absent() -> RenderUnknown:
    return RenderUnknown("not found: no media has this address")
