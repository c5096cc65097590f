"""What a user does: one act is a method of a `Player`, and a line of text.

Law: an act is plain data, and its line is YAML, so that a session can be written down, changed by hand,
and played again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

ACTS: Mapping[str, str] = {
    "token": "",
    "session": "",
    "upload": "file",
    "say": "message",
    "leave": "message",
    "wait": "seconds",
    "credits": "",
    "state": "",
    "order": "",
    "poll": "",
    "cancel": "",
    "download": "",
    "export": "",
    "resume": "",
}
"""All acts, and what each is told beside its name."""


class Player(Protocol):
    """Whoever can do the acts of a session; one that never does some of them need not have them."""

    def token(self) -> Any:
        """Get a token."""

    def session(self) -> Any:
        """Open a session, which later acts are in."""

    def upload(self, file: str) -> Any:
        """Upload a file, or let the service fetch a URL."""

    def say(self, message: str) -> Any:
        """Send a message, and read what comes of it to the end."""

    def leave(self, message: str) -> Any:
        """Send a message, and go away with the first event."""

    def wait(self, seconds: float) -> Any:
        """Let time pass."""

    def credits(self) -> Any:
        """Ask for the balance."""

    def state(self) -> Any:
        """Ask for the state of the session."""

    def order(self) -> Any:
        """Order a film of the draft as it is."""

    def poll(self) -> Any:
        """Ask how the film that was ordered stands."""

    def cancel(self) -> Any:
        """Call off the film that was ordered."""

    def download(self) -> Any:
        """Fetch the film that was ordered."""

    def export(self) -> Any:
        """Order a film, poll until it is there, and fetch it."""

    def resume(self) -> Any:
        """Begin anew as another process would that knows no more than token and session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: its name, what it is told, and further notes that nobody who plays it sees."""

    name: str
    told: str | float | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name not in ACTS:
            raise ValueError(f"no act is called {self.name!r}; there are: {', '.join(ACTS)}")
        if bool(ACTS[self.name]) is not (self.told is not None):
            wants = ACTS[self.name] or "nothing more"
            raise ValueError(f"the act {self.name} is told {wants}, not {self.told!r}")

    def play(self, client: Any) -> Any:
        """Let a player do it; raises AttributeError for one that cannot."""
        doing = getattr(client, self.name, None)
        if doing is None:
            raise AttributeError(
                f"{type(client).__name__} has no method {self.name}: give it one, or leave the act"
                f" out (`sessions(acts=...)`)"
            )
        return doing() if self.told is None else doing(self.told)

    def line(self) -> str:
        """Return the act as one line of YAML."""
        told = "" if self.told is None else f": {_written(self.told)}"
        if not self.notes:
            return f"{self.name}{told}"
        notes = "".join(f", {key}: {_written(value)}" for key, value in self.notes.items())
        return f"{{{self.name}{told}{notes}}}" if told else f"{{{self.name}: null{notes}}}"


def _written(value: Any) -> str:
    """JSON is YAML where it is escaped as far as YAML wants, and every line break is."""
    return json.dumps(value, ensure_ascii=False).translate(_UNPRINTED)


_UNPRINTED = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, *range(0xFFFE, 0x10000))
}


def read(data: Any) -> Act:
    """Return the act that a line of YAML says, once it is parsed; raises ValueError."""
    if isinstance(data, str):
        return Act(name=data)
    if not isinstance(data, Mapping) or not data:
        raise ValueError(f"an act is a name, or a name and what it is told, not {data!r}")
    (name, told), *notes = data.items()
    return Act(name=str(name), told=told, notes=dict(notes))
