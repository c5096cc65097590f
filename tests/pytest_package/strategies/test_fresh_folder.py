"""The first draw in a fresh checkout: nothing large is built inside it, which Hypothesis would call slow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DRAWN = (
    "drafts()",
    "drafts(wrong=True)",
    "projects()",
    "edits()",
    "asides()",
    "event_streams()",
    "event_streams().flatmap(lambda stream: nemo.chunkings(stream.data))",
    "faults(chance=True)",
    "sessions(orderly=False)",
    "words(awkward=True)",
    "json_values()",
)
CODE = """
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from nemovideo_pytest import strategies as nemo

few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
for drawn in {drawn!r}:
    few(given(eval(f"nemo.{{drawn}}"))(lambda value: None))()
    if list(Path().rglob("unicode_data")):
        raise SystemExit(f"{{drawn}} had the tables built")
"""


def test_no_strategy_needs_the_tables_of_unicode(tmp_path: Path) -> None:
    """Hypothesis keeps them in a folder once it has built them, which takes a second: there is none."""
    code = CODE.format(drawn=DRAWN)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        (sys.executable, "-c", code),
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
