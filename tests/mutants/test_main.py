"""The check itself, on suites of a few tests: what it says of mutants that are caught, survive, or cannot be tried."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from mutants import report
from mutants.__main__ import chosen, main
from mutants.chapters import named
from mutants.plugin import begin
from mutants.running import Run
from mutants.surgery import Gone

SUITE = """
import os


def _issued(service):
    with service.http() as http:
        return http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"}).json()


def test_anything(nemo_service):
    assert _issued(nemo_service)["code"] == 0


def test_tokens_come_with_credits(nemo_service):
    assert _issued(nemo_service)["data"]["credits"] == 100


def test_nobody_is_anonymous_without_dying(nemo_service):
    if not _issued(nemo_service)["data"]["user_id"].startswith("anon_"):
        os._exit(7)
"""

pytestmark = pytest.mark.slow


def test_who_is_caught_and_who_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mutant that a test sees is caught by that test; one that none looks for survives; a run that dies is neither."""
    suite, told = tmp_path / "test_suite.py", tmp_path / "told.json"
    suite.write_text(SUITE, encoding="utf-8")
    names = ["credits-as-text", "a-token-of-eight-days", "a-user-id-without-anon"]

    code = main([*names, f"--suite={suite}", f"--json={told}"])

    assert code == 1
    runs = {one["mutant"]: one for one in json.loads(told.read_text(encoding="utf-8"))}
    (failed,) = runs["credits-as-text"]["failed"]
    assert failed.endswith("test_suite.py::test_tokens_come_with_credits")
    assert runs["a-token-of-eight-days"]["fate"] == "survived"
    assert runs["a-user-id-without-anon"]["fate"] == "error"
    printed = capsys.readouterr().out
    assert "healthy: 3 passed" in printed
    assert "SURVIVED: An anonymous token still opens the API on its eighth day." in printed
    assert "caught 1 of 3; 1 survived, 1 could not be tried" in printed


@pytest.mark.parametrize("text", ["def test_nothing():\n    assert False\n", "import nothing\n"])
def test_a_suite_that_fails_with_a_healthy_fake(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the suite fails by itself no mutant is tried: everything would count as caught."""
    suite = tmp_path / "test_suite.py"
    suite.write_text(text, encoding="utf-8")

    assert main(["credits-as-text", f"--suite={suite}"]) == 2
    assert "the suite fails with a healthy fake" in capsys.readouterr().out


def test_a_mutant_that_no_longer_applies() -> None:
    """A mutant whose target is gone says so, and which it is."""
    (mutant,) = chosen(["credits-as-text"])
    gone = replace(mutant, change=lambda cut: cut.replace("core.wings", None))

    with pytest.raises(Gone, match=r"credits-as-text does not apply: the fake has no core\.wings"):
        begin(gone, ExitStack())


def test_how_much_breaks() -> None:
    """Where all tests ran, the line says how many failed; a mutant that breaks more than a quarter is wide."""
    (mutant,) = chosen(["credits-as-text"])
    narrow = Run(fate="caught", failed=("b/c.py::a[d/e]",), passed=9, seconds=2.0, after=1.0)
    wide = replace(narrow, passed=1)

    assert report.line(mutant, narrow, to_the_end=True).startswith("credits-as-text ")
    assert report.line(mutant, narrow, to_the_end=True).endswith(" c.py::a[d/e]  1 of 10 tests")
    assert report.line(mutant, wide, to_the_end=True).endswith("]  1 of 2 tests (wide)")
    assert report.line(mutant, wide, to_the_end=False).endswith(" c.py::a[d/e]")


def test_names_that_are_none() -> None:
    """A name that is neither a mutant's nor a chapter's is refused, also by the plugin."""
    with pytest.raises(LookupError, match="there is no mutant 'wings'"):
        named("wings")
    with pytest.raises(SystemExit, match="'wings' is no mutant and no chapter"):
        chosen(["wings"])

    assert {mutant.chapter for mutant in chosen(["exports", "no-url"])} == {"exports", "polls"}
