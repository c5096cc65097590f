"""The whole workflow in-process at rate 0, through the client: minutes of virtual time. Goal: at most 30 ms.

Looking into the upload and encoding the film are real work and left out: a studio that makes nothing
stands in for the encoder, and nothing is uploaded.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import httpx

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake
from nemovideo_pytest.darkroom import Darkroom

ROUNDS = 20
MESSAGES = (
    "Make a 30-second lo-fi loop at 80 BPM",
    'Add the title "Paradise Found", white, top-center, for 3 seconds',
    "make it slower",
)


def workflow(folder: Path) -> tuple[float, float]:
    """Return the real seconds of one workflow, and the virtual ones that passed in it."""
    with Fake(studio=Darkroom()) as fake:
        clock = fake.clock
        http = httpx.Client(transport=fake.transport())
        with http, NemoClient(
            base_url="http://127.0.0.1",
            client_id="benchmark",
            http_client=http,
            sleep=clock.sleep_sync,
            now=clock.now,
        ) as nemo:  # fmt: skip
            began, virtual = time.perf_counter(), clock.now()
            nemo.connect()
            for message in MESSAGES:
                nemo.chat(message)
            nemo.credits()
            nemo.export(folder / "film.mp4")
            return time.perf_counter() - began, clock.now() - virtual


def main() -> None:
    """Print the median, the first round (which loads the agent's vocabulary) left out."""
    with tempfile.TemporaryDirectory() as folder:
        workflow(Path(folder))
        rounds = [workflow(Path(folder)) for _ in range(ROUNDS)]
    real, virtual = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"workflow in-process: {real * 1000:.1f} ms for {virtual:.0f} virtual s (goal: <= 30 ms)")
