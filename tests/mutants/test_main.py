"""The check itself, on a suite of two tests: what it says of mutants that are caught, survive, or cannot be tried."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from mutants import plugin, report
from mutants.__main__ import chosen, main
from mutants.running import Run, run

SUITE = """
def _issued(service):
    with service.http() as http:
        return http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"}).json()


def test_anything(nemo_service):
    assert _issued(nemo_service)["code"] == 0


def test_tokens_come_with_credits(nemo_service):
    assert _issued(nemo_service)["data"]["credits"] == 100
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A suite that looks at tokens and nothing else."""
    path = tmp_path / "test_suite.py"
    path.write_text(SUITE, encoding="utf-8")
    return path


def test_who_is_caught_and_who_survives(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mutant that a test sees is caught by that test; one that no test looks for survives, and fails the check."""
    told = tmp_path / "told.json"
    names = ["credits-as-text", "a-token-of-eight-days"]

    code = main([*names, f"--suite={suite}", f"--json={told}"])

    assert code == 1
    runs = {one["mutant"]: one for one in json.loads(told.read_text(encoding="utf-8"))}
    (failed,) = runs["credits-as-text"]["failed"]
    assert failed.endswith("test_suite.py::test_tokens_come_with_credits")
    assert runs["a-token-of-eight-days"]["fate"] == "survived"
    printed = capsys.readouterr().out
    assert "healthy, the defaults: 2 passed" in printed
    assert "SURVIVED: An anonymous token still opens the API on its eighth day." in printed
    assert "caught 1 of 2; 1 survived" in printed


def test_how_much_breaks() -> None:
    """Where all tests ran, the line says how many failed; a mutant that breaks more than a quarter is wide."""
    (mutant,) = chosen(["credits-as-text"])
    narrow = Run(fate="caught", failed=("a",), passed=9, seconds=2.0, after=1.0, log="")

    assert report.line(mutant, narrow, to_the_end=True).endswith(" a  1 of 10 tests")
    wide = replace(narrow, passed=1)
    assert report.line(mutant, wide, to_the_end=True).endswith(" a  1 of 2 tests (wide)")
    assert report.line(mutant, wide, to_the_end=False).endswith(" a")


def test_a_suite_that_fails_with_a_healthy_fake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the healthy fake fails no mutant is tried: everything would count as caught."""
    path = tmp_path / "test_suite.py"
    path.write_text("def test_nothing():\n    assert False\n", encoding="utf-8")

    assert main(["credits-as-text", f"--suite={path}"]) == 2
    assert "the suite fails with a healthy fake under the defaults" in capsys.readouterr().out


def test_a_run_that_no_test_decided(suite: Path) -> None:
    """A mutant whose run ends in an error of pytest is an error, and never caught."""
    (mutant,) = chosen(["credits-as-text"])

    ran = run(replace(mutant, name="wings"), "", to_the_end=False, suite=(str(suite),))

    assert ran.fate == "error"
    assert "there is no mutant 'wings'" in report.line(mutant, ran, to_the_end=False)
    assert report.summed([ran]) == "caught 0 of 1; 0 survived, 1 could not be tried"


def test_a_mutant_that_no_longer_applies() -> None:
    """A mutant whose target is gone ends the run as a usage error, before any test."""
    (mutant,) = chosen(["credits-as-text"])
    gone = replace(mutant, change=lambda cut: cut.replace("core.wings", None))

    with pytest.raises(pytest.UsageError, match=r"does not apply: the fake has no core\.wings"):
        plugin.begin(gone, ExitStack())


def test_names_that_are_none() -> None:
    """A name that is neither a mutant's nor a chapter's is refused."""
    with pytest.raises(SystemExit, match="'wings' is no mutant and no chapter"):
        chosen(["wings"])

    assert {mutant.chapter for mutant in chosen(["exports", "no-url"])} == {"exports", "polls"}
