"""The cookbook: its tests pass in a user's own project, and its page shows them as they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from examples.cookbook import __main__ as cookbook
from support.command_lines import PLUGIN
from support.documents import DOCS

FILES = sorted(cookbook.HERE.glob("test_*.py"))
STRICT = ("-p", "no:asyncio", "-W", "error", "--strict-markers", "--nemo-judge=error")


def cooked(folder: Path, *options: str) -> ET.Element:
    """Copy the files as a user would, run pytest in their folder, and return its report."""
    shutil.copytree(cookbook.HERE, folder, ignore=shutil.ignore_patterns("__*"))
    environment = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        *PLUGIN,
        *STRICT,
        *options,
        "--junitxml=report.xml",
    )
    ran = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    suite = ET.parse(folder / "report.xml").find("testsuite")
    assert suite is not None
    return suite


@pytest.mark.slow
@pytest.mark.parametrize("target", ["fake", "served"])
def test_every_test_passes_where_a_user_puts_it(target: str, tmp_path: Path) -> None:
    """Warnings are errors, and so are rules of the documents that a client breaks."""
    suite = cooked(tmp_path / "project", f"--nemo-target={target}")

    files = {case.attrib["classname"] for case in suite.iter("testcase")}
    skipped = [
        case.attrib["name"] for case in suite.iter("testcase") if case.find("skipped") is not None
    ]
    assert files == {file.stem for file in FILES}
    assert skipped == [] or not shutil.which("curl")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["doctor", "verify"])
def test_its_recordings_are_sound_and_true(command: str) -> None:
    """There is nothing wrong with them, and the fake still answers as it did when they were made."""
    recorded = sorted(map(str, (cookbook.HERE / "cassettes").rglob("*.yaml")))
    ran = subprocess.run(
        (sys.executable, "-m", "nemovideo_proxy", command, *recorded),
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert recorded
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_page_is_what_the_files_say() -> None:
    """`docs/cookbook.md` is printed by `python -m examples.cookbook`, and nothing was changed by hand."""
    assert (DOCS / "cookbook.md").read_text(encoding="utf-8") == "\n".join(cookbook.page()) + "\n"


def test_the_page_has_every_file_once() -> None:
    """No situation is left out, and each of them says in a few words what it is."""
    listed = [f"test_{name}" for names in cookbook.CHAPTERS.values() for name in names]

    assert sorted(listed) == [file.stem for file in FILES]
    assert all(20 <= len(cookbook.docstring(file.stem[5:]).split()) <= 70 for file in FILES)
