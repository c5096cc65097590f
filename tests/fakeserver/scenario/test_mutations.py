"""Whatever is done to a scenario, reading it gives a scenario or an error that names the place."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.scenario.broken import ScenarioBroken
from nemovideo_fakeserver.scenario.model.scenario import Scenario
from nemovideo_fakeserver.scenario.reading import of, parse
from nemovideo_fakeserver.scenario.writing import dump
from support.scenarios import RICH, Path, at, lines, places, renamed, replaced, rich

DATA = rich()
PLACES = list(places(DATA))
KEYS = [path for path in PLACES if isinstance(path[-1], str)]
FREE = ("args", "result", "m", "extra", "notes")
"""Below these keys everything may stand."""

STRANGER = "zzz-stranger"
everywhere = st.sampled_from(PLACES)
legal_here_or_there = st.sampled_from([at(DATA, path) for path in PLACES])
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(
        ["2s", "5m", "now", "always", "(", "media:x", "upload:9", "turn.heartbeat[0]"]
    )
)
anything = legal_here_or_there | st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)


def free(path: Path) -> bool:
    """Say whether what stands at `path` is the author's own business."""
    return any(step in FREE for step in path[:-1])


def read(text: str) -> Scenario | ScenarioBroken:
    """The scenario, or what is wrong with it; nothing else may come of reading."""
    try:
        return parse(text, "t.yaml")
    except ScenarioBroken as refused:
        return refused


def written(data: Any) -> str:
    """YAML as another writer lays it out."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


@given(st.sampled_from(KEYS))
def test_a_key_that_is_none_is_named_with_its_line(path: Path) -> None:
    """A renamed key is refused on its own line, unless the place is the author's own business."""
    text = written(renamed(DATA, path, STRANGER))

    found = read(text)

    if free(path):
        assert isinstance(found, Scenario)
    else:
        assert isinstance(found, ScenarioBroken)
        assert found.line == lines(text, (*path[:-1], STRANGER))[0]
        assert STRANGER in str(found)


@given(everywhere)
def test_a_value_that_is_none_is_named_with_its_line(path: Path) -> None:
    """What can stand nowhere is refused where it stands, unless the place is the author's own business."""
    text = written(replaced(DATA, path, {STRANGER: [[1]]}))

    found = read(text)

    if free(path) or path[-1] in FREE:
        assert isinstance(found, Scenario)
    else:
        assert isinstance(found, ScenarioBroken)
        assert found.line in lines(text, path)


@given(everywhere)
def test_a_key_that_is_missing_is_named_with_the_line_of_its_owner(path: Path) -> None:
    """Taking something away leaves a scenario, or an error at a line that is there."""
    data = replaced(DATA, path, None)
    parent = at(data, path[:-1])
    del parent[path[-1]]
    text = written(data)

    found = read(text)

    assert isinstance(found, Scenario) or found.line in range(1, text.count("\n") + 1)


@given(everywhere, anything)
def test_a_changed_scenario_is_one_or_is_refused(path: Path, value: Any) -> None:
    """Whatever stands wherever, the answer is a scenario, which survives being written, or one error."""
    try:
        scenario = of(replaced(DATA, path, value))
    except ScenarioBroken as refused:
        assert str(refused)  # noqa: PT017  # either is right
    else:
        assert parse(dump(scenario)) == scenario


@given(st.integers(0, len(RICH)), st.integers(0, 40), st.text(max_size=6))
def test_a_changed_text_is_a_scenario_or_is_refused(begin: int, length: int, text: str) -> None:
    """Characters taken out of YAML or put into it never raise anything else."""
    after = RICH[:begin] + text + RICH[begin + length :]

    found = read(after)

    assert isinstance(found, Scenario) or found.line in range(1, len(after.splitlines()) + 2)


@given(st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_any_text_is_a_scenario_or_is_refused(text: str) -> None:
    """So does text that never was a scenario."""
    assert read(text)


@pytest.mark.parametrize("path", KEYS)
def test_every_key_of_the_rich_scenario_counts(path: Path) -> None:
    """Each key is read: without it the scenario is another one, or none."""
    data = replaced(DATA, path, None)
    del at(data, path[:-1])[path[-1]]

    try:
        assert of(data) != of(DATA)
    except ScenarioBroken as refused:
        assert refused.path  # noqa: PT017  # either is right
