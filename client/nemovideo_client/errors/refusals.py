"""The service said no: a class for each documented business code, and for each status of HTTP.

Codes and their remedies: all four skills, "Error Codes" / "Error Handling".
"""

from __future__ import annotations

from nemovideo_client.errors.base import NemoError


class APIRefusal(NemoError):
    """The service said no. `code` is the business code, or the HTTP status where there is none.

    A refusal is definite: the request was not carried out, and nothing was charged. The exceptions are
    408 and 5xx: there the service, or what sits before it, failed with the request in its hands.
    """

    code: int = 0

    def __init__(  # noqa: PLR0913 all but the message are keyword-only
        self,
        message: str,
        *,
        code: int | None = None,
        status: int = 200,
        next_step: str | None = None,
        endpoint: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, next_step=next_step, endpoint=endpoint, request_id=request_id)
        self.code = type(self).code if code is None else code
        self.status = status


class TokenRefused(APIRefusal):
    """1001: the token is unknown, expired or revoked."""

    code = 1001
    default_next_step = "Connect again for a new token (one lives 7 days)."


class SessionNotFound(APIRefusal):
    """1002: there is no such session."""

    code = 1002
    default_next_step = "Start a new session."


class OutOfCredits(APIRefusal):
    """2001: the price is more than the credits available.

    `link` is where an anonymous user registers without losing the project (None for a registered
    user), `top_up` is what the skill tells a registered one.
    """

    code = 2001
    default_next_step = "Top up credits in your account."
    link: str | None = None
    top_up: str | None = None


class UnsupportedFile(APIRefusal):
    """4001: not a file the service takes. `formats` are those it does."""

    code = 4001
    formats: tuple[str, ...] = (
        "mp4", "mov", "avi", "webm", "mkv",
        "jpg", "png", "gif", "webp",
        "mp3", "wav", "m4a", "aac",
    )  # fmt: skip
    default_next_step = f"Send one of: {', '.join(formats)}."


class FileTooLarge(APIRefusal):
    """4002: the file is over the upload limit (`limit` in bytes, None where no document states it)."""

    code = 4002
    default_next_step = "Compress or trim the file."
    limit: int | None = None


class UnknownCode(APIRefusal):
    """A business code that no document names."""

    default_next_step = "No document says what to do; try again later."


class APIStatusError(APIRefusal):
    """A status of HTTP that has no class of its own."""

    default_next_step = "Check that the base URL leads to NemoVideo."


class BadRequest(APIStatusError):
    """400: documented for a missing X-Client-Id."""

    code = 400
    default_next_step = "Send a client id; a UUID will do."


class ExportBlocked(APIStatusError):
    """402: the plan does not export, or attribution headers are missing. It is not about credits."""

    code = 402
    default_next_step = "Register or upgrade the plan; more credits would not help."
    unlock: str | None = None


class Forbidden(APIStatusError):
    """403: the token may not do this."""

    code = 403
    default_next_step = "Use a token with the scope this needs."


class NotFound(APIStatusError):
    """404: no such thing."""

    code = 404
    default_next_step = "Check the id, and that the base URL leads to NemoVideo."


class Conflict(APIStatusError):
    """409: the render id is taken, or the render is not finished."""

    code = 409
    default_next_step = "Take another id, or wait until the render is finished."


class Malformed(APIStatusError):
    """422: the service could not make sense of the request."""

    code = 422
    default_next_step = "Mend what it names, and send it again."


class RateLimited(APIStatusError):
    """429. `retry_after` is in seconds, None where the service does not say."""

    code = 429
    default_next_step = "Wait, then try again."
    retry_after: float | None = None


class ServerError(APIStatusError):
    """5xx: the service failed; a paid request may or may not have been carried out."""

    code = 500
    default_next_step = "Try again in a moment."
