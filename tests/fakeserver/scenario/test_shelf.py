from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_fakeserver.scenario import ScenarioBroken, find, named, of, ready
from nemovideo_fakeserver.scenario.writing import dump

NAMES = [found.name for found in ready()]
WANTED = {
    "cut-stream",
    "demo",
    "expired-token",
    "free-plan-export-blocked",
    "happy",
    "heartbeats-only-11-minutes",
    "no-credits",
    "rate-limited",
    "render-fails-once",
    "silent-edit",
    "slow-generation",
    "stage-two-fails",
    "trailing-noise",
}


def test_what_people_look_for_is_there() -> None:
    """In order of name, and more than what was promised."""
    assert sorted(NAMES) == NAMES
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_scenario_says_what_it_is_for(name: str) -> None:
    """It is called what its file is called, in a sentence, and does something."""
    scenario = named(name)

    assert scenario.name == name
    assert scenario.about.endswith(".")
    assert len(scenario.about) <= 100
    assert scenario != of({"name": name, "about": scenario.about})


def test_a_name_or_a_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ready name comes first; what looks like a file, or is one, is read."""
    monkeypatch.chdir(tmp_path)
    mine = of({"name": "mine"})
    for name in ("mine.yaml", "plain", "happy"):
        Path(name).write_text(dump(mine))

    assert find("happy") == named("happy")
    assert (
        find("mine.yaml")
        == find("plain")
        == find("./happy")
        == find(str(tmp_path / "plain"))
        == mine
    )


def test_a_name_that_is_none_is_told_those_that_are() -> None:
    """The nearest first, then all of them."""
    with pytest.raises(ScenarioBroken) as refused:
        find("hapy")

    said = str(refused.value)
    assert "did you mean happy?" in said
    assert all(name in said for name in NAMES)
    assert said.endswith("or give the path of a YAML file")


def test_a_file_that_is_not_there_is_no_misspelt_name() -> None:
    """What looks like a path is told that nothing is there."""
    with pytest.raises(
        ScenarioBroken, match=r"happ\.yaml: the scenario cannot be read: No such file"
    ):
        find("happ.yaml")


def test_whoever_knows_the_variants_checks_those_of_a_ready_scenario() -> None:
    """As when reading a file."""

    def none(key: str, value: str) -> None:
        raise ValueError(f"no {key} {value}")

    with pytest.raises(ScenarioBroken, match=r"blocked\.yaml:\d+: no free_plan_export block"):
        find("free-plan-export-blocked", variant=none)
