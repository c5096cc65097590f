"""A search for lives that break laws, the same each time, and all that it finds."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from nemovideo_pytest.machine import LawBroken, NemoMachine

SEARCH = settings(
    max_examples=300,
    stateful_step_count=6,
    derandomize=True,
    database=None,
    deadline=None,
    print_blob=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def broken_in(machine: type[NemoMachine], how: settings) -> list[LawBroken]:
    """Return the failures that Hypothesis reports of a machine; fails where it reports another error."""
    found: list[LawBroken] = []
    try:
        run_state_machine_as_test(machine, settings=how)
    except* LawBroken as group:
        for error in group.exceptions:
            assert isinstance(error, LawBroken)
            found.append(error)
    return found
