"""Lives that Hypothesis makes up: users, faults and time against the fake and its invariants.

`pytest -s` shows how fast. The long run, `tox -e machine`, makes up other lives each time, for minutes.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from support.machine import paper
from support.machine.life import Life
from support.machine.walk import Walk

SHORT = settings(max_examples=120, stateful_step_count=50, derandomize=True)
LONG = settings(max_examples=4000, stateful_step_count=100, derandomize=False)
QUIETLY = settings(
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def profile() -> settings:
    """Return how many lives there are to be, and how long: `NEMO_LIVES=long` makes many."""
    chosen = LONG if os.environ.get("NEMO_LIVES") == "long" else SHORT
    return settings(
        QUIETLY,
        max_examples=chosen.max_examples,
        stateful_step_count=chosen.stateful_step_count,
        derandomize=chosen.derandomize,
    )


@pytest.mark.slow
def test_no_life_breaks_a_law(tmp_path: Path) -> None:
    """Whatever people, tests and faults do in whatever order, the fake does what the model says it must."""

    class Told(Life):
        @staticmethod
        def report(walk: Walk, broken: BaseException) -> None:
            broken.add_note(f"on paper: {paper.write(tmp_path, 'broken-law', walk, broken)}")

    began, lived = time.perf_counter(), Life.lived
    run_state_machine_as_test(Told, settings=profile())
    seconds, deeds = time.perf_counter() - began, Life.lived - lived
    print(f"\nlives: {deeds} deeds in {seconds:.1f} s, {deeds / seconds:.0f} a second")
