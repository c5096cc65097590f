"""Opening a session, and reading its state."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import success
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.wire.messages import Reply


def create(call: Call) -> Reply:
    """Open a session; `language` may be a tag, empty, null or absent.

    The user id is printed up to 4.4 and no more from 1.0 on: "get <id> from create-session or state".
    """
    call.check_user(call.params["user"])
    body = call.json()
    name = fields.text(body, "task_name")
    language = fields.optional_text(body, "language", limit=35)
    session = call.world.sessions.create(call.account, name, language)
    told = {"task_id": session.task_id, "session_id": session.id}
    if not call.world.setting.variants.legacy_min_bodies:
        told["user_id"] = call.account.user_id
    return success(told)


def state(call: Call) -> Reply:
    """Show the session as it is at this moment."""
    session = call.session()
    return success(
        {
            "session_id": session.id,
            "task_id": session.task_id,
            "task_name": session.task_name,
            "user_id": session.account.user_id,
            "state": {
                "draft": session.draft,
                "video_infos": [_listed(asset) for asset in session.uploads],
                "canvas_config": _canvas(session),
                "video_analyses": {
                    a.hash: _analysis(a) for a in session.uploads if a.kind == "video"
                },
                "generated_media": [_listed(asset) for asset in session.generated],
            },
        }
    )


def described(asset: Asset) -> dict[str, Any]:
    """Return an asset as the upload reply is documented to show it; the state repeats it (assumed)."""
    return {
        "filename": asset.filename,
        "file_type": asset.kind,
        "cdn_url": asset.url,
        "duration": round(asset.seconds, 3),
        "width": asset.width,
        "height": asset.height,
        "fps": round(asset.fps, 3),
        "hash": asset.hash,
    }


def _listed(asset: Asset) -> dict[str, Any]:
    """Return an asset as the state shows it, with the address of a small picture (assumed)."""
    return described(asset) | {"thumbnail_url": f"{asset.url}/thumbnail.jpg"}


def _canvas(session: Session) -> dict[str, Any]:
    width, height = session.canvas
    return {"width": width, "height": height, "aspect_ratio": aspect_ratio(width, height)}


def aspect_ratio(width: int, height: int) -> str:
    """Return `16:9` and the like: the nearest of the common ratios."""
    common = ((16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (4, 5), (21, 9))
    across, down = min(common, key=lambda ratio: abs(ratio[0] / ratio[1] - width / height))
    return f"{across}:{down}"


def _analysis(asset: Asset) -> dict[str, Any]:
    shape = "portrait" if asset.height > asset.width else "landscape"
    return {
        "filename": asset.filename,
        "duration": round(asset.seconds, 3),
        "summary": f"{shape} clip of {asset.seconds:.1f} seconds",
        "scenes": [{"start": 0.0, "end": round(asset.seconds, 3)}],
    }
