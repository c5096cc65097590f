"""The typed dialect, as the vendor's reference prints it (public skill page 52127510908).

No document shows an error event; `{"type":"error"}` is assumed.
"""

from __future__ import annotations

from nemovideo_fakeserver.api.dialects import heartbeats
from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.plan import Call, Result, Say, Trouble
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Turn
from nemovideo_fakeserver.wire import sse


def frames(_turn: Turn, setting: Setting) -> Frames:
    """Tell a turn: one event per utterance, tool call, tool result and heartbeat; then the stream ends."""
    kind = setting.variants.heartbeat_kind

    def tell(fact: Fact) -> tuple[Frame, ...]:
        match fact.what:
            case Say(text):
                return (Frame("text", sse.event({"type": "text", "content": text})),)
            case Call(name, args):
                told = {"type": "tool_call", "name": name, "args": args}
                return (Frame("tool_call", sse.event(told)),)
            case Result(name, result):
                told = {"type": "tool_result", "name": name, "result": result}
                return (Frame("tool_result", sse.event(told)),)
            case Trouble(text):
                return (Frame("error", sse.event({"type": "error", "content": text})),)
            case Heartbeat():
                return (Frame("heartbeat", heartbeats.frame(fact.what, kind)),)
        return ()

    return tell
