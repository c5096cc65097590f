"""Everything that can go wrong, in one tree.

    NemoError
    |-- UsageError                    the caller's to mend, here
    |   |-- NothingToExport           the draft has no segment yet
    |   |-- StreamConsumed            a stream is read once
    |   `-- SkillUnreadable           the SKILL.md does not say what a skill must say
    |-- APIConnectionError            no whole answer came; `sent`: the request may have arrived
    |   `-- APITimeoutError           it took longer than we wait
    |-- APIResponseError              an answer that no document describes
    |-- APIRefusal                    the service said no; nothing was charged
    |   |-- TokenRefused        1001
    |   |-- SessionNotFound     1002
    |   |-- OutOfCredits        2001  `link` to register, or `top_up`
    |   |-- UnsupportedFile     4001  `formats`
    |   |-- FileTooLarge        4002  `limit` in bytes, where the skill states one
    |   |-- UnknownCode               any other business code
    |   `-- APIStatusError            a status of HTTP
    |       |-- BadRequest       400
    |       |-- ExportBlocked    402  `unlock`: what opens it; never about credits
    |       |-- Forbidden        403
    |       |-- NotFound         404
    |       |-- Conflict         409
    |       |-- Malformed        422
    |       |-- RateLimited      429  `retry_after` in seconds
    |       `-- ServerError      5xx
    |-- TurnError                     a chat message that came to nothing; `turn` is what was seen
    |   |-- TurnFailed                the stream told of an error
    |   `-- TurnLost                  what became of it cannot be seen: the state never changed
    `-- RenderError                   an export that came to nothing; `render_id` resumes or tells which
        |-- RenderFailed
        |-- RenderCancelled
        |-- RenderTimeout             still running after the last poll; resume by `render_id`
        |-- RenderStatusUnknown       a status that no document names
        `-- DownloadFailed            the film exists, but did not arrive whole

`NemoError`, `APIRefusal`, `TurnError` and `RenderError` are for catching, and never raised themselves.
`str(error)` is a sentence for people: what happened, then what to do. It holds no token, no client id and
no raw JSON.
"""

from nemovideo_client.errors.base import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    NemoError,
    NothingToExport,
    SkillUnreadable,
    StreamConsumed,
    UsageError,
)
from nemovideo_client.errors.outcomes import (
    DownloadFailed,
    RenderCancelled,
    RenderError,
    RenderFailed,
    RenderStatusUnknown,
    RenderTimeout,
    TurnError,
    TurnFailed,
    TurnLost,
)
from nemovideo_client.errors.refusals import (
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

__all__ = [
    "APIConnectionError",
    "APIRefusal",
    "APIResponseError",
    "APIStatusError",
    "APITimeoutError",
    "BadRequest",
    "Conflict",
    "DownloadFailed",
    "ExportBlocked",
    "FileTooLarge",
    "Forbidden",
    "Malformed",
    "NemoError",
    "NotFound",
    "NothingToExport",
    "OutOfCredits",
    "RateLimited",
    "RenderCancelled",
    "RenderError",
    "RenderFailed",
    "RenderStatusUnknown",
    "RenderTimeout",
    "ServerError",
    "SessionNotFound",
    "SkillUnreadable",
    "StreamConsumed",
    "TokenRefused",
    "TurnError",
    "TurnFailed",
    "TurnLost",
    "UnknownCode",
    "UnsupportedFile",
    "UsageError",
]
