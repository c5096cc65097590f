"""A life again, from its file: without Hypothesis, the same each time."""

from __future__ import annotations

from pathlib import Path

from nemovideo_pytest.machine.nemo_machine import NemoMachine
from nemovideo_pytest.strategies.playing.case import Case


def replay(file: Path | str, machine: type[NemoMachine]) -> None:
    """Let the client of a machine do what a file says, in the file's scenario; raises LawBroken.

    Nothing is written. Returns when no law was broken: the defect is gone, or the client is another.
    Raises what `Case.read` raises for a file that cannot be read.
    """
    case = Case.read(file)
    again = machine()
    again.open(case.scenario)
    try:
        for act in case.session.acts:
            again.life.do(act)
    finally:
        again.teardown()
