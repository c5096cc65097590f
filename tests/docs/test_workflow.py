"""The example of a GitHub workflow: it has the shape of one, and each of its steps does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.bare_install import program
from support.command_lines import PLUGIN, commands, complaint
from support.documents import ROOT
from support.project_metadata import EXTRAS, MODULES, NAME

FOLDER = ROOT / "examples" / "github-actions"
WORKFLOW: dict[Any, Any] = yaml.safe_load((FOLDER / "nemovideo.yml").read_text(encoding="utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
LINES = [line for step in STEPS for line in step.get("run", "").splitlines()]

# Those keys of the published schema that are used here; a misspelt one is not among them.
WORKFLOW_KEYS = {"name", True, "permissions", "jobs"}  # YAML 1.1 reads the key `on` as true
JOB_KEYS = {"name", "runs-on", "timeout-minutes", "env", "steps"}
STEP_KEYS = {"name", "uses", "with", "run"}


def test_it_has_the_shape_of_a_workflow() -> None:
    """Triggers, jobs with a runner, steps that either use an action of a version or run something."""
    assert set(WORKFLOW) == WORKFLOW_KEYS
    assert set(WORKFLOW[True]) <= {"push", "pull_request"}
    assert all({"runs-on", "steps"} <= set(job) <= JOB_KEYS for job in JOBS.values())
    assert all(set(step) <= STEP_KEYS for step in STEPS)
    assert all(("uses" in step) != ("run" in step) for step in STEPS)
    assert all(
        isinstance(value, str) for job in JOBS.values() for value in job.get("env", {}).values()
    )
    assert all(
        re.fullmatch(r"[\w.-]+/[\w.-]+@v\d+", step["uses"]) for step in STEPS if "uses" in step
    )


def test_it_may_only_read() -> None:
    """A workflow that runs the code of pull requests has no right to write, and no secret."""
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "secrets." not in (FOLDER / "nemovideo.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", LINES)
def test_every_command_has_the_options_it_is_given(line: str) -> None:
    """The commands' own parsers take them."""
    assert [said for words in commands(line) if (said := complaint(words))] == []


def test_what_is_installed_is_this_project_with_extras_it_has() -> None:
    """The name and the extras of the install lines are those of pyproject.toml."""
    wanted = re.findall(r'pip install "([\w-]+)\[([\w,]+)\]"', "\n".join(LINES))

    assert len(wanted) == len(JOBS)
    assert {name for name, _ in wanted} == {NAME}
    assert {extra for _, extras in wanted for extra in extras.split(",")} <= EXTRAS


@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS)
def test_the_steps_succeed_in_a_checkout(job: str, tmp_path: Path) -> None:
    """Each step but the installation, in the shell that GitHub takes, where the files are that it names."""
    checkout, commands_ = _checkout(tmp_path / "checkout"), _commands(tmp_path / "bin", job)
    environment = {
        **os.environ,
        **JOBS[job].get("env", {}),
        "PATH": f"{commands_}:{os.environ['PATH']}",
    }
    runs = [
        step["run"]
        for step in JOBS[job]["steps"]
        if "pip install" not in step.get("run", "pip install")
    ]

    for run in runs:
        ran = subprocess.run(
            ("bash", "-e", "-c", run),
            cwd=checkout, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, run + ran.stdout + ran.stderr


def test_a_script_that_breaks_a_rule_fails_its_step(tmp_path: Path) -> None:
    """Without the attribution headers the exit code of the step is 3, and the log says why."""
    checkout, commands_ = _checkout(tmp_path / "checkout"), _commands(tmp_path / "bin", "skill")
    script = checkout / "run-my-skill.sh"
    script.write_text(
        'curl -sS "$NEMO_API_URL/api/credits/balance/simple" -H "Authorization: Bearer $NEMO_TOKEN"\n'
    )
    (run,) = [step["run"] for step in JOBS["skill"]["steps"] if step.get("name") == "The script"]
    ran = subprocess.run(
        ("bash", "-e", "-c", run), cwd=checkout, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PATH": f"{commands_}:{os.environ['PATH']}"},
    )  # fmt: skip

    assert ran.returncode == 3
    assert "error: attribution-missing" in ran.stderr


def _checkout(folder: Path) -> Path:
    """Make the repository that the workflow is meant for: a skill, its script, tests and cassettes."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    shutil.copy(ROOT / "examples" / "skills" / "topmediai-ai-music" / "SKILL.md", folder)
    shutil.copy(FOLDER / "run-my-skill.sh", folder)
    for name in ("silent_edit", "your_own_client"):
        shutil.copy(ROOT / "examples" / "cookbook" / f"test_{name}.py", tests)
    shutil.copytree(ROOT / "cassettes", tests / "cassettes")
    return folder


def _commands(folder: Path, job: str) -> Path:
    """Make the commands that the installation of a job would have brought, with no more than it brings."""
    folder.mkdir()
    (install,) = [
        step["run"] for step in JOBS[job]["steps"] if "pip install" in step.get("run", "")
    ]
    extras = install.partition("[")[2].partition("]")[0].split(",")
    for name in MODULES:
        (folder / f"{name}.py").write_text(program(name, extras))
        _command(folder / name, str(folder / f"{name}.py"))
    _command(folder / "pytest", f"-m pytest {' '.join(PLUGIN)}")
    return folder


def _command(path: Path, runs: str) -> None:
    path.write_text(f'#!/bin/sh\nexec {sys.executable} {runs} "$@"\n')
    path.chmod(0o755)
