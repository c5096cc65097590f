"""One chat message's events, folded: what to show now, and what it all came to.

Laws
- Shown `Text`s, joined up to each that is `done`, are the messages, each exactly once and in order.
  The one exception: a whole ADK message that its own pieces do not begin. It is shown as a message
  of its own and takes their place in the result.
- Pieces stay one message until it is told whole, or other words, a tool or an error follow, or the
  stream ends. A message without a visible character is none.
- A last message that only says that the agent "encountered a temporary issue" is dropped after a
  normal answer (vendor skills 4.4 and 1.9). So such a message is held back until words, a tool or an
  error follow it. It is known by its first sentence, and is short: so once there is an answer, the
  pieces of the next wait for the end of their first sentence, and then flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nemovideo_client.events import (
    Ending,
    Event,
    Failure,
    Heartbeat,
    Text,
    ToolCall,
    ToolResult,
    TurnResult,
)
from nemovideo_client.wire.dialects import Told, Whole, read

_NOISE = re.compile(
    "encountered a temporary issue|临时性?的?问题|暂时[^没无]{0,10}问题", re.IGNORECASE
)
_LONGEST_NOISE = 300
"""Characters; a longer message has more to say (assumed)."""
_SENTENCE_END = re.compile(r"[.!?。！？\n]")


class Turn:
    """Folds the events of one chat message that was sent at `began` (seconds, any clock)."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.last_sign = began
        """When anything but a heartbeat last came: ten minutes of heartbeats alone are a timeout."""
        self._messages: list[str] = []
        self._answered = False
        self._pieces: list[str] = []
        self._flowing = False
        self._held = ""
        self._tool_calls: list[ToolCall] = []
        self._heartbeats = 0
        self._ended: Ending = "closed"
        self._duration = 0.0

    def feed(self, data: str, at: float) -> tuple[Event, ...]:
        """Take the data of one event that came at `at`, and return what to show now."""
        told = read(data)
        if told != (Heartbeat(),):
            self.last_sign = at
        return tuple(shown for one in told for shown in self._take(one))

    def end(self, ending: Ending, at: float) -> tuple[Event, ...]:
        """End the turn, and return what is left to show: an unfinished message is as whole as it gets."""
        self._ended, self._duration = ending, at - self.began
        return tuple(self._complete())

    def result(self) -> TurnResult:
        """Return what the turn came to; ask after `end`."""
        return TurnResult(
            messages=tuple(self._messages),
            tool_calls=tuple(self._tool_calls),
            heartbeats=self._heartbeats,
            duration=self._duration,
            ended=self._ended,
        )

    def _take(self, told: Told) -> Iterator[Event]:
        match told:
            case Heartbeat():
                self._heartbeats += 1
                yield told
            case Text() | Whole():
                yield from self._release()
                yield from self._hear(told)
            case ToolCall() | ToolResult() | Failure():
                yield from self._complete()
                yield from self._release()
                if isinstance(told, ToolCall):
                    self._tool_calls.append(told)
                yield told
            case _:
                yield told

    def _hear(self, words: Text | Whole) -> Iterator[Text]:
        match words:
            case Text(text, done=False):
                yield from self._piece(text)
            case Text(text):
                yield from self._complete()
                yield from self._release()
                yield from self._complete(text)
            case Whole(text):
                said = "".join(self._pieces)
                if not text.startswith(said):
                    yield from self._abandon()
                    said = ""
                yield from self._complete(text.removeprefix(said))

    def _piece(self, text: str) -> Iterator[Text]:
        self._pieces.append(text)
        if not self._flowing:
            text = "".join(self._pieces)  # short: a long text cannot be noise, and flows
            self._flowing = not self._may_be_dropped(text)
        if self._flowing and text:
            yield Text(text, done=False)

    def _complete(self, rest: str = "") -> Iterator[Text]:
        """End the message of the pieces so far and `rest`, if that is one; hold it if it is noise."""
        text, flowing = "".join(self._pieces) + rest, self._flowing
        self._pieces, self._flowing = [], False
        if flowing:
            yield self._answer(text, shown=rest)
        elif self._answered and _is_noise(text):
            self._held = text
        elif text.strip():
            yield self._answer(text, shown=text)

    def _abandon(self) -> Iterator[Text]:
        """Forget pieces that turned out not to be the message; end them for those who saw them."""
        if self._flowing:
            yield Text("")
        self._pieces, self._flowing = [], False

    def _release(self) -> Iterator[Text]:
        """Show a held message after all: it was not the last."""
        if self._held:
            yield self._answer(self._held, shown=self._held)
            self._held = ""

    def _answer(self, text: str, *, shown: str) -> Text:
        self._messages.append(text)
        self._answered = self._answered or not _is_noise(text)
        return Text(shown)

    def _may_be_dropped(self, text: str) -> bool:
        """Say whether a message that begins so may come to nothing, or to noise after an answer."""
        return not text.strip() or (self._answered and (_is_noise(text) or _is_opening(text)))


def _is_noise(text: str) -> bool:
    sentence = _SENTENCE_END.split(text.lstrip(), maxsplit=1)[0]
    return len(text) <= _LONGEST_NOISE and _NOISE.search(sentence) is not None


def _is_opening(text: str) -> bool:
    """Say whether the first sentence may still go on, and turn out to be noise."""
    return len(text) <= _LONGEST_NOISE and not _SENTENCE_END.search(text.lstrip())
