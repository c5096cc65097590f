"""What a machine is told by name, and which names there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from nemovideo_fakeserver.judge import RULES
from nemovideo_fakeserver.judge.rule import Severity
from nemovideo_pytest.machine.laws import NAMES
from nemovideo_pytest.strategies.named import known
from nemovideo_pytest.strategies.playing.acts import ACTS

_NAMED: Mapping[str, tuple[str, Collection[str]]] = {
    "acts": ("act", tuple(ACTS)),
    "first": ("act", tuple(ACTS)),
    "judge": ("severity", get_args(Severity)),
    "pardoned": ("rule of the judge", tuple(rule.name for rule in RULES)),
    "spared": ("law", NAMES),
}
"""By attribute: the word for one of its names, and the names there are."""


def check(machine: type[Any]) -> None:
    """Raise ValueError for a machine that is told a name which does not exist."""
    for attribute, (what, there) in _NAMED.items():
        try:
            known(what, getattr(machine, attribute), there, none=True)
        except ValueError as wrong:
            raise ValueError(f"{machine.__name__}.{attribute}: {wrong}") from None
