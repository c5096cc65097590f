"""The test case of a machine: Hypothesis's own, but that it looks for every law that is broken, and explains none.

The phase `explain` names lines which only failing lives have run. Here they are lines of the harness, which writes
the life down; and it traces every line of client and fake, which takes far longer than the search.
"""

from __future__ import annotations

import unittest
from functools import cache, wraps
from typing import Any

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, TestCaseProperty

from nemovideo_pytest.machine.searching import search


class Searching(TestCaseProperty):
    """`TestCase` of a class of machines."""

    def __get__(
        self, obj: RuleBasedStateMachine | None, typ: type[RuleBasedStateMachine] | None = None
    ) -> Any:
        """Return the test case, the same each time."""
        machine: Any = type(obj) if typ is None else typ
        plain: Any = super().__get__(obj, typ)
        return _test_case(plain, machine)


@cache
def _test_case(case: Any, machine: Any) -> type[unittest.TestCase]:
    class Case(case):  # type: ignore[misc]  # the base is made by Hypothesis
        """The test case of one machine."""

        @wraps(case.runTest)
        def runTest(self) -> None:  # noqa: N802  # the name is unittest's
            """Look for lives that break laws."""
            phases = [phase for phase in self.settings.phases if phase is not Phase.explain]
            search(machine, settings(self.settings, phases=phases))

    Case.__name__, Case.__qualname__ = case.__name__, case.__qualname__
    return Case
