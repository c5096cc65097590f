"""The numbers that the service says no with, and the error each is. Codes: all four skills."""

from __future__ import annotations

from nemovideo_client.errors import (
    APIRefusal,
    APIStatusError,
    BadRequest,
    Conflict,
    ExportBlocked,
    FileTooLarge,
    Forbidden,
    Malformed,
    NotFound,
    OutOfCredits,
    RateLimited,
    ServerError,
    SessionNotFound,
    TokenRefused,
    UnknownCode,
    UnsupportedFile,
)

_BUSINESS = (TokenRefused, SessionNotFound, OutOfCredits, UnsupportedFile, FileTooLarge)
_HTTP = (BadRequest, ExportBlocked, Forbidden, NotFound, Conflict, Malformed, RateLimited)

CODES: dict[int, type[APIRefusal]] = {kind.code: kind for kind in _BUSINESS}
"""The business codes that documents name."""

STATUSES: dict[int, type[APIRefusal]] = {
    **{kind.code: kind for kind in _HTTP},
    **dict.fromkeys(range(500, 600), ServerError),
}
"""The statuses of HTTP that have a class."""

SENTENCES: dict[type[APIRefusal], str] = {
    TokenRefused: "The token is unknown, expired or revoked",
    SessionNotFound: "There is no such session",
    OutOfCredits: "There are not enough credits for this",
    UnsupportedFile: "The service does not take this type of file",
    FileTooLarge: "The file is too large",
    BadRequest: "The service did not accept the request",
    ExportBlocked: "The service does not allow this export",
    Forbidden: "The token may not do this",
    NotFound: "The service knows no such thing",
    Conflict: "This is in conflict with what the service has already",
    Malformed: "The service could not make sense of the request",
    RateLimited: "Too many requests",
    ServerError: "The service failed with status {status}",
    APIStatusError: "The service answered with status {status}",
    UnknownCode: "The service said no with code {code}, which no document names",
}
"""Our words for a refusal that comes without any."""
