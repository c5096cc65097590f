"""The proof of the machine: a client that pays twice is found, shrunk to a small file, and caught by it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from nemovideo_client.errors import NemoError
from nemovideo_fakeserver import Fake, Options, scenario
from nemovideo_pytest.machine import LawBroken, NemoMachine, replay
from nemovideo_pytest.machine.clients import nemo_player
from nemovideo_pytest.strategies import Case
from support.rash_client import RashMachine, rash
from support.searching import SEARCH, broken_in


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[LawBroken, Path]:
    """The law that Hypothesis found broken, and the file of the smallest life that breaks it."""

    class Searching(RashMachine):
        """The machine, writing where the test looks."""

        folder = tmp_path_factory.mktemp("cases")

    errors = {error.law: error for error in broken_in(Searching, SEARCH)}
    return errors["paid-once"], Searching.folder / "Searching-paid-once.yaml"


def test_the_double_charge_is_found_and_shrunk_to_one_fault_and_one_message(
    found: tuple[LawBroken, Path],
) -> None:
    """What is left of the life is one broken connection and one message that is paid twice."""
    _, file = found
    case = Case.read(file)

    assert [act.name for act in case.session.acts] == ["token", "session", "say"]
    assert len(case.scenario["faults"]) == 1
    assert "break" in case.scenario["faults"][0]["do"]


def test_the_error_says_how_to_live_it_again(found: tuple[LawBroken, Path]) -> None:
    """The message names the file, the call that plays it, and the command that serves its scenario."""
    broken, file = found
    told = "\n".join(broken.__notes__)

    assert f"replay({str(file)!r}, Searching)" in told
    assert f"nemo-fakeserver serve --scenario {file}" in told
    assert "say: " in told


def test_the_file_alone_breaks_the_law_again(found: tuple[LawBroken, Path]) -> None:
    """Without Hypothesis, and as often as one likes."""
    _, file = found

    for _ in range(2):
        with pytest.raises(LawBroken, match="paid for 2 times"):
            replay(file, RashMachine)


@pytest.mark.parametrize(("player", "times"), [(rash, 2), (nemo_player, 1)])
def test_the_file_is_a_scenario_in_which_the_rash_client_pays_twice_and_the_good_one_once(
    found: tuple[LawBroken, Path], player: Callable[[Fake], Any], times: int
) -> None:
    """In a plain test: a fake plays the file, a client does what stands in it, and the ledger tells."""
    _, file = found
    with Fake(Options(scenario=scenario.read(file))) as fake:
        Case.read(file).session.play(player(fake), errors=(NemoError,))
        (price, *more) = (
            fact.what["amount"]
            for fact in fake.journal.facts()
            if fact.kind == "ledger" and fact.what["entry"] == "freeze"
        )

    assert price > 0
    assert more == [price] * (times - 1)


def test_the_good_client_lives_through_the_same_file(found: tuple[LawBroken, Path]) -> None:
    """The client of this repository breaks no law in it."""
    _, file = found

    replay(file, NemoMachine)


@pytest.mark.usefixtures("found")
def test_the_same_search_gives_the_same_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Under one seed of Hypothesis everything is the same, to the byte, once all modules are loaded.

    It draws constants of the modules that are there, so the very first search may be another.
    """
    written = []
    for into in map(tmp_path_factory.mktemp, ("one", "other")):

        class Searching(RashMachine):
            """The machine, writing into another folder."""

            folder = into

        assert broken_in(Searching, SEARCH)
        (file,) = into.glob("*-paid-once.yaml")
        written.append(file.read_bytes())

    assert written[0] == written[1]


def test_a_machine_finds_nothing_where_nothing_goes_wrong(tmp_path: Path) -> None:
    """Without faults the rash client pays once, and no file is written."""

    class Peaceful(RashMachine):
        """The machine without faults."""

        folder = tmp_path
        most_faults = 0

    assert broken_in(Peaceful, settings(SEARCH, max_examples=10)) == []
    assert list(tmp_path.iterdir()) == []
