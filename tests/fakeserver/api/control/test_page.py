"""docs/control.md has every control path, in the words of the table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nemovideo_fakeserver.api.control.printed import TITLE, as_markdown
from nemovideo_fakeserver.api.control.routes import ROUTES

PAGE = (Path(__file__).parents[4] / "docs" / "control.md").read_text(encoding="utf-8")


def test_the_last_chapter_is_the_table_in_print() -> None:
    """It is what `python -m nemovideo_fakeserver.api.control.printed` prints."""
    command = (sys.executable, "-m", "nemovideo_fakeserver.api.control.printed")
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    assert PAGE[PAGE.index(TITLE) :] == ran.stdout == as_markdown()


def test_no_sentence_breaks_the_table() -> None:
    """A bar would begin another cell."""
    assert not [route.name for route in ROUTES if "|" in route.says]
    assert as_markdown().count("\n|") == len(ROUTES) + 2
