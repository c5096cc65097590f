"""The ADK dialect: the same path and body are those of Google's Agent Development Kit server.

*Inference*, which no NemoVideo document confirms: the raw wire may be that server's events. Shapes and
key order follow what google-adk 2.13 writes: an utterance comes as partial events and once more
whole; a tool's answer has the role `user` and carries the state it changed. A heartbeat is always an
empty `data:` line, for a typed one is no ADK event.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from nemovideo_fakeserver.api.dialects.dialect import Frame, Frames
from nemovideo_fakeserver.core import draft as drafts
from nemovideo_fakeserver.core.chance import Chance
from nemovideo_fakeserver.core.plan import Call, Edit, Result, Say, Trouble
from nemovideo_fakeserver.core.setting import Setting
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Turn
from nemovideo_fakeserver.wire import sse

AUTHOR = "nemo_agent"


def frames(turn: Turn, setting: Setting) -> Frames:
    """Tell a turn in ADK events; the stream ends without a closing event."""
    return _Speaker(turn, setting.chance.at(turn.id, "adk")).frames


class _Speaker:
    """Counts events and calls, and follows the draft, while a turn is told."""

    def __init__(self, turn: Turn, chance: Chance) -> None:
        self._chance = chance
        self._events = 0
        self._calls = 0
        self._draft = turn.before
        self._edits = deque(
            (f.at, f.what.operation) for f in turn.facts if isinstance(f.what, Edit)
        )

    def frames(self, fact: Fact) -> Iterator[Frame]:
        at = fact.at
        match fact.what:
            case Say(text):
                for piece in _pieces(text):
                    yield Frame("text", self._event(at, {"text": piece}, partial=True))
                yield Frame("text", self._event(at, {"text": text}))
            case Call(name, args):
                self._calls += 1
                call = {"id": self._call_id(), "args": args, "name": name}
                yield Frame("tool_call", self._event(at, {"functionCall": call}))
            case Result(name, result):
                answer = {"id": self._call_id(), "name": name, "response": result}
                part, delta = {"functionResponse": answer}, self._changes(at)
                yield Frame("tool_result", self._event(at, part, role="user", delta=delta))
            case Trouble(text):
                yield Frame("error", _error(at, text))
            case Heartbeat():
                yield Frame("heartbeat", sse.EMPTY)

    def _call_id(self) -> str:
        return f"call-{self._calls}"

    def _changes(self, at: float) -> dict[str, Any]:
        """Return the draft as it is at this moment, if it was edited since it was last told."""
        before = self._draft
        while self._edits and self._edits[0][0] <= at:
            _, operation = self._edits.popleft()
            self._draft = drafts.apply(self._draft, operation)
        return {} if self._draft is before else {"draft": self._draft}

    def _event(
        self,
        at: float,
        part: Mapping[str, Any],
        *,
        role: str = "model",
        partial: bool = False,
        delta: Mapping[str, Any] | None = None,
    ) -> bytes:
        self._events += 1
        actions = {
            "stateDelta": delta or {},
            "artifactDelta": {},
            "requestedAuthConfigs": {},
            "requestedToolConfirmations": {},
        }
        return sse.event(
            {
                "content": {"parts": [part], "role": role},
                **({"partial": True} if partial else {}),
                "invocationId": "e-" + self._chance.uuid("invocation"),
                "author": AUTHOR,
                "actions": actions,
                "nodeInfo": {"path": ""},
                "id": self._chance.uuid("event", self._events),
                "timestamp": at,
            }
        )


def _error(at: float, text: str) -> bytes:
    """Return what google-adk 2.13 ends a stream with when its agent raises."""
    details = {"error_type": "RuntimeError", "error_message": text, "timestamp": at}
    return sse.event({"error": f"RuntimeError: {text}", "error_details": details})


def _pieces(text: str) -> tuple[str, ...]:
    """Cut an utterance in two, as a model's output arrives; a single character stays whole."""
    half = len(text) // 2
    return (text[:half], text[half:]) if half else (text,)
