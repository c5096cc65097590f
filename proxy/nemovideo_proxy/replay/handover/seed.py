"""What is known of an account, as a snapshot that `nemo-fakeserver serve --import` begins with.

The format is that of the fake's `docs/state.md`. What the fake has to know and no reply tells is assumed:
tokens have the scopes of an anonymous one and live for 7 days from now, and whoever had a message worked on
in a session has paid for its edits.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from nemovideo_proxy.model import Blob
from nemovideo_proxy.replay.handover.facts import Facts, Session, Upload

SCOPES = ["read", "write", "upload"]
LIFE = timedelta(days=7)
NOBODY = "anon_000000000000"
"""Who a conversation belongs to that never said."""

_MEASURES = {"seconds": "duration", "width": "width", "height": "height", "fps": "fps"}


@dataclass(frozen=True, slots=True)
class Seed:
    """A snapshot as YAML, and the content of the uploads in it by sha256."""

    text: bytes
    contents: Mapping[str, bytes | Path]

    def write(self, path: Path) -> None:
        """Write it to `path`, and the uploads to `path`.files/, where a fake looks for them."""
        path.write_bytes(self.text)
        files = path.with_name(path.name + ".files")
        files.mkdir(exist_ok=True)
        for sha256, content in self.contents.items():
            if isinstance(content, Path):
                shutil.copyfile(content, files / sha256)
            else:
                (files / sha256).write_bytes(content)


def seed_of(facts: Facts, world: str, path_of: Callable[[Blob], Path]) -> Seed:
    """Return what the world of that name begins with; `path_of` says where recorded files are."""
    snapshot = {"snapshot": 1, "worlds": [_world(facts, world)]}
    contents = (upload.content for each in facts.sessions.values() for upload in each.uploads)
    return Seed(
        text=yaml.safe_dump(snapshot, sort_keys=False, allow_unicode=True).encode(),
        contents={
            _sha256(content): path_of(content) if isinstance(content, Blob) else content
            for content in contents
            if content is not None
        },
    )


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


def _sha256(content: bytes | Blob) -> str:
    return content.sha256 if isinstance(content, Blob) else hashlib.sha256(content).hexdigest()


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
