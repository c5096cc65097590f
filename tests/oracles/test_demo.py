"""The demo does what the README says it does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on PATH")
def test_the_demo_shows_the_whole_workflow(tmp_path: Path) -> None:
    """Every stop of the documented workflow is on the way, and a film lies at the end of it."""
    ran = subprocess.run(
        (sys.executable, "-m", "examples.demo"),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    for stop in (
        "/workspace/claim?ct=clm_",
        'data: {"type":"heartbeat"}',
        "available 100, frozen 0, total 100",
        "the music cost 50 credits",
        "The edit ended without a word",
        'new on the timeline: Title: "Paradise Found" (0-3s)',
        "completed 100 %",
        "Timeline (3 tracks): 1. Video: beach.mp4 (0-8s) 2. BGM:",
    ):
        assert stop in ran.stdout, stop
    film = tmp_path / "demo-out" / "film.mp4"
    assert str(film) in ran.stdout
    assert film.read_bytes()[4:8] == b"ftyp"
