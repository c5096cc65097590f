"""Players that are not ours play what was exported, straight from the server: Chromium, mpv and FFmpeg.

Chromium and mpv are Debian's packages `chromium` and `mpv`; `tox -e players` says which were missing.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

import httpx
import pytest

from support.caller import Caller
from support.chromium import Page, browsing
from support.media import Colour, colours
from support.watching import far

Exported: TypeAlias = Callable[[str], str]

FORMATS = ("mp4", "mov", "webm", "gif", "mp3", "wav")
SEEN, HEARD = ("mp4", "mov", "webm"), ("mp3", "wav")
SIZE = (320, 180)
COLOURS: tuple[Colour, ...] = ((200, 40, 40), (30, 160, 60), (40, 60, 190))
SECONDS = 3.0
FRAME = 1 / 30
CHROMIUM, MPV, FFMPEG = (shutil.which(program) for program in ("chromium", "mpv", "ffmpeg"))

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on PATH")
needs_mpv = pytest.mark.skipif(MPV is None, reason="mpv is not on PATH")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="ffmpeg is not on PATH")

PLAYING = """
(async (kind, url, middle) => {
  const media = document.createElement(kind);
  const once = event => new Promise((done, failed) => {
    media.addEventListener(event, done, {once: true});
    media.addEventListener("error", () => failed(new Error(media.error.message)), {once: true});
  });
  media.muted = true;
  media.preload = "auto";
  const ready = once("canplay");
  media.src = url;
  await ready;
  const sought = once("seeked");
  media.currentTime = middle;
  await sought;
  const state = media.readyState, colour = kind == "video" ? shown(media) : null;
  const ended = once("ended");
  media.playbackRate = 4;
  await media.play();
  await ended;
  return {
    state, colour, width: media.videoWidth, height: media.videoHeight,
    seconds: media.duration, error: media.error,
  };
})
"""
SHOWING = """
(async url => {
  const image = new Image();
  image.src = url;
  await image.decode();
  return {width: image.naturalWidth, height: image.naturalHeight, colour: shown(image)};
})
"""
SHOWN = """
function shown(picture) {
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.drawImage(picture, 0, 0, 1, 1);
  return Array.from(pen.getImageData(0, 0, 1, 1).data).slice(0, 3);
}
"""


@pytest.fixture(scope="module")
def exported(server: str) -> Iterator[Exported]:
    """Export a clip of three colours with music, in a format, and return the URL of the file."""
    with httpx.Client(base_url=f"{server}/~players", timeout=60) as http:
        caller = Caller(http).connect()
        caller.upload("clip.mp4", colours(*COLOURS, each=1.0, size=SIZE))
        caller.say("Add a calm lo-fi track at 70 BPM")
        yield cache(lambda name: _export(caller, name))


def _export(caller: Caller, name: str) -> str:
    ordered = caller.submit(f"render_{name}", output={"format": name, "quality": "high"})
    assert ordered.status_code == 200, ordered.text
    for _ in range(100):
        told: dict[str, Any] = caller.get(f"/api/render/proxy/lambda/render_{name}").json()
        if told["status"] not in ("pending", "processing"):
            break
        time.sleep(0.05)  # thirty of the server's seconds
    assert told["status"] == "completed", told
    return str(told["output"]["url"])


@pytest.fixture(scope="module")
def page(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of the server, so that its pictures may be looked at."""
    assert CHROMIUM is not None
    with browsing(CHROMIUM, tmp_path_factory.mktemp("profile")) as opened:
        opened.open(f"{server}/__fake__/health")
        opened.evaluate(SHOWN)
        yield opened


@needs_chromium
@pytest.mark.parametrize("name", SEEN)
def test_chromium_plays_films(page: Page, exported: Exported, name: str) -> None:
    """It finds size and length, seeks to the middle and sees the colour there, and plays to the end."""
    told = page.evaluate(f"{PLAYING}('video', '{exported(name)}', {SECONDS / 2})")

    assert (told["width"], told["height"]) == SIZE
    assert told["seconds"] == pytest.approx(SECONDS, abs=FRAME)
    assert told["state"] >= 2, "no data for where it was sought to"
    assert far(tuple(told["colour"]), COLOURS[1]) < 16
    assert told["error"] is None


@needs_chromium
@pytest.mark.parametrize("name", HEARD)
def test_chromium_plays_sounds(page: Page, exported: Exported, name: str) -> None:
    """It finds the length, seeks, and plays to the end."""
    told = page.evaluate(f"{PLAYING}('audio', '{exported(name)}', {SECONDS / 2})")

    assert told["seconds"] == pytest.approx(SECONDS, abs=0.06)
    assert told["state"] >= 2
    assert told["error"] is None


@needs_chromium
def test_chromium_shows_moving_pictures(page: Page, exported: Exported) -> None:
    """A GIF is of the canvas's size or smaller, of its shape, and begins with the first colour."""
    told = page.evaluate(f"{SHOWING}('{exported('gif')}')")

    assert told["width"] <= SIZE[0]
    assert told["width"] / told["height"] == pytest.approx(SIZE[0] / SIZE[1], abs=0.02)
    assert far(tuple(told["colour"]), COLOURS[0]) < 24


@needs_mpv
@pytest.mark.parametrize("name", FORMATS)
def test_mpv_has_nothing_to_say(exported: Exported, name: str) -> None:
    """It plays each format to its end without a warning."""
    assert MPV is not None
    nowhere = ("--o=/dev/null", "--of=null", "--ovc=rawvideo", "--oac=pcm_s16le")  # in its own time
    said = _said(MPV, "--no-config", "--ytdl=no", "--msg-level=all=warn", *nowhere, exported(name))

    assert said == ""


@needs_ffmpeg
@pytest.mark.parametrize("name", FORMATS)
def test_ffmpeg_has_nothing_to_say(exported: Exported, name: str) -> None:
    """It decodes each format to its end without an error."""
    assert FFMPEG is not None
    said = _said(FFMPEG, "-v", "error", "-xerror", "-i", exported(name), "-f", "null", "-")

    assert said == ""


def _said(*line: str) -> str:
    """Run a player, which must end well, and return what it said."""
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return (done.stdout + done.stderr).strip()
