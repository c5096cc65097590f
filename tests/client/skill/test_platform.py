"""Where a skill was installed from."""

from __future__ import annotations

from pathlib import Path

import pytest

from nemovideo_client.skill.platform import detect


@pytest.mark.parametrize(
    ("path", "home", "platform"),
    [
        ("/home/ann/.clawhub/skills/music/SKILL.md", "/home/ann", "clawhub"),
        ("/home/ann/.cursor/skills/music/SKILL.md", "/home/ann", "cursor"),
        ("/home/ann/.cursor/rules/SKILL.md", "/home/ann", "unknown"),
        ("/home/ann/work/.clawhub/SKILL.md", "/home/ann", "unknown"),
        ("/home/ben/.clawhub/SKILL.md", "/home/ann", "unknown"),
        ("/home/ann/.clawhubs/SKILL.md", "/home/ann", "unknown"),
        ("/home/ann/SKILL.md", "/home/ann", "unknown"),
        ("~/.clawhub/SKILL.md", "/home/ann", "clawhub"),
        ("~/.cursor/skills/SKILL.md", "/home/ann", "cursor"),
        ("C:\\Users\\ann\\.cursor\\skills\\music\\SKILL.md", "C:\\Users\\ann", "cursor"),
        ("c:\\users\\ann\\.clawhub\\SKILL.md", "C:\\Users\\ann", "clawhub"),
        ("~\\.clawhub\\SKILL.md", "C:\\Users\\ann", "clawhub"),
        ("C:/Users/ann/.clawhub/SKILL.md", "C:\\Users\\ann", "clawhub"),
        ("D:\\.clawhub\\SKILL.md", "C:\\Users\\ann", "unknown"),
        ("SKILL.md", "/home/ann", "unknown"),
        ("", "/home/ann", "unknown"),
    ],
)
def test_the_install_path_tells(path: str, home: str, platform: str) -> None:
    """Only the documented folders, right below the home directory, name a platform."""
    assert detect(path, {}, home) == platform


@pytest.mark.parametrize(
    ("told", "platform"),
    [("github", "github"), (" skillhub ", "skillhub"), ("", "clawhub"), ("  ", "clawhub")],
)
def test_the_environment_goes_before_the_path(told: str, platform: str) -> None:
    """SKILL_SOURCE counts, unless it is blank."""
    assert detect(Path("/h/.clawhub/SKILL.md"), {"SKILL_SOURCE": told}, Path("/h")) == platform


def test_no_skill_has_no_platform() -> None:
    """Without a path there is only the environment."""
    assert detect(None, {}) == "unknown"
    assert detect(None, {"SKILL_SOURCE": "ci"}) == "ci"
