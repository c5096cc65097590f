"""What goes on at NemoVideo when a command is left: seen from the requests that it made."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from nemovideo_client.cli.sentences import MAY_BE_PAID, RENDER_GOES_ON
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import Flow, Open, Send, Step

T = TypeVar("T")


class Underway:
    """Sees what a flow asks for. `look` is the command that shows what became of a message."""

    def __init__(self, look: str = "nemo-client state", render_id: str | None = None) -> None:
        self.render_id = render_id
        self._look = look
        self._said = False

    def see(self, step: Step) -> None:
        """Note a message that is sent, or a film that is ordered (it alone sends a draft)."""
        match step:
            case Open(Request(method="POST")):
                self._said, self.render_id = True, None
            case Send(Request(method="POST", json={"id": str(render_id), "draft": _})):
                self.render_id = render_id

    @property
    def sentence(self) -> str:
        """What somebody who leaves now should know; empty when nothing goes on."""
        if self.render_id is not None:
            return RENDER_GOES_ON.format(render_id=self.render_id)
        return MAY_BE_PAID.format(look=self._look) if self._said else ""


class Watched(Generator[Step, Any, T]):
    """A flow; `see` is told each step before it is taken."""

    def __init__(self, flow: Flow[T], see: Callable[[Step], None]) -> None:
        self._flow = flow
        self._see = see

    def send(self, answer: Any) -> Step:
        """Answer the last step, and return the next."""
        return self._seen(self._flow.send(answer))

    def throw(self, *failure: Any) -> Step:
        """Let the last step fail, and return the next."""
        return self._seen(self._flow.throw(*failure))

    def close(self) -> None:
        """Leave the flow where it stands."""
        self._flow.close()

    def _seen(self, step: Step) -> Step:
        self._see(step)
        return step
