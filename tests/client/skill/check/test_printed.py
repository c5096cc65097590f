"""The page of the rules is printed from their table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nemovideo_client.skill.check.printed import TITLE, as_markdown
from nemovideo_client.skill.check.table import RULES

PAGE = Path(__file__).parents[4] / "docs" / "skill-check.md"


def test_the_printed_table_is_up_to_date() -> None:
    """The last chapter of docs/skill-check.md is what `python -m nemovideo_client.skill.check` prints."""
    page = PAGE.read_text(encoding="utf-8")

    command = (sys.executable, "-m", "nemovideo_client.skill.check")
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert page[page.index(TITLE) :] == ran.stdout == as_markdown()


def test_no_cell_breaks_the_table() -> None:
    """A bar would end it."""
    assert [rule.name for rule in RULES if "|" in rule.asks + rule.source] == []
