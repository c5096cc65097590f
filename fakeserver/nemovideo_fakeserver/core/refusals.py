"""Every way the service says no.

    Refusal
    |-- TokenRefused        1001  token missing, unknown, expired, revoked, or not for the API
    |-- SessionUnknown      1002  no such session, or somebody else's
    |-- OutOfCredits        2001  the price is more than what is available
    |-- UnsupportedFile     4001  not one of the thirteen formats, or broken
    |-- FileTooLarge        4002  over the upload limit
    |-- ClientIdMissing      400  no X-Client-Id where a token is asked for
    |-- ExportBlocked        402  attribution headers missing, or the plan does not export
    |-- ScopeMissing         403  the token may not do this
    |-- RenderUnknown        404  no render of that id in this account
    |-- RenderConflict       409  the id is taken, or the render is not finished
    |-- RequestMalformed     422  the request does not say what the API needs
    `-- RateLimited          429  too many tokens; carries seconds until the next

The codes above 1000 are business codes (documented: skills, "Error codes"); the others are HTTP
statuses. `Refusal` itself is never raised.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """A documented no; `message` is for the caller, and says what to do next."""

    code: ClassVar[int]

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TokenRefused(Refusal):
    """1001."""

    code = 1001


class SessionUnknown(Refusal):
    """1002."""

    code = 1002


class OutOfCredits(Refusal):
    """2001."""

    code = 2001


class UnsupportedFile(Refusal):
    """4001."""

    code = 4001


class FileTooLarge(Refusal):
    """4002."""

    code = 4002


class ClientIdMissing(Refusal):
    """400."""

    code = 400


class ExportBlocked(Refusal):
    """402."""

    code = 402


class ScopeMissing(Refusal):
    """403."""

    code = 403


class RenderUnknown(Refusal):
    """404."""

    code = 404


class RenderConflict(Refusal):
    """409."""

    code = 409


class RequestMalformed(Refusal):
    """422."""

    code = 422


class RateLimited(Refusal):
    """429; `retry_after` is in whole seconds."""

    code = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
