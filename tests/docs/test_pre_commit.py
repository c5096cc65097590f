"""The hooks for pre-commit: their commands exist, find what is damaged, and let pass what is sound."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.bare_install import program
from support.command_lines import complaint
from support.documents import ROOT
from support.project_metadata import EXTRAS, VERSION

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
CONFIG = yaml.safe_load(
    (ROOT / "examples" / "pre-commit" / ".pre-commit-config.yaml").read_text("utf-8")
)
SKILL = ROOT / "examples" / "skills" / "topmediai-ai-music-generator" / "SKILL.md"
CUT = ROOT / "cassettes" / "cut-stream.yaml"
PSEUDONYM = re.compile(r"nmv_usr_token1x+")
TOKEN = "nmv_usr_KGdwtlGw3hBDUpV-4_FJfEgYqFbTXQuYPKPabcdefgh"


def extras_of(hook: str) -> list[str]:
    """Return the extras of this project that a hook asks for."""
    asked = HOOKS[hook].get("additional_dependencies", ())
    return [extra for more in asked for extra in re.findall(r"^\.\[([\w,]+)\]$", more)]


def run(hook: str, *files: Path) -> subprocess.CompletedProcess[str]:
    """Run a hook on files, as pre-commit does: with no more than it has asked for."""
    name, *arguments = HOOKS[hook]["entry"].split()
    command = (sys.executable, "-c", program(name, extras_of(hook)), *arguments, *map(str, files))
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """A sound cassette, with the files beside it."""
    shutil.copytree(CUT.with_suffix(".files"), tmp_path / "cut-stream.files")
    return Path(shutil.copy(CUT, tmp_path))


@pytest.mark.parametrize("hook", HOOKS)
def test_the_command_of_a_hook_takes_files(hook: str) -> None:
    """It is a command that the project installs, and it takes several files, as pre-commit gives them."""
    assert complaint([*HOOKS[hook]["entry"].split(), "one", "two"]) == ""
    assert HOOKS[hook]["language"] == "python"


@pytest.mark.parametrize("hook", HOOKS)
def test_what_a_hook_needs_besides_is_an_extra(hook: str) -> None:
    """pre-commit installs the base alone; `.[extra]` among the dependencies brings the rest of this clone."""
    assert len(extras_of(hook)) == len(HOOKS[hook]["additional_dependencies"])
    assert {*extras_of(hook)} <= EXTRAS


@pytest.mark.parametrize(
    ("hook", "path", "meant"),
    [
        ("nemo-doctor", "cassettes/talk.yaml", True),
        ("nemo-doctor", "tests/cassettes/test_talk/test_one.yaml", True),
        ("nemo-doctor", "tests/cassettes/talk.files/0a.mp4", False),
        ("nemo-doctor", "docs/mycassettes/talk.yaml", False),
        ("nemo-skill-check", "SKILL.md", True),
        ("nemo-skill-check", "skills/music/SKILL.md", True),
        ("nemo-skill-check", "skills/music/NOSKILL.md", False),
    ],
)
def test_a_hook_is_for_its_files(hook: str, path: str, *, meant: bool) -> None:
    """Cassettes are what lies in a folder `cassettes`; a skill is a SKILL.md."""
    assert bool(re.search(HOOKS[hook]["files"], path)) is meant


def test_a_sound_cassette_passes(cassette: Path) -> None:
    """There is nothing to say."""
    ran = run("nemo-doctor", cassette)

    assert (ran.returncode, ran.stdout) == (0, "")


def test_a_cassette_with_a_token_in_it_does_not(cassette: Path) -> None:
    """The commit is stopped, and the token is not printed."""
    cassette.write_text(
        PSEUDONYM.sub(TOKEN, cassette.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )

    ran = run("nemo-doctor", cassette)

    assert ran.returncode == 1
    assert re.search(r"cut-stream\.yaml:\d+: secret: ", ran.stdout)
    assert TOKEN not in ran.stdout + ran.stderr


def test_a_cassette_without_its_film_does_not(cassette: Path) -> None:
    """Forgetting the folder beside a cassette is found before the push."""
    shutil.rmtree(cassette.with_suffix(".files"))

    ran = run("nemo-doctor", cassette)

    assert ran.returncode == 1
    assert "missing file" in ran.stdout


@pytest.mark.parametrize(
    ("written", "code"), [("", 0), ("/api/auth/anonymous-token", 1)], ids=["as it is", "damaged"]
)
def test_a_skill_is_checked(written: str, code: int, tmp_path: Path) -> None:
    """One with an endpoint that does not exist stops the commit."""
    skill = tmp_path / "SKILL.md"
    text = SKILL.read_text(encoding="utf-8")
    skill.write_text(
        text.replace(written, "/api/auth/anonymus-token") if written else text, "utf-8"
    )

    ran = run("nemo-skill-check", skill)

    assert ran.returncode == code, ran.stdout + ran.stderr


def test_the_example_asks_for_hooks_that_exist() -> None:
    """In the version of this project."""
    (repository,) = CONFIG["repos"]

    assert repository["rev"] == f"v{VERSION}"
    assert {hook["id"] for hook in repository["hooks"]} == set(HOOKS)
