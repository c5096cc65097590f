"""Kinds of change that many mutants are: of what a reply says, of a refusal, of a render, of the events of a stream."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from mutants.surgery import Surgery
from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.refusals import Refusal
from nemovideo_fakeserver.core.render import Render, View
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Turn
from nemovideo_fakeserver.wire import sse
from nemovideo_fakeserver.wire.messages import Reply

Event: TypeAlias = dict[str, Any]
"""An event of a stream; an empty one is an empty `data:` line."""


def told(cut: Surgery, module: str, key: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the `data` that a module of `api` replies with, where it has a key."""

    def around(success: Callable[[Any], Reply], data: Any) -> Reply:
        data = copy.deepcopy(data)
        if key in data:
            change(data)
        return success(data)

    cut.wrap(f"api.{module}.success", around)


def refused(cut: Surgery, code: int | None, change: Callable[[Reply], Reply]) -> None:
    """Change the reply to refusals with a code, or to all of them."""

    def around(refused_: Callable[..., Reply], refusal: Refusal, *more: Any) -> Reply:
        reply = refused_(refusal, *more)
        return change(reply) if code in (None, refusal.code) else reply

    cut.wrap("api.visit.refused", around)


def rewritten(reply: Reply, change: Callable[[dict[str, Any]], object]) -> Reply:
    """Return a reply with its JSON changed."""
    assert isinstance(reply.body, bytes)
    body = json.loads(reply.body)
    change(body)
    return replace(reply, body=json.dumps(body, separators=(",", ":")).encode())


def headless(reply: Reply, name: str) -> Reply:
    """Return a reply without a header."""
    return replace(reply, headers=tuple(h for h in reply.headers if h[0].lower() != name.lower()))


def issued(
    cut: Surgery, change: Callable[[tuple[str, ...], float | None], tuple[Any, float | None]]
) -> None:
    """Change scopes and lifetime, in seconds, of the anonymous tokens that are issued."""

    def around(issue: Any, self: Accounts, account: Account, *said: Any, **more: Any) -> Any:
        name, scopes, seconds = said
        if name == "anonymous":
            scopes, seconds = change(scopes, seconds)
        return issue(self, account, name, scopes, seconds, **more)

    cut.wrap("core.accounts.Accounts._issue", around)


def renamed(of: dict[str, Any], old: str, new: str) -> None:
    """Give a key another name, where there is that key."""
    if old in of:
        of[new] = of.pop(old)


def shown(cut: Surgery, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a reply shows of a render."""

    def around(original: Any, render: Render, seen: View, shape: str) -> dict[str, Any]:
        told: dict[str, Any] = original(render, seen, shape)
        change(told)
        return told

    cut.wrap("api.renders.shown", around)


def view(cut: Surgery, change: Callable[[Render, View], View]) -> None:
    """Change how a render stands."""

    def around(original: Any, render: Render, now: float) -> View:
        return change(render, original(render, now))

    cut.wrap("core.renders.view", around)


def dialect(cut: Surgery, around: Callable[[Frames, Fact, Turn], Iterable[Frame]]) -> None:
    """Let each fact of a turn be told otherwise, in the typed dialect."""
    typed = cut.value("api.dialects.DIALECTS")["typed"]

    def instead(turn: Turn, setting: Setting) -> Frames:
        tell = typed(turn, setting)
        return lambda fact: around(tell, fact, turn)

    cut.item("api.dialects.DIALECTS", "typed", instead)


def events(cut: Surgery, change: Callable[[Event], Iterable[Event]]) -> None:
    """Let each event of a stream become none, others, or several, in the typed dialect."""

    def around(tell: Frames, fact: Fact, _turn: Turn) -> Iterator[Frame]:
        for frame in tell(fact):
            data = frame.data.removeprefix(b"data:").strip()
            for event in change(json.loads(data) if data else {}):
                yield frame._replace(data=sse.event(event) if event else sse.EMPTY)

    dialect(cut, around)
