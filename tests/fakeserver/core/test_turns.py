from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.core.plan import Beat, Plan, Say
from nemovideo_fakeserver.core.turns import Fact, Heartbeat, Settlement, schedule

milliseconds = st.integers(0, 400_000).map(lambda ms: ms / 1000)
waits = st.integers(0, 120_000).map(lambda ms: ms / 1000)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of beats in order of time, some at once, the last perhaps at the very end."""
    ats = sorted(draw(st.lists(milliseconds, max_size=6)))
    lasts = (ats[-1] if ats else 0.0) + draw(st.just(0.0) | milliseconds)
    beats = tuple(Beat(at, Say(str(n))) for n, at in enumerate(ats))
    return Plan(kind="text", beats=beats, lasts=lasts)


def laid_out(plan: Plan, wait: float, interval: float = 15.0) -> tuple[Fact, ...]:
    """The facts of a turn accepted at the epoch that has to wait for its start."""
    return schedule(plan, accepted_at=EPOCH, starts_at=EPOCH + wait, heartbeat_interval=interval)


@given(plans(), waits)
def test_facts_come_in_order_and_the_settlement_last(plan: Plan, wait: float) -> None:
    """Nothing comes after the settlement, and that is where the work ends."""
    facts = laid_out(plan, wait)

    assert [f.at for f in facts] == sorted(f.at for f in facts)
    assert facts[-1] == Fact(EPOCH + wait + plan.lasts, Settlement())
    assert sum(f.what == Settlement() for f in facts) == 1


@given(plans(), waits)
def test_beats_come_at_their_time_after_the_start(plan: Plan, wait: float) -> None:
    """Every beat is there once, in the order of the plan, counted from the start of the work."""
    facts = laid_out(plan, wait)

    said = [(f.at, f.what) for f in facts if isinstance(f.what, Say)]
    assert said == [(EPOCH + wait + beat.at, beat.act) for beat in plan.beats]


@given(plans(), waits, st.sampled_from([7.0, 15.0, 60.0]))
def test_the_heart_beats_from_acceptance_to_the_end(
    plan: Plan, wait: float, interval: float
) -> None:
    """A heartbeat comes at every interval from acceptance, also while waiting, none at or after the end."""
    facts = laid_out(plan, wait, interval)

    beats = [(f.at, f.what.number) for f in facts if isinstance(f.what, Heartbeat)]
    whole = range(1, 200)
    assert beats == [
        (EPOCH + interval * n, n) for n in whole if EPOCH + interval * n < EPOCH + wait + plan.lasts
    ]


@pytest.mark.parametrize(("lasts", "beats"), [(14.0, 0), (15.0, 0), (15.001, 1), (30.0, 1)])
def test_the_end_silences_the_heart(lasts: float, beats: int) -> None:
    """Work that ends exactly when a heartbeat would come has no such heartbeat."""
    facts = laid_out(Plan(kind="text", beats=(), lasts=lasts), 0.0)

    assert len(facts) == beats + 1
