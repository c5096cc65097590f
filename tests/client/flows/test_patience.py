"""The table in `flows.patience`, row by row."""

from __future__ import annotations

import pytest

from nemovideo_client.errors import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    BadRequest,
    Conflict,
    NemoError,
    OutOfCredits,
    RateLimited,
    ServerError,
    TokenRefused,
)
from nemovideo_client.flows.patience import backoff, patiently
from nemovideo_client.wire.messages import Repeat
from nemovideo_client.wire.steps import Close, Flow, Sleep
from support.playbook import Played, Service, broken, play


def limited(seconds: float | None) -> RateLimited:
    """A 429 that asks for so much patience."""
    error = RateLimited("Too many requests")
    error.retry_after = seconds
    return error


def attempts(errors: list[NemoError], repeat: Repeat, retries: int = 2) -> tuple[Played[str], int]:
    """Play a call that fails with these errors in turn, and then works; count how often it was made."""
    made = 0

    def attempt() -> Flow[str]:
        nonlocal made
        yield from ()
        made += 1
        if made <= len(errors):
            raise errors[made - 1]
        return "done"

    return play(patiently(attempt, repeat, retries), Service({})), made


TIMEOUT = APITimeoutError("It took too long", sent=True)
UNSENT_TIMEOUT = APITimeoutError("Nobody there", sent=False)
AGAIN, NEVER, ONCE = [0.5, 1.0], list[float](), [30.0]


@pytest.mark.parametrize(
    ("error", "safe", "unsent"),
    [
        (broken(sent=False), AGAIN, AGAIN),
        (UNSENT_TIMEOUT, AGAIN, AGAIN),
        (broken(sent=True), AGAIN, NEVER),
        (TIMEOUT, AGAIN, NEVER),
        (APIStatusError("408", code=408, status=408), AGAIN, NEVER),
        (ServerError("500", status=500), AGAIN, NEVER),
        (ServerError("503", status=503), AGAIN, NEVER),
        (limited(None), ONCE, ONCE),
        (limited(7), [7.0], [7.0]),
        (limited(0), [0.0], [0.0]),
        (limited(120), [120.0], [120.0]),
        (limited(120.5), NEVER, NEVER),
        (limited(604_800), NEVER, NEVER),
        (APIStatusError("418", code=418, status=418), NEVER, NEVER),
        (BadRequest("400"), NEVER, NEVER),
        (Conflict("409"), NEVER, NEVER),
        (TokenRefused("1001"), NEVER, NEVER),
        (OutOfCredits("2001"), NEVER, NEVER),
        (APIResponseError("no JSON"), NEVER, NEVER),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_table(error: NemoError, safe: list[float], unsent: list[float]) -> None:
    """A call that always ends so is made again after these waits, and then raises."""
    for repeat, waits in (("safe", safe), ("unsent", unsent)):
        played, made = attempts([error] * 9, repeat)  # type: ignore[arg-type] # both are Repeats

        assert played.error is error
        assert (played.slept, made) == (waits, len(waits) + 1)


@pytest.mark.parametrize(
    ("error", "repeat"),
    [(broken(sent=False), "unsent"), (TIMEOUT, "safe"), (limited(3), "unsent")],
)
def test_what_works_the_second_time(error: NemoError, repeat: Repeat) -> None:
    """After one failure that may be repeated, the result is as if there had been none."""
    played, made = attempts([error], repeat)

    assert (played.result, made) == ("done", 2)


def test_nothing_stays_open_while_we_wait() -> None:
    """A stream that a failed attempt left is closed before each wait."""
    played, _ = attempts([TIMEOUT, limited(4), TIMEOUT], "safe")

    assert [type(step) for step in played.steps] == [Close, Sleep] * 3


def test_rate_limit_and_failures_are_counted_apart() -> None:
    """One wait for the rate limit comes on top of the retries."""
    played, made = attempts([broken(sent=False), limited(4), TIMEOUT], "safe")

    assert (played.result, made) == ("done", 4)
    assert played.slept == [0.5, 4, 1]


@pytest.mark.parametrize(("retries", "made"), [(0, 1), (1, 2), (5, 6)])
def test_max_retries(retries: int, made: int) -> None:
    """So many repetitions, and no more."""
    played, times = attempts([TIMEOUT] * 9, "safe", retries)

    assert isinstance(played.error, APIConnectionError)
    assert times == made


def test_backoff_doubles_up_to_eight_seconds() -> None:
    """0.5, 1, 2, 4, 8 and 8 again."""
    assert [backoff(number) for number in range(7)] == [0.5, 1, 2, 4, 8, 8, 8]
