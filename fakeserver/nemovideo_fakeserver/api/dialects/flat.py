"""The flat dialect: nothing but words, as `{"text": ...}`.

A third-party client reads these and passes everything else over (public skill page 55942617650). No
document shows such a stream, so the rest is assumed: tools stay unsaid, a heartbeat is an empty `data:`
line, and since events are only pieces of text here, every utterance after the first begins a new line.
"""

from __future__ import annotations

from nemovideo_fakeserver.core.plan import Say
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Heartbeat, Turn
from nemovideo_fakeserver.wire import sse
from nemovideo_fakeserver.wire.steps import Send, Steps, Until


def tell(turn: Turn, setting: Setting) -> Steps:  # noqa: ARG001 as all dialects are called
    """Tell what is said in a turn; the stream ends without a closing event."""
    begun = False
    for fact in turn.facts:
        yield Until(fact.at)
        match fact.what:
            case Say(text):
                yield Send(sse.event({"text": f"\n{text}" if begun else text}))
                begun = True
            case Heartbeat():
                yield Send(sse.EMPTY)
