"""What every error has, and those that are about the caller or the connection."""

from __future__ import annotations

from typing import ClassVar


class NemoError(Exception):
    """Anything this package raises.

    `next_step` says what to do about it, `endpoint` which call it was (`POST /run_sse`; None where
    there was none), `request_id` what the service calls the request, where it says so.
    """

    default_next_step: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        next_step: str | None = None,
        endpoint: str | None = None,
        request_id: str | None = None,
    ) -> None:
        self.message = message
        self.next_step = self.default_next_step if next_step is None else next_step
        self.endpoint = endpoint
        self.request_id = request_id
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes, whatever the constructor asks for."""
        return _remade, (type(self), self.args), vars(self)

    @property
    def sentence(self) -> str:
        """What happened, then what to do: for people, who need not know of endpoints."""
        return _followed(self.message, self.next_step)

    def __str__(self) -> str:
        """The same for programmers: with the endpoint."""
        what = f"{self.message.rstrip('.')} ({self.endpoint})" if self.endpoint else self.message
        return _followed(what, self.next_step)


def _remade(kind: type[NemoError], args: tuple[object, ...]) -> NemoError:
    return kind.__new__(kind, *args)


def _followed(what: str, next_step: str) -> str:
    """Return one sentence after the other."""
    if not next_step:
        return what
    return f"{what}{'' if what.endswith(('.', '!', '。')) else '.'} {next_step}"


class UsageError(NemoError):
    """The caller's to mend, on this machine."""


class NothingToExport(UsageError):
    """The draft has no track with a segment in it."""

    default_next_step = "Generate or upload something first."


class StreamConsumed(UsageError):
    """The stream was read already, or is closed."""

    default_next_step = "Start another one, or read its `result`."


class SkillUnreadable(UsageError):
    """A SKILL.md without the front matter that attribution is read from."""


class APIConnectionError(NemoError):
    """No whole answer came. `sent` is False only when not a byte of the request can have left."""

    default_next_step = "Check the network and the base URL."

    def __init__(
        self,
        message: str,
        *,
        sent: bool,
        next_step: str | None = None,
        endpoint: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, next_step=next_step, endpoint=endpoint, request_id=request_id)
        self.sent = sent


class APITimeoutError(APIConnectionError):
    """It took longer than we wait."""

    default_next_step = "Try again, or allow more time."


class APIResponseError(NemoError):
    """An answer that no document describes."""

    default_next_step = "Check that the base URL leads to NemoVideo."
