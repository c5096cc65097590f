"""Importing the client: CPU time of a child, in pairs with bare httpx. Goal: at most 1.2 x."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

ROUNDS = 15
BARE = "import httpx"
LAZY = "import nemovideo_client"
CLIENT = "from nemovideo_client import NemoClient"


def seconds(code: str) -> float:
    """Return the processor seconds of a child that runs `code`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run((sys.executable, "-c", code), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the medians and the median ratio of the rounds; the interpreter's own start is in all of them."""
    for code in (BARE, LAZY, CLIENT):
        seconds(code)
    rounds = [[seconds(code) for code in (BARE, LAZY, CLIENT)] for _ in range(ROUNDS)]
    bare, lazy, client = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = statistics.median(ours / theirs for theirs, _, ours in rounds)
    print(
        f"import: httpx {bare * 1000:.0f} ms, nemovideo_client {lazy * 1000:.0f} ms,"
        f" its NemoClient {client * 1000:.0f} ms, ratio {ratio:.2f} (goal: <= 1.2)"
    )
