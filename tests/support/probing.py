"""What FFmpeg's own commands, another version than the one that writes, say of a file."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = shutil.which("ffprobe") is not None and shutil.which("ffmpeg") is not None
WHY = "needs ffprobe and ffmpeg, a second opinion"


def probed(path: Path) -> dict[str, Any]:
    """Return what ffprobe says: `format`, and `streams` with their frames counted."""
    asked = ["ffprobe", "-v", "error", "-count_frames", "-show_format", "-show_streams"]
    ran = subprocess.run([*asked, "-of", "json", str(path)], capture_output=True, check=True)
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


def complaints(path: Path) -> str:
    """Return what ffmpeg complains about when it decodes all of a file."""
    asked = ["ffmpeg", "-v", "error", "-xerror", "-nostdin", "-i", str(path), "-f", "null", "-"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stderr
