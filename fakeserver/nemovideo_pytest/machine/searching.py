"""The search for lives that break laws: one round of Hypothesis, and a second that spares what the first found.

Hypothesis stops soon after its first failure. A cheap one that comes up in every other life would hide a costly
one that needs a fault at the right moment. So what was found is spared, and the search begins once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from nemovideo_pytest.machine.broken import LawBroken
from nemovideo_pytest.machine.laws import NAMES

ROUNDS = 2
"""How often a search begins at most: each may shrink for minutes where a client breaks many laws."""


def search(machine: type[Any], how: settings) -> None:
    """Raise what Hypothesis finds: one error, or an ExceptionGroup with one for every law, the costliest first.

    With `report_multiple_bugs=False` there is one round. An error that is no broken law ends the search, too.
    """
    found: list[Exception] = []
    looking = machine
    for _ in range(ROUNDS):
        news = _round(looking, how)
        found += news
        laws = [error for error in news if isinstance(error, LawBroken)]
        if not news or len(laws) < len(news) or not how.report_multiple_bugs:
            break
        looking = _sparing(looking, laws)
    if len(found) > 1:
        found.sort(key=_rank)
        names = ", ".join(getattr(error, "name", type(error).__name__) for error in found)
        raise ExceptionGroup(f"{machine.__name__} breaks {len(found)} laws: {names}", found)
    for error in found:
        raise error


def _round(machine: type[Any], how: settings) -> Sequence[Exception]:
    """Return the failures that Hypothesis reports, each shrunk for itself."""
    try:
        run_state_machine_as_test(machine, settings=how)
    except ExceptionGroup as group:
        return group.exceptions
    except Exception as error:  # whatever it is, `search` raises it
        return [error]
    return []


def _sparing(machine: type[Any], found: Iterable[LawBroken]) -> type[Any]:
    """Return the machine as one that no longer minds what was found."""
    rules = {error.rule for error in found if error.rule}
    laws = {error.law for error in found if not error.rule}
    words = {
        "__module__": machine.__module__,
        "pardoned": (*machine.pardoned, *rules),
        "spared": (*machine.spared, *laws),
    }
    return type(machine.__name__, (machine,), words)


def _rank(error: Exception) -> int:
    """Where it stands in the table of laws; what is no broken law comes first."""
    return NAMES.index(error.law) if isinstance(error, LawBroken) else -1
