"""The typed dialect, as the vendor's reference prints it (public skill page 52127510908)."""

from __future__ import annotations

from nemovideo_fakeserver.api.dialects import heartbeats
from nemovideo_fakeserver.core.plan import Call, Result, Say
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Happening, Heartbeat, Turn
from nemovideo_fakeserver.wire import sse
from nemovideo_fakeserver.wire.steps import Send, Steps, Until


def tell(turn: Turn, setting: Setting) -> Steps:
    """Tell a turn: one event per utterance, tool call, tool result and heartbeat; then the stream ends."""
    kind = setting.variants.heartbeat_kind
    for fact in turn.facts:
        yield Until(fact.at)
        data = _frame(fact.what, kind)
        if data:
            yield Send(data)


def _frame(what: Happening, heartbeat_kind: str) -> bytes:
    match what:
        case Say(text):
            return sse.event({"type": "text", "content": text})
        case Call(name, args):
            return sse.event({"type": "tool_call", "name": name, "args": args})
        case Result(name, result):
            return sse.event({"type": "tool_result", "name": name, "result": result})
        case Heartbeat():
            return heartbeats.frame(what, heartbeat_kind)
    return b""
