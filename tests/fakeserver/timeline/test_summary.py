"""What it all came to."""

from __future__ import annotations

from textwrap import dedent

from hypothesis import given, settings

from nemovideo_fakeserver.core.journal import Fact
from nemovideo_fakeserver.timeline import ASCII, Credits, summary
from nemovideo_fakeserver.timeline.cells import cells
from support.facts_of import ACCOUNT, CHAT, STATE, Telling, a_film, journals


def test_credits_requests_and_time_are_summed_up() -> None:
    """By account, by line with the most frequent first, from the first fact to the last."""
    summed = summary(a_film().facts)

    assert summed.credits == {ACCOUNT: Credits(granted=100, spent=50, available=50, frozen=0)}
    assert next(iter(summed.requests)) == STATE
    assert summed.requests[CHAT] == 2
    assert summed.seconds == 118.5
    assert summed.dropped == 0


def test_what_is_frozen_and_what_was_given_back_is_not_spent() -> None:
    """Only what was settled, or taken at once, is spent."""
    told = Telling()
    told.ledger("grant", 300, "free credits")
    for turn, end in (("s/1", "settle"), ("s/2", "release"), ("s/3", None)):
        told.ledger("freeze", 50, turn)
        if end:
            told.ledger(end, 50, turn)
    told.ledger("spend", 7, "control")

    assert summary(told.facts).credits[ACCOUNT] == Credits(
        granted=300, spent=57, available=193, frozen=50
    )


def test_a_summary_is_drawn() -> None:
    """As text, for the end of a run."""
    told = Telling().connect()
    told.later(5).chat("hi")
    told.ask(STATE)

    assert summary(told.facts[1:]).drawn(width=64) == dedent("""\
        3 requests in 0:05.0 of virtual time
             1 GET /api/state/nemo_agent/{user}/{session}/latest
             1 POST /api/tasks/{user}/with-session/nemo_agent
             1 POST /run_sse
          anon_4e1b: 100 granted, 0 spent, 50 left, 50 frozen
        not counted: the journal has let its first 1 fact go""")


def test_a_summary_is_plain_data() -> None:
    """For HTTP and for reports."""
    told = Telling()
    told.ledger("grant", 10, "control")

    assert summary(told.facts).as_json() == {
        "credits": {ACCOUNT: {"granted": 10, "spent": 0, "available": 10, "frozen": 0}},
        "requests": {},
        "seconds": 0.0,
        "dropped": 0,
    }


def test_many_lines_are_not_all_listed() -> None:
    """Twenty, and how many more."""
    told = Telling()
    for n in range(25):
        told.ask(f"GET /x/{n}")

    assert summary(told.facts).drawn().splitlines()[-1] == "  and 5 more"


@settings(max_examples=50)  # a journal is long
@given(journals())
def test_no_facts_make_a_summary_fail(facts: list[Fact]) -> None:
    """Whatever the facts hold, it can be drawn, in its width and without control characters."""
    for line in summary(facts).drawn(width=40, signs=ASCII).splitlines():
        assert cells(line) <= 40
        assert line.isascii()
        assert line.isprintable()
