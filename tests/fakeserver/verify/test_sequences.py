"""Things in an order."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_fakeserver.verify import (
    QueryMalformed,
    VerificationFailed,
    assert_sequence,
    verify_sequence,
)
from support.facts_of import CHAT, CREDITS, OPEN, STATE, SUBMIT, TOKEN, UPLOAD, Telling, a_film

FILM = a_film().facts
SETTLED = {"kind": "ledger", "what": {"entry": "settle"}}


@pytest.mark.parametrize(
    ("steps", "strict", "holds"),
    [
        ([CHAT], False, True),
        ([UPLOAD, CHAT, CHAT, SUBMIT], False, True),
        ([CHAT, UPLOAD], False, False),
        ([CHAT, CHAT, CHAT], False, False),
        ([CHAT, SETTLED, STATE], False, True),
        ([STATE, SETTLED], False, False),
        ([TOKEN, OPEN, UPLOAD, CHAT, STATE, CHAT], True, True),
        ([UPLOAD, CHAT, STATE], True, True),
        ([CHAT, CHAT], True, False),
        ([CHAT, STATE, STATE], True, True),
        ([STATE, CREDITS], True, True),
        ([CHAT, SETTLED, STATE, CHAT], True, True),
        ([CHAT, SETTLED, CHAT], True, False),
    ],
)
def test_an_order_holds_or_does_not(steps: list[Any], strict: bool, holds: bool) -> None:
    """Others may stand in between; strictly, no other request of the account."""
    assert verify_sequence(FILM, steps, strict=strict).ok is holds


def test_strictly_other_accounts_may_stand_in_between() -> None:
    """What somebody else does breaks no run, and is no part of it."""
    told = Telling()
    told.ask(CHAT)
    told.ask(CREDITS, account="anon_2")
    told.ask(STATE)

    assert verify_sequence(told.facts, [CHAT, STATE], strict=True).ok
    assert not verify_sequence(told.facts, [CHAT, CREDITS], strict=True).ok


def test_a_sequence_has_a_step_at_least() -> None:
    """Nothing in order, or a text for a list, is refused."""
    with pytest.raises(QueryMalformed, match="a sequence is a list of queries"):
        verify_sequence(FILM, [])
    with pytest.raises(QueryMalformed, match="a sequence is a list of queries"):
        verify_sequence(FILM, CHAT)


def failure(steps: list[Any], *, strict: bool = False) -> str:
    """Return what a failed assertion says."""
    with pytest.raises(VerificationFailed) as failed:
        assert_sequence(FILM, steps, strict=strict)
    return str(failed.value)


def test_the_step_that_was_not_reached_is_told_with_what_came_instead() -> None:
    """The message lists the steps, what came next, the nearest, and one that came too early."""
    assert failure([CHAT, STATE, UPLOAD, CREDITS]) == (
        "Expected 4 steps in order; reached: 2.\n"
        "  1. POST /run_sse: fact 12 at +2.0s, request req_0012\n"
        "  2. GET /api/state/nemo_agent/{user}/{session}/latest: fact 26 at +22.5s, request req_0026\n"
        "  3. POST /api/upload-video/nemo_agent/{user}/{session}: not found\n"
        "  4. GET /api/credits/balance/simple: not reached\n"
        "After step 2 came fact 28 at +30.5s, request req_0028: POST /run_sse -> 200\n"
        "It came too early: fact 9 at +1.0s, request req_0009:"
        " POST /api/upload-video/nemo_agent/{user}/{session} -> 200\n"
        "Nearest: fact 34 at +43.5s, request req_0034:"
        " GET /api/state/nemo_agent/{user}/{session}/latest -> 200\n"
        "  line: expected 'POST /api/upload-video/nemo_agent/{user}/{session}',"
        " was 'GET /api/state/nemo_agent/{user}/{session}/latest'\n"
        "Times are virtual, in seconds since 2033-03-03T03:33:33Z."
    )


def test_strictly_the_request_in_between_is_named() -> None:
    """The intruder is what came instead, with what differs."""
    words = failure([OPEN, UPLOAD, CHAT, CHAT], strict=True)

    assert "Expected 4 steps in unbroken order; reached: 3." in words
    assert "After step 3 came instead: fact 26 at +22.5s, request req_0026: GET /api/state" in words
    assert "  line: expected 'POST /run_sse', was 'GET /api/state" in words


def test_the_first_step_may_be_missing() -> None:
    """Then nothing came instead; the nearest is told."""
    words = failure(["DELETE /run_sse", CHAT])

    assert "reached: 0." in words
    assert "After step" not in words
    assert "Nearest: fact 12" in words


def test_the_end_of_the_facts_ends_a_sequence() -> None:
    """Where nothing comes after the last step, nothing is called near."""
    outcome = verify_sequence(FILM[:2], [TOKEN, OPEN])

    assert (outcome.seen, outcome.instead, outcome.nearest) == (1, None, None)


def test_the_outcome_of_a_sequence_is_plain_data() -> None:
    """The steps come with the numbers of the facts that were found."""
    data = verify_sequence(FILM, [CHAT, UPLOAD]).as_json()

    assert data["steps"] == [
        {"expected": CHAT, "found": 12},
        {"expected": UPLOAD, "found": None},
    ]
    assert data["early"]["request"]["number"] == 9
