"""Faults at the bytes of a download: the file then leaves in parts, and between them they strike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from nemovideo_fakeserver.api.pouring import Pouring
from nemovideo_fakeserver.core.faults.faults import Reached, Strike
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.setting import Setting, acts_on_replies
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Reply, Stream

BYTE = "download.byte"

Owner: TypeAlias = Callable[[], tuple[str | None, str | None]]
"""Returns the account and the session that a file belongs to, as far as anybody knows."""


def parted(reply: Reply, setting: Setting, owner: Owner) -> Reply:
    """Return a reply with a file so that faults can strike at its bytes, if any wait there now."""
    file, faults = reply.body, setting.faults
    if not isinstance(file, File) or not faults.indices(BYTE):
        return reply
    steps = Pouring(
        file,
        setting.clock,
        first=file.start + 1,
        waiting=partial(faults.indices, BYTE),
        striking=_striking(setting, *owner()),
    )
    return replace(reply, body=Stream(clock=setting.clock, steps=steps))


def _striking(
    setting: Setting, account: str | None, session: str | None
) -> Callable[[int, Side], Sequence[Strike]]:
    request = setting.request

    def strike(number: int, side: Side) -> Sequence[Strike]:
        here = Reached(
            place=f"{BYTE}[{number}]",
            side=side,
            at=setting.clock.now(),
            request=request,
            account=account,
            session=session,
        )
        return setting.faults.strike(here, only=acts_on_replies)

    return strike
