"""The schema of a fault allows what can be armed, and nothing else: whatever is done wherever, on either side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nemovideo_fakeserver import Variants
from nemovideo_fakeserver.api.control.routes import ROUTES as CONTROL
from nemovideo_fakeserver.api.openapi.document import text
from nemovideo_fakeserver.api.routes import ROUTES
from nemovideo_fakeserver.core.faults.actions import WORDS
from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.core.faults.moments import MOMENTS, SIDES
from nemovideo_fakeserver.core.faults.unknown import FaultUnknown
from support.description import Description

DESCRIPTION = Description(json.loads(text(Variants(), "http://127.0.0.1", ROUTES, CONTROL)))
CHECKER = DESCRIPTION.validator({"$ref": "#/components/schemas/Fault"})
VALUES: dict[str, Any] = {
    "status": 503,
    "code": 1001,
    "fail": "no worker",
    "delay": 1.5,
    "break": "reset",
    "malformed": True,
    "drip": 1,
}
PLACES = [
    *(f"{m.name}[3]" if m.indexed else m.name for m in MOMENTS.values()),
    *(f"{method} /api/tokens" for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")),
    "POST /run_sse",
]


def armed(words: dict[str, Any]) -> bool:
    """Say whether such a fault can be armed."""
    try:
        Fault.of(words)
    except FaultUnknown:
        return False
    return True


def test_every_action_is_tried() -> None:
    """By each of its words."""
    assert VALUES.keys() == set(WORDS)


@pytest.mark.parametrize("message", [{}, {"message": None}, {"message": "hello"}])
@pytest.mark.parametrize("side", [{}, *({"side": side} for side in SIDES)])
@pytest.mark.parametrize("at", PLACES)
def test_a_place_allows_the_same_actions_in_both(
    at: str, side: dict[str, Any], message: dict[str, Any]
) -> None:
    """Every action, with and without a message of the user."""
    for word, value in VALUES.items():
        fault = {"at": at, "do": {word: value}, **side, **message}

        assert CHECKER.is_valid(fault) == armed(fault), fault


@pytest.mark.parametrize(
    "fault",
    [
        {"at": "POST /run_sse"},
        {"do": {"status": 503}},
        {"at": "POST /run_sse", "do": {}},
        {"at": "POST /run_sse", "do": {"status": None}},
        {"at": "POST /run_sse", "do": {"status": 503, "delay": None}},
        {"at": "POST /run_sse", "do": {"status": 503, "delay": 1}},
        {"at": "POST /run_sse", "do": {"status": 503, "code": 2001, "retry_after": 5}},
        {"at": "POST /run_sse", "do": {"message": "no"}},
        {"at": "POST /run_sse", "do": {"status": 199}},
        {"at": "POST /run_sse", "do": {"delay": 0}},
        {"at": "POST /run_sse", "do": {"delay": 367 * 86_400}},
        {"at": "POST /run_sse", "do": {"break": "badly"}},
        {"at": "POST /run_sse", "do": {"malformed": False}},
        {"at": "POST /run_sse?x=1", "do": {"status": 503}},
        {"at": "BREW /run_sse", "do": {"status": 503}},
        {"at": "turn.heartbeat", "do": {"delay": 1}},
        {"at": "turn.heartbeat[0]", "do": {"delay": 1}},
        {"at": "turn.accepted", "do": {"delay": 1}, "times": 0},
        {"at": "turn.accepted", "do": {"delay": 1}, "times": "always"},
        {"at": "turn.accepted", "do": {"delay": 1}, "times": "often"},
        {"at": "turn.accepted", "do": {"delay": 1}, "probability": 1.1},
        {"at": "turn.accepted", "do": {"delay": 1}, "account": ""},
        {"at": "turn.accepted", "do": {"delay": 1}, "account": None, "session": "s"},
        {"at": "turn.accepted", "do": {"delay": 1}, "side": "beside"},
        {"at": "turn.accepted", "do": {"delay": 1}, "where": "here"},
    ],
)
def test_a_fault_is_right_or_wrong_to_both(fault: dict[str, Any]) -> None:
    """Keys, numbers and words at their edges."""
    assert CHECKER.is_valid(fault) == armed(fault)
