"""A state machine over a client of NemoVideo: subclass `NemoMachine`, and let Hypothesis look for trouble.

Imports point downwards: `replaying` and `nemo_machine` (rules, and what a subclass may say); `chosen` checks
the names it says, `as_test` and `searching` run it, `telling` is what is printed; `life` does acts and holds them to
`laws`, a table of small functions over a `step`, and raises what is in `broken`; `books` adds up what was paid;
`clients` is the default client. `docs/strategies.md` has a chapter on it. Each name is imported when first asked for.
"""

from typing import TYPE_CHECKING

from nemovideo_pytest.with_hypothesis import public

if TYPE_CHECKING:
    from nemovideo_pytest.machine.broken import LawBroken
    from nemovideo_pytest.machine.laws import LAWS
    from nemovideo_pytest.machine.life import Life
    from nemovideo_pytest.machine.nemo_machine import NemoMachine
    from nemovideo_pytest.machine.replaying import replay
    from nemovideo_pytest.machine.step import Step

_HOME = {
    "LAWS": "laws",
    "LawBroken": "broken",
    "Life": "life",
    "NemoMachine": "nemo_machine",
    "Step": "step",
    "replay": "replaying",
}

__all__ = ["LAWS", "LawBroken", "Life", "NemoMachine", "Step", "replay"]


def __getattr__(name: str) -> object:
    return public(__name__, _HOME, name)
