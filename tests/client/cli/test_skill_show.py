"""`skill show`: what was read from a SKILL.md."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from nemovideo_client.cli import main

SKILL = """---
name: loud-music
version: 1.2.0
description: Makes loud music.
---

# Loud Music

Try saying:

- "Make it louder\x1b[2J"

## Connect

Say "Plugging in..." and POST to `/api/auth/anonymous-token` with the UUID in
`~/.config/loud/client_id`, then `{"task_name":"project","language":"en"}`. Send `X-Skill-Source`,
`X-Skill-Version` and `X-Skill-Platform`. Show `https://loud.test/workspace/claim?ct=`.

## Export

Poll every 20s, max 15 times. Files: max 200MB. Without credits, "Top up at nemovideo.ai".
"""


@pytest.fixture(autouse=True)
def installed_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform of whoever runs the tests is not seen."""
    monkeypatch.delenv("SKILL_SOURCE", raising=False)


@pytest.fixture
def skill(tmp_path: Path) -> Path:
    """A SKILL.md."""
    path = tmp_path / "SKILL.md"
    path.write_text(SKILL)
    return path


def test_a_person_reads_rows(skill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that decides what a client does has a row; no control character is left."""
    code = main(["skill", "show", str(skill)])

    said = capsys.readouterr().out
    rows = dict(line.split("  ", 1) for line in said.splitlines() if "  " in line.strip())
    told = {label: value.strip() for label, value in rows.items()}
    assert code == 0
    assert told["Skill"] == "loud-music"
    assert told["Version"] == "1.2.0"
    assert told["Platform"] == "unknown"
    assert told["Client id"] == "kept in ~/.config/loud/client_id"
    assert told["Session language"] == "always en"
    assert told["Link to project"] == "yes, at https://loud.test"
    assert told["While connecting"].startswith("Plugging in... | ")
    assert told["Out of credits"].startswith("Top up at nemovideo.ai.")
    assert told["Largest upload"] == "200 MiB"
    assert told["Polling"] == "every 20 s, at most 15 times"
    assert "Try saying:\n  - Make it louder" in said
    assert "\x1b" not in said


def test_a_program_reads_json(skill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as one object, with bytes and seconds as numbers."""
    code = main(["skill", "show", str(skill), "--json"])

    result = json.loads(capsys.readouterr().out)["result"]
    assert code == 0
    assert result["name"] == "loud-music"
    assert result["max_upload"] == 200 * 1024**2
    assert result["poll_seconds"] == 20
    assert result["poll_cap"] == 15
    assert result["claim_link"] is True
    assert isinstance(result["deviations"], list)


def test_it_needs_no_rich(
    skill: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a skill works on a terminal without the terminal library."""
    monkeypatch.setitem(sys.modules, "rich", None)
    monkeypatch.setattr("nemovideo_client.cli.front.is_terminal", lambda: True)

    assert main(["skill", "show", str(skill)]) == 0
    assert "loud-music" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "no front matter"], ids=["missing", "unreadable"])
def test_a_skill_that_cannot_be_read_is_one_sentence(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says which file and why; the exit code is 2."""
    path = tmp_path / "SKILL.md"
    if content is not None:
        path.write_text(content)

    code = main(["skill", "show", str(path)])

    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.startswith("nemo-client: ")
    assert str(path) in said.err
    assert said.err.count("\n") == 1
