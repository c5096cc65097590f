"""ffprobe looks at a film we made: length, size and codecs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from nemovideo_fakeserver import Fake
from support.caller import Caller
from support.media import mp4

pytestmark = pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not on PATH")

FPS = 25


def probed(film: Path) -> dict[str, Any]:
    """Return what ffprobe says about a file."""
    line = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(film)]
    told: dict[str, Any] = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)
    return told


def test_a_film_of_an_uploaded_clip_is_what_was_ordered(
    fake: Fake, caller: Caller, tmp_path: Path
) -> None:
    """H.264 and AAC, on the canvas asked for, within a frame as long as the draft and as the poll says."""
    (clip,) = caller.upload("clip.mp4", mp4(seconds=2.0)).json()["data"]["files"]
    shown = {"id": "seg_1", "s": 0, "d": 1800, "src": clip["cdn_url"], "in": 100, "m": {}}
    draft = {"t": [{"tt": 0, "sg": [shown]}], "d": 1800, "m": {"width": 640, "height": 360}}
    order = {"id": "r1", "sessionId": caller.session, "draft": draft}
    output = {"format": "mp4", "quality": "high", "resolution": "480p", "fps": FPS}
    caller.post("/api/render/proxy/lambda", order | {"output": output})
    fake.clock.jump(90)
    told = caller.get("/api/render/proxy/lambda/r1").json()["output"]
    film = tmp_path / "film.mp4"
    film.write_bytes(caller.get("/api/render/proxy/r1/download").content)

    seen = probed(film)
    picture, sound = sorted(seen["streams"], key=lambda stream: stream["codec_type"], reverse=True)
    assert (picture["codec_name"], sound["codec_name"]) == ("h264", "aac")
    assert min(picture["width"], picture["height"]) == 480
    assert abs(picture["width"] / picture["height"] - 640 / 360) < 0.01
    assert picture["r_frame_rate"] == f"{FPS}/1"
    for seconds in (picture["duration"], seen["format"]["duration"], told["duration"]):
        assert abs(float(seconds) - 1.8) <= 1 / FPS
    assert int(seen["format"]["size"]) == told["size"]
