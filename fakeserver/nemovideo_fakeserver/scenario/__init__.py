"""Scenarios: how a world begins and what happens in it, as YAML, as JSON, or in Python.

`read`, `parse` and `of` give a `Scenario` or raise `ScenarioBroken`; `dump` writes one; `ready`, `named`
and `find` know those that come with the package. Each is imported when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nemovideo_fakeserver.scenario.arming import faults
    from nemovideo_fakeserver.scenario.broken import ScenarioBroken
    from nemovideo_fakeserver.scenario.json_schema import schema
    from nemovideo_fakeserver.scenario.model.scenario import Scenario
    from nemovideo_fakeserver.scenario.reading import of, parse, read
    from nemovideo_fakeserver.scenario.script import Script
    from nemovideo_fakeserver.scenario.shelf import Ready, find, named, ready
    from nemovideo_fakeserver.scenario.writing import dump

_HOME = {
    "Ready": "shelf",
    "Scenario": "model.scenario",
    "ScenarioBroken": "broken",
    "Script": "script",
    "dump": "writing",
    "faults": "arming",
    "find": "shelf",
    "named": "shelf",
    "of": "reading",
    "parse": "reading",
    "read": "reading",
    "ready": "shelf",
    "schema": "json_schema",
}

__all__ = [
    "Ready",
    "Scenario",
    "ScenarioBroken",
    "Script",
    "dump",
    "faults",
    "find",
    "named",
    "of",
    "parse",
    "read",
    "ready",
    "schema",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
