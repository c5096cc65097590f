"""What the recorder needs of the cassette and of redaction, in their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from nemovideo_proxy.model import Blob, Headers, Interaction, Request, Response


class Opening(Protocol):
    """An exchange that has begun and not ended; what is said of it survives the end of the process."""

    def head(self, status: int, reason: str, version: str, headers: Headers, at: float) -> None:
        """The head of the reply came, `at` seconds into the exchange."""
        ...

    def piece(self, at: float, data: bytes) -> None:
        """Some of the reply's body came."""
        ...

    def drop(self) -> None:
        """Nothing of the exchange is to be kept."""
        ...


class Writer(Protocol):
    """Where interactions go."""

    def next_number(self) -> int:
        """Return the number of the next interaction."""
        ...

    def begin(self, number: int, at: float, request: Request) -> Opening:
        """Keep an exchange from its beginning."""
        ...

    def add(self, interaction: Interaction) -> object:
        """Write one that has ended, and forget its opening."""
        ...

    def keep(self, path: Path, suffix: str) -> Blob:
        """Take a finished, redacted file."""
        ...

    def mend(
        self, seal: Callable[[bytes], None], anew: Callable[[Interaction], Interaction]
    ) -> None:
        """Write `anew` what `seal` refuses by now."""
        ...

    def close(self) -> None:
        """Settle the file."""
        ...


class Opaque(Protocol):
    """Redacts bytes that pass, whatever they are."""

    def feed(self, data: bytes) -> bytes:
        """Return what is safe to write."""
        ...

    def finish(self) -> bytes:
        """Return the rest."""
        ...


class Live(Protocol):
    """Redacts a reply while it comes in."""

    def feed(self, at: float, data: bytes) -> Iterable[tuple[float, bytes]]:
        """Return what is safe to write now; a tail that could begin a secret is held back."""
        ...

    def finish(self) -> Iterable[tuple[float, bytes]]:
        """Return the rest."""
        ...


class Redactor(Protocol):
    """Replaces what is somebody's, and remembers it."""

    def request(self, request: Request, /) -> Request:
        """Return it as it may be written."""
        ...

    def response(self, response: Response, /) -> Response:
        """Return it as it may be written; its pieces keep their sizes."""
        ...

    def head(self, response: Response, /) -> Response:
        """Return the head of a reply as it may be written."""
        ...

    def again(self, interaction: Interaction, /) -> Interaction:
        """Return one that was redacted before without what was learned since."""
        ...

    def check(self, data: bytes, /) -> None:
        """Raise if a secret is in what is to be written."""
        ...

    def stream(self, content_type: str, /) -> Live:
        """Return what redacts a reply of that type while it comes in."""
        ...

    def opaque(self) -> Opaque:
        """Return what redacts a big body while it comes in."""
        ...
