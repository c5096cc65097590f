"""What a fact of the journal says has changed.

Law: the journal tells of every change. A kind of fact that is not listed here changes nothing that lasts;
time, which changes all the time, is the keeper's own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from nemovideo_fakeserver.core.journal import What

Mark: TypeAlias = tuple[str, ...]
"""A noun, and the ids that lead to what it is: `("token", uid, id)`. Plurals are lists that only grow."""

WORLD: Mark = ("world",)


def _of(noun: str, *keys: str) -> Callable[[What], Mark]:
    return lambda what: (noun, *(what[key] for key in keys))


def _world(_what: What) -> Mark:
    return WORLD


_ACCOUNT = _of("account", "account")
_TOKEN = _of("token", "account", "token")
_SESSION = _of("session", "account", "session")
_RENDER = _of("render", "account", "render")
_FAULT = _of("fault", "fault")

MARKING: Mapping[str, Callable[[What], Mark]] = {
    "account.created": _ACCOUNT,
    "account.upgraded": _of("registered", "account"),
    "account.changed": _ACCOUNT,
    "account.forgotten": _of("forgotten", "account"),
    "ledger": _of("entries", "account"),
    "token.issued": _TOKEN,
    "token.revoked": _TOKEN,
    "token.expired": _TOKEN,
    "session.created": _SESSION,
    "upload.stored": _of("uploads", "account", "session"),
    "claim.issued": _of("claims", "account", "session"),
    "turn.accepted": _of("turns", "account", "session"),
    "turn.ended": _SESSION,
    "draft": _SESSION,
    "media.made": _world,
    "render.submitted": _RENDER,
    "render.polled": _RENDER,
    "render.shown": _RENDER,
    "render.cancelled": _RENDER,
    "fault": _FAULT,
    "fault.armed": _FAULT,
    "fault.spared": _FAULT,
    "fault.disarmed": _FAULT,
    "control": _world,
}
"""The mark that a fact of each kind makes."""
