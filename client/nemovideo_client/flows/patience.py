"""When to try again, and how long to wait before: the whole policy, and the loop that follows it.

| what happened                          | a `safe` call            | any other call                |
|----------------------------------------|--------------------------|-------------------------------|
| not a byte can have left               | again, after a back-off  | again, after a back-off       |
| the connection broke, or took too long | again, after a back-off  | never: it may have been paid  |
| 408, 5xx                               | again, after a back-off  | never: it may have been paid  |
| 429                                    | once, after the wait asked for, or 30 s (a refusal is free)  |

A wait longer than two minutes is no wait but an answer: a token limit lasts seven days.
"30 s once": all four skills, "Error Handling".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nemovideo_client.errors import (
    APIConnectionError,
    APIStatusError,
    NemoError,
    RateLimited,
    ServerError,
)
from nemovideo_client.wire.messages import Repeat
from nemovideo_client.wire.steps import Close, Flow, Sleep

T = TypeVar("T")

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
RATE_LIMIT_PAUSE = 30.0
LONGEST_WAIT = 120.0


def patiently(attempt: Callable[[], Flow[T]], repeat: Repeat, max_retries: int) -> Flow[T]:
    """Run what `attempt` makes, again and again while the policy allows."""
    retries = 0
    limited = False
    while True:
        try:
            return (yield from attempt())
        except RateLimited as error:
            wait = RATE_LIMIT_PAUSE if error.retry_after is None else error.retry_after
            if limited or wait > LONGEST_WAIT:
                raise
            limited = True
        except NemoError as error:
            if retries >= max_retries or not may_repeat(error, repeat):
                raise
            wait = backoff(retries)
            retries += 1
        yield Close()  # nothing stays open while we wait
        yield Sleep(wait)


def may_repeat(error: NemoError, repeat: Repeat) -> bool:
    """Say whether a call that ended so may be repeated."""
    if isinstance(error, APIConnectionError):
        return repeat == "safe" or not error.sent
    transient = isinstance(error, ServerError) or (
        isinstance(error, APIStatusError) and error.status == 408
    )
    return transient and repeat == "safe"


def backoff(retries: int) -> float:
    """Return the seconds to wait after so many retries: 0.5, 1, 2, ... and never more than 8."""
    pause: float = FIRST_PAUSE * 2**retries
    return min(pause, LONGEST_PAUSE)
