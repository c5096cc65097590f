"""A client with two defects, one costly and one cheap: each is reported, and shrunk, for itself."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from nemovideo_fakeserver import Fake
from nemovideo_pytest.machine import LawBroken, NemoMachine, replay
from nemovideo_pytest.strategies import Case, Refused, faults
from nemovideo_pytest.strategies.striking import Fault
from support.rash_client import RashPlayer, rash
from support.searching import SEARCH

Found = dict[str, LawBroken]


class Rash(NemoMachine):
    """A client that sends again what was cut off, and never looks at the state."""

    errors = (httpx.HTTPError, Refused, ValueError, KeyError)
    acts = ("say", "wait")
    judge = ()
    spared: Collection[str] = ("nothing-lost", "error-has-cause", "done-once")

    def client(self, fake: Fake) -> RashPlayer:
        """Return the rash client."""
        return rash(fake)

    def faults(self) -> st.SearchStrategy[Fault]:
        """Return what cuts a stream off, so that the search is short."""
        return faults(kinds=["break"], moments=["turn.accepted"], routes=[], sides=["after"])


def reported(machine: type[NemoMachine], examples: int) -> list[LawBroken]:
    """Return what the test case of a machine reports."""
    found: list[LawBroken] = []
    try:
        run(machine, settings(SEARCH, max_examples=examples))
    except* LawBroken as group:
        found += [error for error in group.exceptions if isinstance(error, LawBroken)]
    return found


def run(machine: type[NemoMachine], how: settings) -> None:
    """Run the test case of a machine."""
    case: Any = machine.TestCase
    case.settings = how
    case("runTest").runTest()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the lives are written."""
    return tmp_path_factory.mktemp("cases")


@pytest.fixture(scope="module")
def found(cases: Path) -> Found:
    """What Hypothesis finds, by law."""

    class Searching(Rash):
        """The machine, writing where the test looks."""

        folder = cases

    return {error.law: error for error in reported(Searching, 20)}


def test_each_defect_is_found(found: Found) -> None:
    """The cheap one, which comes with every silent edit, does not stand in for the costly one."""
    assert found.keys() == {"paid-once", "silence-looked-into"}


@pytest.mark.parametrize(("law", "faults"), [("paid-once", 1), ("silence-looked-into", 0)])
def test_each_defect_has_a_file_of_its_own(
    law: str, faults: int, found: Found, cases: Path
) -> None:
    """With the smallest life that breaks just this law, which it does again."""
    file = cases / f"Searching-{law}.yaml"
    case = Case.read(file)

    assert len(case.scenario.get("faults", ())) == faults
    assert len(case.session.acts) == 3
    with pytest.raises(LawBroken, match=law):
        replay(file, Rash)
    assert str(file) in "\n".join(found[law].__notes__)


def test_what_is_printed_shows_the_life(found: Found) -> None:
    """Its acts with short words for what they are to bring about, and the timeline, within bounds."""
    told = "\n".join(found["paid-once"].__notes__)
    acts = [line for line in told.splitlines() if line.startswith("- say: ")]

    assert len(acts) == 1
    assert "# " in acts[0]
    assert '"effect"' not in told
    assert "frozen" in told
    assert "turn.accepted" in told
    assert len(told.splitlines()) < 80
    assert max(map(len, told.split("\n- ", 1)[1].splitlines())) < 130


def test_a_test_case_leaves_the_explanation_out(tmp_path: Path) -> None:
    """Hypothesis would trace every line, and then name lines of the harness; other settings count."""

    class Searching(Rash):
        """The machine, writing where the test looks."""

        folder = tmp_path

    with pytest.raises(LawBroken) as caught:
        run(Searching, settings(SEARCH, report_multiple_bugs=False, phases=list(Phase)))
    told = "\n".join(caught.value.__notes__)

    assert "state.say(edit=<Edit 'Add the title" in told
    assert "Explanation" not in told
    assert Searching.TestCase is Searching.TestCase
    assert Searching.TestCase.__name__ == "Searching.TestCase"


def test_a_machine_can_be_run_without_its_test_case(tmp_path: Path) -> None:
    """As any other state machine."""

    class Peaceful(Rash):
        """The machine without faults, and without silence."""

        folder = tmp_path
        most_faults = 0
        spared = (*Rash.spared, "silence-looked-into")

    run_state_machine_as_test(Peaceful, settings=settings(SEARCH, max_examples=5))

    assert list(tmp_path.iterdir()) == []
