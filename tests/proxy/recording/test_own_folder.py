"""What a recording that was killed left in the folder for temporary files goes at a later start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nemovideo_proxy.recording.own_folder import own_folder

LONG_AGO = 0.0


def _left(folder: Path, name: str, when: float | None) -> Path:
    made = folder / name
    made.mkdir()
    (made / "mitmproxy-ca.pem").write_text("a key")
    if when is not None:
        os.utime(made, (when, when))
    return made


def test_left_overs_go_after_a_day_if_nobody_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of a process that lives, young ones, and what is no recorder's stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen((sys.executable, "-c", "")) as ended:
        ended.wait()
    old = _left(tmp_path, f"nemo-record-{ended.pid}-a", LONG_AGO)
    older = _left(tmp_path, "nemo-record-abcd", LONG_AGO)
    young = _left(tmp_path, f"nemo-record-{ended.pid}-b", None)
    alive = _left(tmp_path, f"nemo-record-{os.getpid()}-c", LONG_AGO)
    another = _left(tmp_path, "somebody-elses", LONG_AGO)

    with own_folder() as own:
        assert own.stat().st_mode & 0o777 == 0o700
        there = {folder for folder in (old, older, young, alive, another) if folder.exists()}

    assert there == {young, alive, another}
    assert not own.exists()
