"""From a scenario's faults to those that can be armed."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.core.faults.fault import Fault
from nemovideo_fakeserver.scenario.model.scenario import Scenario


def faults(
    scenario: Scenario, *, accounts: Mapping[str, str], sessions: Mapping[str, str]
) -> tuple[Fault, ...]:
    """Return the faults in order of arming; the mappings give the ids of what the scenario names."""
    return tuple(
        words.fault(
            account=accounts.get(words.account or "", words.account),
            session=sessions.get(words.session or "", words.session),
        )
        for words in scenario.faults
    )
