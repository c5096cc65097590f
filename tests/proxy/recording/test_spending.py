"""The guard stops before the limit, whatever the balance says, and holds back what was sent already."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.spending import PRESUMED, Guard


def _message(text: str = "hello", session: str = "1") -> Request:
    body = json.dumps({"session_id": session, "new_message": {"parts": [{"text": text}]}})
    return Request(
        method="POST",
        url="/run_sse",
        headers=(("Authorization", "Bearer t"),),
        body=body.encode(),
    )


def _balance(available: float) -> bytes:
    return json.dumps({"code": 0, "data": {"available": available}}).encode()


@given(
    limit=st.integers(0, 500),
    costs=st.lists(st.integers(0, PRESUMED), max_size=12),
)
def test_no_more_is_ever_spent_than_the_limit(limit: int, costs: list[int]) -> None:
    """Whatever each message costs, up to what it is presumed to, the sum stays within the limit."""
    guard, available = Guard(limit=limit), 10_000
    for number, cost in enumerate(costs):
        message = _message(str(number))
        guard.heard(message, 200, _balance(available))
        if guard.refusal(message) is not None:
            break
        guard.begun(number, message)
        available -= cost
        guard.ended(number, whole=True)

    assert 10_000 - available <= limit


def test_a_call_underway_counts_as_what_is_presumed() -> None:
    """Until a balance that was read after its end, a call counts in full."""
    guard = Guard(limit=150)
    first = _message("one")
    guard.heard(first, 200, _balance(500))
    guard.begun(1, first)
    guard.heard(first, 200, _balance(500))

    assert guard.spent == PRESUMED
    refused = guard.refusal(_message("two", session="2"))
    assert refused is not None
    assert refused.why == "budget"
    guard.ended(1, whole=True)
    guard.heard(first, 200, _balance(450))
    assert guard.spent == 50
    assert guard.refusal(_message("two", session="2")) is None


@pytest.mark.parametrize(("whole", "why"), [(True, None), (False, "resend")])
def test_the_same_message_is_held_back_while_its_turn_may_run(whole: bool, why: str | None) -> None:
    """A stream that broke off says nothing of its turn; one that ended whole does."""
    guard, message = Guard(limit=1000), _message()
    guard.heard(message, 200, _balance(1000))
    guard.begun(1, message)
    guard.ended(1, whole=whole)
    refused = guard.refusal(message)

    assert (refused.why if refused else None) == why


def test_the_same_message_passes_where_that_is_allowed() -> None:
    """`--allow-resend` lets it through."""
    guard, message = Guard(limit=1000, allow_resend=True), _message()
    guard.heard(message, 200, _balance(1000))
    guard.begun(1, message)

    assert guard.refusal(message) is None


def test_nothing_passes_where_the_balance_cannot_be_read() -> None:
    """A service that does not say what is left gets no paid call."""
    guard, message = Guard(limit=1000), _message()
    guard.heard(message, 500, b"oops")
    refused = guard.refusal(message)

    assert refused is not None
    assert b"balance" in refused.body
