"""docs/faults.md says what the code does; its Python and shell blocks run with the other documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver import Fake, scenario
from nemovideo_fakeserver.core.faults.actions import HOW, MEANS, read
from nemovideo_fakeserver.core.faults.fault import KEYS
from nemovideo_fakeserver.core.faults.moments import MOMENTS, ROUTE
from nemovideo_fakeserver.core.faults.tables import as_markdown

PAGE = (Path(__file__).parents[1] / "docs" / "faults.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_tables_are_those_of_the_code() -> None:
    """The page has what `python -m nemovideo_fakeserver.core.faults` prints, whole."""
    command = (sys.executable, "-m", "nemovideo_fakeserver.core.faults")
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    assert ran.stdout == as_markdown()
    assert f"core.faults -->\n{as_markdown()}<!-- end -->" in PAGE


def test_the_tables_are_complete() -> None:
    """Every moment, the routes and every action have a row, and each cell says something."""
    rows = [line.split(" | ") for line in as_markdown().splitlines() if line.startswith("| `")]

    assert len(rows) == len(MOMENTS) + len([ROUTE]) + len(MEANS)
    assert all(cell.strip("| ") for row in rows for cell in row)


@pytest.mark.parametrize("word", MEANS)
def test_an_action_is_written_as_the_table_says(word: str) -> None:
    """What is shown can be read, as YAML has it."""
    written, _ = MEANS[word]
    (fault,) = scenario.parse(f"faults: [{{at: {_place(word)}, do: {written}}}]").faults

    assert fault.fault().do == read(_words(written))


def _place(word: str) -> str:
    return "turn.accepted" if word == "fail" else "POST /run_sse"


def _words(written: str) -> Any:
    inside = (pair.split(": ") for pair in written.strip("{}").split(", "))
    return {key: {"true": True}.get(value, _number(value)) for key, value in inside}


def _number(value: str) -> Any:
    return int(value) if value.isdecimal() else value


@pytest.mark.parametrize("word", [*KEYS, *HOW])
def test_every_word_is_explained(word: str) -> None:
    """Each word of a fault, and each way in which a connection breaks, has a row."""
    assert re.search(rf"^\| `{word}` \| [\w`]", PAGE, re.MULTILINE)


def test_the_example_of_a_scenario_is_one() -> None:
    """It can be read as it stands."""
    (block,) = blocks("yaml")

    assert len(scenario.parse(block, "docs/faults.md").faults) == 2


def test_the_example_of_a_report_is_one() -> None:
    """It has the words of a report."""
    (block,) = blocks("json")
    with Fake() as fake:
        armed = fake.arm("turn.settled", {"delay": 5})

    assert json.loads(block).keys() == armed.as_dict().keys()


def test_there_is_something_to_run() -> None:
    """The page has Python and shell."""
    assert (len(blocks("python")), len(blocks("sh"))) == (1, 1)
