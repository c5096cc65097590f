"""What goes wrong on purpose: broken streams, work that fails, and what is left of it."""

from __future__ import annotations

import httpx
import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on, unrecorded
from nemovideo_pytest.contract.drafts import card
from nemovideo_pytest.contract.messages import LOOP, SCENE
from nemovideo_pytest.contract.replies import refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoFaults

pytestmark = unrecorded("what goes wrong is armed in a fake while the test runs")

PRICES = reading(costs="100/50/0", sse_dialect="typed")


@PRICES
@costs(50)
@pytest.mark.parametrize("how", ["reset", "truncated"])
@rests_on("a stream that breaks", "the reader leaves", "faults")
def test_work_goes_on_behind_a_broken_stream(
    visitor: Visitor, nemo_faults: NemoFaults, how: str
) -> None:
    """Whoever waits finds it in the state, paid for once."""
    nemo_faults.arm("turn.draft_applied", {"break": how}, side="before")
    with pytest.raises(httpx.TransportError), visitor.saying(LOOP) as stream:
        for _ in stream:
            pass
    visitor.service.sleep(30)

    assert len(visitor.segments(1)) == 1
    assert visitor.credits() == {"available": 50, "frozen": 0, "total": 50}


@PRICES
@costs(50)
@rests_on("work that fails", "error events", "freeze and settle")
def test_work_that_fails_says_why_and_costs_nothing(
    visitor: Visitor, nemo_faults: NemoFaults
) -> None:
    """In its last event, with which the stream ends; what was frozen comes back."""
    nemo_faults.arm("turn.draft_applied", {"fail": "the model is out of tape"}, side="before")
    heard = visitor.say(LOOP)

    assert heard.events[-1].body == {"type": "error", "content": "the model is out of tape"}
    assert visitor.credits() == {"available": 100, "frozen": 0, "total": 100}
    assert visitor.segments(1) == []


@PRICES
@costs(50)
@rests_on("work that fails", "prices")
def test_after_a_failure_an_edit_is_paid_as_the_first(
    visitor: Visitor, nemo_faults: NemoFaults
) -> None:
    """What failed has paid for nothing that follows."""
    nemo_faults.arm("turn.draft_applied", {"fail": "out of tape"}, side="before")
    visitor.say(LOOP)
    visitor.say(LOOP)

    assert visitor.credits()["total"] == 50
    assert len(visitor.segments(1)) == 1


@PRICES
@costs(100)
@rests_on("work that fails", "two stages")
def test_what_was_done_before_a_failure_stays(visitor: Visitor, nemo_faults: NemoFaults) -> None:
    """The raw video is there, and the credits are, too."""
    nemo_faults.arm("turn.stage_two", {"fail": "no music today"}, side="before")
    visitor.say(SCENE)

    assert [len(visitor.segments(kind)) for kind in (0, 1, 7)] == [1, 0, 0]
    assert visitor.credits() == {"available": 100, "frozen": 0, "total": 100}


ERRORS = {
    "flat": {"error": "out of tape"},
    "adk": {"error": "RuntimeError: out of tape"},
}


@pytest.mark.parametrize(
    "dialect",
    [pytest.param(d, marks=reading(sse_dialect=d)) for d in ERRORS],
    ids=list(ERRORS),
)
@costs(50)
@rests_on("error events", "sse_dialect=flat", "sse_dialect=adk")
def test_an_error_is_told_in_every_dialect(
    visitor: Visitor, nemo_faults: NemoFaults, dialect: str
) -> None:
    """Each in its own words, as the last event."""
    nemo_faults.arm("turn.draft_applied", {"fail": "out of tape"}, side="before")
    (*_, last) = visitor.say(LOOP).events

    assert last.kind == "error"
    assert ERRORS[dialect].items() <= last.body.items()


@rests_on("render failure", "faults")
def test_a_render_may_fail_for_any_reason(visitor: Visitor, nemo_faults: NemoFaults) -> None:
    """The status says that it did, `error` why, and another id succeeds."""
    nemo_faults.arm("render.completed", {"fail": "lens cap on"}, side="before")
    failed = visitor.finished(visitor.ordered(draft=card()).id)
    again = visitor.finished(visitor.ordered(draft=card()).id)

    assert (failed.status, failed.error, failed.url) == ("failed", "lens cap on", None)
    assert again.status == "completed"


@reading(error_http="200")
@pytest.mark.parametrize(("code", "status"), [(1001, 200), (1002, 200), (2001, 200), (429, 429)])
@rests_on("faults", "http status of business codes")
def test_an_armed_code_looks_like_any_other(
    visitor: Visitor, nemo_faults: NemoFaults, code: int, status: int
) -> None:
    """The same body, under the same status; and once only."""
    nemo_faults.arm("GET /api/credits/balance/simple", {"code": code})
    reply = visitor.get("/api/credits/balance/simple")

    refused(reply, code)
    assert reply.status_code == status
    assert set(reply.json()) == {"code", "message", "data"}
    assert visitor.credits()["total"] == 100


@rests_on("faults", "POST /run_sse")
def test_a_refused_message_is_no_work(visitor: Visitor, nemo_faults: NemoFaults) -> None:
    """Answered before it was accepted, it costs nothing and changes nothing."""
    nemo_faults.arm("POST /run_sse", {"status": 503})
    reply = visitor.try_saying(LOOP)
    visitor.service.sleep(40)

    assert reply.status_code == 503
    assert visitor.credits() == {"available": 100, "frozen": 0, "total": 100}
    assert visitor.draft() == {}


@PRICES
@costs(100)
@rests_on("faults", "heartbeat_interval=15s", "durations")
def test_a_delay_is_a_delay(visitor: Visitor, nemo_faults: NemoFaults) -> None:
    """What comes later comes so much later, and the work is done when it would have been."""
    nemo_faults.arm("turn.first_event", {"delay": 40}, side="before")
    heard = visitor.say(SCENE)

    assert heard.events[0].at >= 40
    assert 100 <= heard.ended <= 340.01
    assert len(visitor.segments(0)) == 1
