"""The flat dialect: nothing but words, as `{"text": ...}`.

A third-party client reads these and passes everything else over (public skill page 55942617650). No
document shows such a stream, so the rest is assumed: tools stay unsaid, a heartbeat is an empty `data:`
line, an error is `{"error": ...}`, and since events are only pieces of text here, every utterance after
the first begins a new line.
"""

from __future__ import annotations

from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core.plan import Say, Trouble
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Turn
from nemovideo_fakeserver.wire import sse


def frames(_turn: Turn, _setting: Setting) -> Frames:
    """Tell what is said in a turn; the stream ends without a closing event."""
    begun = False

    def tell(fact: Fact) -> tuple[Frame, ...]:
        nonlocal begun
        match fact.what:
            case Say(text):
                told, begun = f"\n{text}" if begun else text, True
                return (Frame("text", sse.event({"text": told})),)
            case Trouble(text):
                return (Frame("error", sse.event({"error": text})),)
            case Heartbeat():
                return (Frame("heartbeat", sse.EMPTY),)
        return ()

    return tell
