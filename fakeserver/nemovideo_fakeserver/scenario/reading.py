"""Reading scenarios: a file, a text or plain data, all by one path.

Law: whatever is given, the answer is a `Scenario` or a `ScenarioBroken` that names the place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from nemovideo_fakeserver.core.presets import chosen
from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.explaining import explained
from nemovideo_fakeserver.scenario.model.part import Instant, Millis, Seconds
from nemovideo_fakeserver.scenario.model.readings import Readings, readings
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.nodes import Node
from nemovideo_fakeserver.scenario.plain_data import of_data
from nemovideo_fakeserver.scenario.units import instant, millis, seconds
from nemovideo_fakeserver.scenario.yaml_text import of_text

Check = Callable[[str, str], object]
"""Called with the name and the value of a variant; raises ValueError for what does not exist."""


def check_variant(key: str, value: str) -> None:
    """Raise ValueError unless the variant, or the preset, and its value exist."""
    chosen([(key, value)])


def read(path: Path | str, *, variant: Check = check_variant) -> Scenario:
    """Read a scenario from a YAML or JSON file; raises `ScenarioBroken`."""
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ScenarioBroken(f"this is no UTF-8 text: {problem.reason}", name=str(path)) from None
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise ScenarioBroken(f"the scenario cannot be read: {why}", name=str(path)) from None
    return parse(text, name=str(path), variant=variant)


def parse(text: str, name: str = "scenario", *, variant: Check = check_variant) -> Scenario:
    """Read a scenario from YAML or JSON; `name` stands in front of errors. Raises `ScenarioBroken`."""
    return _made(of_text(text, name), name, variant)


def of(data: Any, name: str = "scenario", *, variant: Check = check_variant) -> Scenario:
    """Read a scenario from plain data, such as a dict; raises `ScenarioBroken`."""
    return _made(of_data(data, name), name, variant)


def _made(node: Node, name: str, variant: Check) -> Scenario:
    try:
        scenario = msgspec.convert(node.value, Scenario, dec_hook=_special)
    except msgspec.ValidationError as problem:
        raise explained(problem, node, name) from None
    for key, value in (scenario.variants or {}).items():
        try:
            variant(key, value)
        except ValueError as problem:
            place = node.at(("variants", key))
            raise ScenarioBroken(
                str(problem), name=name, line=place.line or None, path=f"variants.{key}"
            ) from None
    return scenario


_SPECIAL: dict[type, Callable[[Any], Any]] = {
    Seconds: seconds,
    Millis: millis,
    Instant: instant,
    Readings: readings,
}


def _special(kind: type, value: Any) -> Any:
    return _SPECIAL[kind](value)


# msgspec works out what a type is like when it is first asked, and two threads that ask at once crash the
# process. So the first to ask is the one thread that imports this module.
of({})
