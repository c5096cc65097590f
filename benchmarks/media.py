"""Films: what they take, and how long others wait meanwhile. Goal: a minute of a still 1080p within 10 s on two cores.

Credits are read over one connection, with pauses, from a served fake that is idle, and from one that makes three
films at once. Goal: the median stays; where there are fewer cores than films, the slowest reads wait for a core.
"""

from __future__ import annotations

import http.client
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from benchmarks import films
from benchmarks.processes import cpu_seconds, family, most_mebibytes
from benchmarks.servers import FAKE, Server, running
from examples.demo.clip import SECONDS, make_clip
from nemovideo_fakeserver.core.assets import Asset
from nemovideo_fakeserver.core.ports import RenderOrder
from nemovideo_fakeserver.media.studio.studio import LocalStudio

READS = 1_000
PAUSE = 0.003
"""Seconds between two reads, so that who reads is no load."""

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}
CLIP = "https://x.test/beach.mp4"


def main() -> None:
    """Print what films take, what the workers held, and how long credits take meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        clip = make_clip(Path(folder) / "beach.mp4")
        with LocalStudio(Path(folder) / "studio") as studio:
            _made(studio, films.still(1), SIZES["720p"], {})  # its workers have started now
            for name, size in SIZES.items():
                for seconds in (10, 60):
                    told = _made(studio, films.still(seconds), size, {})
                    print(f"media: {seconds} s of a scene in {name}: {told}")
                told = _made(studio, films.moving(CLIP, SECONDS), size, {CLIP: _asset(clip)})
                print(f"media: {SECONDS} s of a moving clip in {name}: {told}")
            most = max(map(most_mebibytes, family(os.getpid())[1:] or [os.getpid()]))
            print(f"media: {most:.0f} MiB at most in a worker")
        _waiting(clip)


def _made(
    studio: LocalStudio, draft: films.Draft, size: tuple[int, int], media: dict[str, Asset]
) -> str:
    """Make a film, and say what it took."""
    order = RenderOrder(draft=draft, media=media, width=size[0], height=size[1], fps=30, seed=1)
    before, began = cpu_seconds(os.getpid()), time.perf_counter()
    film = studio.render(order).result()
    wall, cpu = time.perf_counter() - began, cpu_seconds(os.getpid()) - before
    return f"{wall:.1f} s, {cpu:.1f} s of processor time, {film.size / 1000:,.0f} kB"


def _asset(clip: Path) -> Asset:
    what: dict[str, Any] = {"kind": "video", "filename": clip.name, "url": CLIP, "hash": ""}
    size: dict[str, Any] = {"seconds": float(SECONDS), "width": 640, "height": 360, "fps": 25.0}
    return Asset(**what, **size, source=clip, origin="uploaded")


def _waiting(clip: Path) -> None:
    with running(FAKE) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        headers = {"X-Skill-Source": "b", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
        asked = {"X-Client-Id": "benchmark"}
        token = client.post("/api/auth/anonymous-token", headers=asked).json()["data"]["token"]
        client.headers.update(headers | {"Authorization": f"Bearer {token}"})
        print(f"media: credits of an idle server: {_latency(server, token)}")
        for number in range(3):
            _order(client, clip, number)
        told = _latency(server, token)
        print(f"media: credits while three films are made: {told}")


def _order(client: httpx.Client, clip: Path, number: int) -> None:
    """Order a film of a moving clip in 1080p that takes longer than all the reads."""
    body = {"task_name": "project"}
    opened = client.post("/api/tasks/me/with-session/nemo_agent", json=body).json()["data"]
    session = opened["session_id"]
    files = {"files": (clip.name, clip.read_bytes())}
    sent = client.post(f"/api/upload-video/nemo_agent/me/{session}", files=files).json()["data"]
    draft = films.moving(sent["files"][0]["cdn_url"], SECONDS, times=12, name=f"clip {number}")
    output = {"format": "mp4", "resolution": "1080p"}
    order = {"id": f"render_{number}", "sessionId": session, "draft": draft, "output": output}
    client.post("/api/render/proxy/lambda", json=order).raise_for_status()


def _latency(server: Server, token: str) -> str:
    """Read the credits, and say what the middle and the slowest hundredth of them took."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    times = []
    for _ in range(READS):
        began = time.perf_counter()
        connection.request(
            "GET", "/api/credits/balance/simple", headers={"Authorization": f"Bearer {token}"}
        )
        connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(PAUSE)
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms, slowest {max(times):.1f} ms"
