"""What the marks of a test, and the command line, ask a fake to be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from nemovideo_fakeserver import Options
    from nemovideo_fakeserver.scenario import Scenario


def options(node: pytest.Item, variants: Iterable[str] = ()) -> Options:
    """Return how a fake begins for this test: its nearest `nemo_scenario`, and the readings that were asked for.

    A reading (`variants`) is what the marks `nemo_variant` say, the nearest first; else `variants`, words such
    as `preset=4.4`; else the scenario; else the default. Raises ValueError for a reading that does not exist,
    and what the scenario raises.
    """
    from nemovideo_fakeserver import Options
    from nemovideo_fakeserver.core.presets import chosen

    scenario = _scenario(node)
    told = scenario.variants if scenario else None
    words: list[tuple[str, object]] = [*(told.items() if told else ())]
    words += [(key, value) for key, _, value in (word.partition("=") for word in variants)]
    for mark in reversed(list(node.iter_markers("nemo_variant"))):
        words += [(key, str(value)) for key, value in mark.kwargs.items()]
    return Options(scenario=scenario, variants=chosen(words))


def _scenario(node: pytest.Item) -> Scenario | None:
    mark = node.get_closest_marker("nemo_scenario")
    if mark is None:
        return None
    from nemovideo_fakeserver import scenario

    (named,) = mark.args
    if not isinstance(named, str):
        return scenario.of(named)
    beside = Path(node.path).parent / named
    return scenario.find(str(beside) if beside.is_file() else named)
