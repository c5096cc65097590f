"""A service that breaks the contract is told what it broke, and where that stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.judging import Ran, environment, judge

BROKEN = {
    "fewer credits": "core.accounts.Accounts.free_credits = 90",
    "another status": "api.replies.STATUSES = {}",
}


def broken(where: Path, patch: str, *chapters: str) -> Ran:
    """Judge a fake in which something has been set otherwise."""
    module, _, _ = patch.partition(" = ")[0].rpartition(".")
    name = module if module.islower() else module.rpartition(".")[0]
    (where / "broken.py").write_text(
        f"import nemovideo_fakeserver.{name}\nnemovideo_fakeserver.{patch}\n", encoding="utf-8"
    )
    path = f"{where}:{environment()['PYTHONPATH']}"
    return judge(where, "-p", "broken", chapters=chapters, PYTHONPATH=path)


def test_a_failure_names_its_sources(tmp_path: Path) -> None:
    """Each behaviour of the failed test, its basis, and the documents."""
    ran = broken(tmp_path, BROKEN["fewer credits"], "tokens")

    assert ran.code == 1
    assert ran.outcomes["failed"] >= 3
    assert "what the contract rests on" in ran.printed
    assert "free credits - documented: all four skills" in ran.printed
    assert "user id form - documented: 51912643291" in ran.printed


def test_a_failure_shows_no_token(tmp_path: Path) -> None:
    """Reports are passed on."""
    ran = broken(tmp_path, BROKEN["fewer credits"], "tokens", "credits")

    assert ran.outcomes["failed"] >= 3
    assert "nmv_usr_" + 8 * "x" not in ran.printed
    assert "Authorization" not in ran.printed


@pytest.mark.parametrize("patch", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_found(tmp_path: Path, patch: str) -> None:
    """And what is not, passes."""
    ran = broken(tmp_path, patch, "tokens", "envelope")

    assert ran.code == 1
    assert 1 <= ran.outcomes["failed"] < ran.outcomes["passed"]
