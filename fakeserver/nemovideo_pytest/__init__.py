"""The pytest pieces that join client, fake server and proxy.

The fixtures are those of `nemovideo_pytest.plugin`, which pytest loads by itself: `nemo_service`, `nemo_client`,
`nemo_client_sync`, `nemo_clock`, `nemo_faults`, `nemo_journal`, `nemo_fake`, `nemo_server`. Here are their types,
each imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_pytest.ending.judge_warning import NemoJudgeWarning
    from nemovideo_pytest.sealing.seal import Sealed
    from nemovideo_pytest.service import Service
    from nemovideo_pytest.steering import NemoClock, NemoFaults, NemoServer

_HOME = {
    "NemoClock": "steering",
    "NemoFaults": "steering",
    "NemoJudgeWarning": "ending.judge_warning",
    "NemoServer": "steering",
    "Sealed": "sealing.seal",
    "Service": "service",
}

__all__ = ["NemoClock", "NemoFaults", "NemoJudgeWarning", "NemoServer", "Sealed", "Service"]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
