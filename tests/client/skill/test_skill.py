"""Loading a SKILL.md."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill.frontmatter import LIMIT
from nemovideo_client.skill.skill import Skill

TEXT = "---\nname: a-skill\nversion: 1.0\n---\n# 音乐\nX-Skill-Source\n"


def test_a_file_is_loaded_with_its_platform(tmp_path: Path) -> None:
    """Name and version come from the file, the platform from where it lies."""
    path = tmp_path / ".cursor" / "skills" / "a" / "SKILL.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())

    skill = Skill.load(path, {}, tmp_path)

    assert (skill.name, skill.version, skill.title) == ("a-skill", "1.0", "音乐")
    assert skill.attribution.platform == "cursor"


def test_a_relative_path_is_where_it_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is taken from the working directory, environment and home from the process."""
    (tmp_path / ".clawhub").mkdir()
    (tmp_path / ".clawhub" / "SKILL.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path / ".clawhub")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv("SKILL_SOURCE", raising=False)

    assert Skill.load("SKILL.md").attribution.platform == "clawhub"

    monkeypatch.setenv("SKILL_SOURCE", "ci")

    assert Skill.load("SKILL.md").attribution.platform == "ci"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read: No such file"),
        (b"\xff\xfe-\x00-\x00-\x00", "cannot be read: it is not UTF-8 text. Name a SKILL.md file."),
        (b"# no front matter", ":1: there is no front matter."),
        (b"x" * (LIMIT + 9), ":1: the document has more than"),
    ],
)
def test_a_file_that_is_no_skill_is_refused(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    """The error names the file and says what to do."""
    path = tmp_path / "SKILL.md"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SkillUnreadable) as refused:
        Skill.load(path, {}, tmp_path)

    assert str(refused.value).startswith(f"{path}")
    assert says in str(refused.value)


def test_a_platform_that_no_header_can_carry_is_refused(tmp_path: Path) -> None:
    """What comes from the environment is checked when the skill is loaded, not when it is sent."""
    (tmp_path / "SKILL.md").write_text(TEXT, encoding="utf-8")

    with pytest.raises(SkillUnreadable, match="X-Skill-Platform cannot carry"):
        Skill.load(tmp_path / "SKILL.md", {"SKILL_SOURCE": "平台"}, tmp_path)


pieces = st.sampled_from(
    [
        "---\n", "...\n", "name: a\n", "version: 1.0\n", "metadata: ", "{", "}", "[", "]", "'", '"', "&a ", "*a", "!!", "? ",
        "{taskname:p,", "language:", "# ", "```\n", "poll every ", "30s", "max ", "500 MB", "在 nemovideo.ai 充值",
        "Try saying:\n", "- ", "token=$", "X-Skill-Version: 2", "~/.config/", "anonymous-", "\n", "\r", "\ufeff", "\x00", "\\U",
    ]
)  # fmt: skip


@given(st.lists(pieces | st.text(max_size=5)).map("".join), st.booleans())
def test_any_text_is_a_skill_or_unreadable(text: str, fenced: bool) -> None:
    """Whatever a document holds, reading it gives a skill or SkillUnreadable."""
    document = f"---\nname: a\nversion: 1\n{text}\n---\n{text}" if fenced else text

    with suppress(SkillUnreadable):
        assert Skill.read(document).name


@pytest.mark.parametrize(
    "piece",
    ["#", " ", "# ", "\n", "*\n", "- ", "技", "$WEB", "http://", "register", "poll", "a-", "*", "{taskname:", "max"],
)  # fmt: skip
def test_a_monotonous_document_is_read(piece: str) -> None:
    """A document as long as one may be, of nothing but one piece, is read without much ado."""
    head = "---\nname: a\nversion: 1\n---\n# "

    assert Skill.read(head + piece * ((LIMIT - len(head)) // len(piece))).name == "a"


def test_reading_of_skills_loads_yaml_only_when_a_skill_is_read() -> None:
    """Importing the package costs no YAML parser and no HTTP client."""
    code = "import sys, nemovideo_client.skill.skill; sys.exit(bool({'yaml', 'httpx'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
