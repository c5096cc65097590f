"""docs/contract.md tells what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from nemovideo_pytest.contract import basis
from support.judging import environment

PAGE = (Path(__file__).parents[3] / "docs" / "contract.md").read_text(encoding="utf-8")


def test_the_table_of_chapters_is_up_to_date() -> None:
    """It is what `python -m nemovideo_pytest.contract` prints."""
    ran = subprocess.run(
        (sys.executable, "-m", "nemovideo_pytest.contract"),
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert f"<!-- chapters -->\n{ran.stdout}<!-- end -->" in PAGE


def test_every_mark_is_explained() -> None:
    """Those that the suite adds, and no others."""
    table = PAGE.partition("## The marks")[2].partition("\n## ")[0]
    explained = re.findall(
        r"`(\w+)(?=[(`])", "\n".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))
    )

    assert sorted(explained) == sorted(marker.partition("(")[0] for marker in basis.MARKERS)
