"""The demo does what the README says it does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]


ACTS = (
    (
        "/workspace/claim?ct=clm_",
        'data: {"type":"heartbeat"}',
        "available 100, frozen 0, total 100",
        "the music cost 50 credits",
        "The edit ended without a word",
        'new on the timeline: Title: "Paradise Found" (0-3s)',
        "completed 100 %",
        "Timeline (3 tracks): 1. Video: beach.mp4 (0-8s) 2. BGM:",
        "0 rules broken, ",
    ),
    (
        "Connecting to NemoVideo...",
        "/workspace/claim?ct=clm_",
        "✅ Uploaded beach.mp4 (8 s, 640x360)",
        "Current timeline (3 tracks):",
        "1. Video: beach.mp4 (0-8s)",
        '3. Title: "Paradise Found" (0-3s',
        "You have 50 credits.",
        "⏳ 100%",
        "✅ Video ready!",
        "1. 视频：霓虹灯下的海滨城市（0-10秒）",
        "✅ 视频已就绪！",
        "0 rules broken, ",
    ),
)
"""The stops of either act."""


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on PATH")
def test_the_demo_shows_the_whole_workflow_twice(tmp_path: Path) -> None:
    """Both acts stop wherever the documented workflow does, break no rule, and end with a film; so does a third."""
    ran = subprocess.run(
        (sys.executable, "-m", "examples.demo"),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HOME), *sys.path))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    first, second = ran.stdout.split("Act two")
    for said, stops in zip((first, second), ACTS, strict=True):
        assert [stop for stop in stops if stop not in said] == [], said
    films = sorted((tmp_path / "demo-out").glob("*.mp4"))
    made = [film for film in films if film.name != "beach.mp4"]
    assert [film.name.partition("_")[0] for film in made] == ["film.mp4", "render", "render"]
    for film in made:
        assert str(film) in second
        assert film.read_bytes()[4:8] == b"ftyp"
    assert (tmp_path / "demo-out" / "contact-sheet.png").read_bytes().startswith(b"\x89PNG")
