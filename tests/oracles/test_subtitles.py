"""ffprobe reads the subtitles we write: as many cues as there are, at their times."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nemovideo_client.draft.subtitles import srt, vtt

pytestmark = pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not on PATH")

TEXTS = (
    (0, 1_500, "Hello"),
    (1_000, 2_000, "overlapping,\n\n\nwith a gap"),
    (4_000, 500, "00:00:09,000 --> 00:00:10,000\nno cue of its own"),
    (5_000, 500, "2\n\n00:00:09.000 --> 00:00:10.000"),
    (6_000, 500, "<b>5</b> & 6"),
    (7_000, 500, "42"),
    (8_000, 500, "你好，世界"),
    (9_000, 500, "NOTE this is no comment"),
    (360_000_000, 1_250, "a hundred hours"),
)


def packets(file: Path) -> list[dict[str, Any]]:
    """Return what ffprobe finds in a file, one object for each cue."""
    line = ["ffprobe", "-v", "error", "-show_packets", "-of", "json", str(file)]
    told = subprocess.run(line, capture_output=True, check=True, text=True)
    assert told.stderr == ""
    found: list[dict[str, Any]] = json.loads(told.stdout)["packets"]
    return found


@pytest.mark.parametrize(("write", "suffix"), [(srt, ".srt"), (vtt, ".vtt")])
def test_every_text_is_one_cue(
    write: Callable[[dict[str, Any]], str], suffix: str, tmp_path: Path
) -> None:
    """Start and length of each text, to the millisecond, and no cue besides."""
    segments = [{"s": s, "d": d, "m": {"text": text}} for s, d, text in TEXTS]
    file = tmp_path / f"subtitles{suffix}"
    file.write_text(write({"t": [{"tt": 7, "sg": segments}]}), encoding="utf-8")

    found = packets(file)

    times = [
        (round(float(p["pts_time"]) * 1e3), round(float(p["duration_time"]) * 1e3)) for p in found
    ]
    assert times == [(start, length) for start, length, _ in TEXTS]
