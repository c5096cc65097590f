from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_fakeserver.scenario.reading import of, parse
from nemovideo_fakeserver.scenario.shelf import named, ready
from nemovideo_fakeserver.scenario.writing import dump, plain
from support.scenarios import RICH

WORDS = ["", "5", "1e5", "+1", ".5", "1.", "null", "~", "True", "no", "2033-01-01", "- a", "a: b"]
texts = st.text() | st.text(alphabet="\n\r\t \x85\u2028\u2029\ufeff'\"\\:#-|>a中\U0001f3ac\x07")
leaves = texts | st.sampled_from(WORDS) | st.booleans() | st.none() | st.floats(-1e9, 1e9)
anything = st.recursive(
    leaves | st.integers(-(2**60), 2**60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)


def holding(text: str, args: Any) -> Any:
    """A scenario that holds a text and data of the author's own."""
    call = {"tool_call": {"name": "t", "args": {"x": args}}}
    return of({"name": text[:200], "about": text, "turns": [{"steps": [call]}]})


@given(texts, anything)
def test_what_is_written_reads_the_same(text: str, args: Any) -> None:
    """Any text and any JSON come back exactly, whatever YAML would like to take them for."""
    scenario = holding(text, args)

    assert parse(dump(scenario)) == scenario


@given(texts | st.sampled_from(WORDS), anything)
def test_other_readers_of_yaml_find_the_same_texts(text: str, args: Any) -> None:
    """What is a text for us is one for PyYAML's own loader, too."""
    found = yaml.safe_load(dump(holding(text, {"a": args})))

    assert found.get("about", "") == text


@pytest.mark.parametrize("name", [found.name for found in ready()])
def test_writing_is_stable(name: str) -> None:
    """A scenario that was written and read is written the same again."""
    once = dump(named(name))

    assert parse(once) == named(name)
    assert dump(parse(once)) == once


def test_what_is_written_is_what_people_write() -> None:
    """Durations have units, lists stand below their keys, and nothing that goes without saying is said."""
    scenario = of(
        {
            "name": "slow",
            "clock": {"rate": 60},
            "variants": {"preset": 4.4},
            "accounts": [{"name": "mia", "credits": 100, "tokens": [{"name": "t", "age": 691200}]}],
            "turns": [{"when": "x", "steps": [{"at": 90.5, "text": "One\nTwo"}]}],
        }
    )

    assert dump(scenario) == (
        "name: slow\n"
        "\n"
        "clock:\n"
        "  rate: 60\n"
        "\n"
        "variants:\n"
        "  preset: '4.4'\n"
        "\n"
        "accounts:\n"
        "  - name: mia\n"
        "    tokens:\n"
        "      - name: t\n"
        "        age: 8d\n"
        "\n"
        "turns:\n"
        "  - when: x\n"
        "    steps:\n"
        "      - at: 1m30s500ms\n"
        "        text: |-\n"
        "          One\n"
        "          Two\n"
    )


def test_nothing_is_written_as_an_empty_mapping() -> None:
    """A scenario that says nothing can be read again."""
    assert parse(dump(of({}))) == of({})


def test_a_scenario_as_plain_data_is_ready_for_json() -> None:
    """It goes over HTTP and comes back equal."""
    scenario = parse(RICH)

    assert of(json.loads(json.dumps(plain(scenario)))) == scenario
