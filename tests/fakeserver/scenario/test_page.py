"""docs/scenarios.md says what the code does; its Python blocks run with the other documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemovideo_fakeserver.core.faults.moments import MOMENTS
from nemovideo_fakeserver.scenario import __all__ as public
from nemovideo_fakeserver.scenario import parse, ready, schema

PAGE = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
KEYS = sorted({key for part in schema()["$defs"].values() for key in part["properties"]})


def test_there_are_examples() -> None:
    """The search finds them."""
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_is_a_scenario(block: str) -> None:
    """What is shown can be read as it stands."""
    assert parse(block, "docs/scenarios.md")


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_described(key: str) -> None:
    """No key of the model is missing on the page."""
    assert re.search(rf"(`|\b){key}\b", PAGE)


def test_every_ready_scenario_and_every_function_is_listed() -> None:
    """The tables are complete."""
    functions = [name for name in public if name.islower() and name != "faults"]

    for name in (*(found.name for found in ready()), *functions):
        assert re.search(rf"^\| `{name}[`(]", PAGE, re.MULTILINE), name


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_every_moment_is_listed_with_its_meaning(moment: object) -> None:
    """In the words of the table in the code."""
    spelling, means = getattr(moment, "spelling", ""), getattr(moment, "means", "")

    assert f"| `{spelling}` | {means} |" in PAGE
