"""What is known of an account, as a snapshot that `nemo-fakeserver serve --import` begins with.

The format is that of the fake's `docs/state.md`. What the fake has to know and no reply tells is assumed:
tokens have the scopes of an anonymous one and live for 7 days from now, and whoever had a message worked on
in a session has paid for its edits.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from nemovideo_proxy.handover.facts import Facts, Session, Upload
from nemovideo_proxy.model import Blob

SCOPES = ["read", "write", "upload"]
LIFE = timedelta(days=7)
NOBODY = "anon_000000000000"
"""Who a conversation belongs to that never said."""

_MEASURES = {"seconds": "duration", "width": "width", "height": "height", "fps": "fps"}


def write_seed(facts: Facts, path: Path, *, world: str, path_of: Callable[[Blob], Path]) -> None:
    """Write the snapshot of `facts` to `path`, as the world of that name, and uploads to `path`.files/."""
    files = path.with_name(path.name + ".files")
    snapshot = {"snapshot": 1, "worlds": [_world(facts, world)]}
    path.write_text(yaml.safe_dump(snapshot, sort_keys=False, allow_unicode=True))
    for session in facts.sessions.values():
        for upload in session.uploads:
            _copy(upload, files, path_of)


def _world(facts: Facts, name: str) -> dict[str, Any]:
    now = _instant(facts.now)
    account = {
        "uid": facts.user or NOBODY,
        "client": facts.client,
        "tokens": [_token(token, n, facts.now) for n, token in enumerate(facts.tokens, 1)],
        "ledger": [
            {"at": now, "kind": "grant", "amount": facts.credits or 0, "reference": "recording"}
        ],
        "sessions": [_session(session, now) for session in facts.sessions.values()],
    }
    variants = {"sse_dialect": facts.dialect} if facts.dialect else {}
    return {"name": name, "time": now, "variants": variants, "accounts": [account]}


def _token(value: str, number: int, now: datetime) -> dict[str, Any]:
    return {
        "value": value,
        "id": f"tok_{number:012x}",
        "name": "recording",
        "scopes": SCOPES,
        "created_at": _instant(now),
        "expires_at": _instant(now + LIFE),
    }


def _session(session: Session, now: str) -> dict[str, Any]:
    return {
        "id": session.id,
        "task_id": session.task_id or f"task_{session.id}",
        "task_name": session.task_name,
        "language": session.language,
        "created_at": now,
        "edit_paid": session.worked,
        "draft": session.draft,
        "uploads": [_asset(upload) for upload in session.uploads],
    }


def _asset(upload: Upload) -> dict[str, Any]:
    told = upload.told
    measures = {name: told[key] for name, key in _MEASURES.items() if told.get(key)}
    content = upload.content
    kept = {"hash": _sha256(content)} if content is not None else _made(str(told.get("filename")))
    return {
        "kind": told.get("file_type", "video"),
        "filename": told.get("filename", "upload"),
        "url": told["cdn_url"],
        **measures,
        **kept,
    }


def _made(name: str) -> dict[str, Any]:
    """Let the fake make up a file whose content the recording does not have."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return {"hash": digest, "made": {"label": name, "seed": int(digest[:8], 16)}}


def _copy(upload: Upload, files: Path, path_of: Callable[[Blob], Path]) -> None:
    content = upload.content
    if content is None:
        return
    files.mkdir(exist_ok=True)
    target = files / _sha256(content)
    if isinstance(content, Blob):
        shutil.copyfile(path_of(content), target)
    else:
        target.write_bytes(content)


def _sha256(content: bytes | Blob) -> str:
    return content.sha256 if isinstance(content, Blob) else hashlib.sha256(content).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
