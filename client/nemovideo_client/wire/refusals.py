"""What the service's no means: which error it is, in which words, and what comes with it.

No document shows a whole error body. What is read here is what the vendor's own client accepts
(61534265030), what FastAPI writes (`detail`), and what Google's agent server says of a session it does
not know. The HTTP status of a business code is nowhere stated, so the body decides before the status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

from nemovideo_client.errors import (
    APIRefusal,
    APIStatusError,
    BadRequest,
    OutOfCredits,
    RateLimited,
    SessionNotFound,
    TokenRefused,
    UnknownCode,
)
from nemovideo_client.models import Json
from nemovideo_client.wire.codes import CODES, SENTENCES, STATUSES
from nemovideo_client.wire.hush import hush, tidy
from nemovideo_client.wire.messages import Answer, Call

TOKEN_WORDS = (
    "invalid authentication token",
    "invalid token",
    "invalid or expired",
    "missing authentication token",
    "token not found",
    "token has been revoked",
    "token has expired",
)
"""How the service says 1001 in words (61387515119); upper and lower case are the same."""

_WORDED = ("message", "error", "detail", "reason")
_LINK = re.compile(
    r"https?://[\w.:/~-]{1,200}/register\?([\w~%=+-]{1,99}&){0,9}bind=[\w.~%-]{0,99}[\w~%-](&[\w~%=+-]{1,99}){0,9}",
    re.ASCII,
)
_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]+)?")


def said_no(answer: Answer, body: Json) -> bool:
    """Say whether an answer is a refusal: by its status, its code, or `success`."""
    return (
        not 200 <= answer.status < 300
        or body.get("code") not in (None, 0, "0")
        or body.get("success") is False
    )


def refusal(answer: Answer, body: Json, call: Call[Any], secrets: Iterable[str] = ()) -> APIRefusal:
    """Return the error for a refusal; `body` is `{}` where there was no JSON object."""
    body = body | (body["detail"] if isinstance(body.get("detail"), dict) else {})
    said, words = _code(body), _words(body)
    kind = _kind(said, words, answer.status, call)
    plain = issubclass(kind, APIStatusError | UnknownCode)
    code = said or (answer.status if plain else kind.code)
    ours = SENTENCES[kind].format(status=answer.status, code=code)
    error = kind(
        tidy(words, secrets) or ours,
        code=code,
        status=answer.status,
        endpoint=call.endpoint,
        request_id=answer.request_id,
    )
    _complete(error, answer, body, call, tuple(secrets))
    return error


def _kind(said: int, words: str, status: int, call: Call[Any]) -> type[APIRefusal]:
    if said in CODES:
        return CODES[said]
    if _no_token(words, status, call):
        return TokenRefused
    if _no_session(words, status, call):
        return SessionNotFound
    by_number = STATUSES.get(said) or STATUSES.get(status)
    return by_number or (UnknownCode if 200 <= status < 300 else APIStatusError)


def _no_token(words: str, status: int, call: Call[Any]) -> bool:
    """Say whether this is 1001 in other words; 401 is, for every call that sends a token."""
    spoken = words.lower()
    worded = status in (200, 401, 403) and any(text in spoken for text in TOKEN_WORDS)
    return worded or (status == 401 and call.authorized)


def _no_session(words: str, status: int, call: Call[Any]) -> bool:
    """Say whether this is 1002 as Google's agent server says it (google-adk 2.13)."""
    return (
        status == 404
        and call.endpoint == "POST /run_sse"
        and words.lower().startswith("session not found")
    )


def _code(body: Json) -> int:
    """Return the body's code, 0 where it has none that is a number."""
    code = body.get("code")
    if isinstance(code, str) and re.fullmatch(r"[0-9]{1,9}", code):
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else 0


def _words(body: Json) -> str:
    """Return what the service says, "" where it says nothing that people could read."""
    told = (_worded(body.get(name)) for name in _WORDED)
    # A body or a page inside a message is no sentence.
    return next((words for words in told if words and words[0] not in "{[<"), "")


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("message")
    if isinstance(value, list):
        value = "; ".join(filter(None, map(_complaint, value)))
    return value.strip() if isinstance(value, str) else ""


def _complaint(entry: Any) -> str:
    """Return one complaint of FastAPI's as `field: what is wrong`; its `input` is left out."""
    if not isinstance(entry, dict) or not isinstance(entry.get("msg"), str):
        return ""
    where = entry.get("loc")
    names = [part for part in where if isinstance(part, str)] if isinstance(where, list) else []
    return ": ".join([*names[-1:], entry["msg"]])


def _complete(
    error: APIRefusal, answer: Answer, body: Json, call: Call[Any], secrets: Sequence[str]
) -> None:
    match error:
        case OutOfCredits():
            error.link = _link(body, secrets)
        case RateLimited():
            error.retry_after = _retry_after(answer)
        case BadRequest() if call.authorized:
            # The documented remedy is for the one call without a token.
            error.next_step = ""
        case _:
            pass


def _link(body: Json, secrets: Sequence[str]) -> str | None:
    """Return the address to register at, from the message or from beside it; never one with a secret."""
    data = body.get("data")
    values = [*body.values(), *(data.values() if isinstance(data, dict) else [data])]
    found = (_LINK.search(value) for value in values if isinstance(value, str))
    links = [link.group() for link in found if link]
    return next((link for link in links if hush(link, secrets) == link), None)


def _retry_after(answer: Answer) -> float | None:
    """Return the seconds to wait; a date counts from the answer's own."""
    said = (answer.header("retry-after") or "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    try:
        then, now = parsedate_to_datetime(said), parsedate_to_datetime(answer.header("date") or "")
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
