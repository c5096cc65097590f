"""The state machine: made-up lives against the fake, each deed held to a model of it. No goal; thousands in seconds.

The second figure is the same lives again without Hypothesis, which makes them up: what fake and model cost.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

LIVES = 100
LENGTH = 50


def made_up() -> tuple[list[tuple[dict[str, Any], list[Any]]], float]:
    """Return lives, each a scenario and its deeds, and the seconds of processor time they have taken."""
    from hypothesis import HealthCheck, settings
    from hypothesis.stateful import run_state_machine_as_test

    from support.machine.deeds import Deed
    from support.machine.life import Life

    lives: list[tuple[dict[str, Any], list[Any]]] = []

    class Remembered(Life):
        def teardown(self) -> None:
            if self.walk is not None:
                log = self.walk.door.log
                deeds = [done for done in log if isinstance(done, Deed)]
                lives.append((self.walk.scenario, deeds))
            super().teardown()

    briefly = settings(
        max_examples=LIVES,
        stateful_step_count=LENGTH,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    began = time.process_time()
    run_state_machine_as_test(Remembered, settings=briefly)
    return lives, time.process_time() - began


def main() -> None:
    """Print how many deeds a second."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from support.machine.repertoire import live

    lives, seconds = made_up()
    deeds = sum(len(done) for _, done in lives)
    print(f"state machine: {deeds} deeds, {deeds / seconds:.0f} per second of processor time")
    began = time.process_time()
    for scenario, done in lives:
        live(scenario, done)
    print(f"  without making them up: {deeds / (time.process_time() - began):.0f}")
