"""Cold start: from starting the process to its first answer. Goal: at most 1.25 x the bare application."""

from __future__ import annotations

import http.client
import statistics
import time
from urllib.parse import urlsplit

from benchmarks.servers import BARE, FAKE, running

ROUNDS = 9
PATH = "/api/credits/balance/simple"


def first_answer(command: tuple[str, ...]) -> float:
    """Return the seconds from start to the first complete answer."""
    began = time.perf_counter()
    with running(command) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
        connection.request("GET", PATH)
        connection.getresponse().read()
        return time.perf_counter() - began


def main() -> None:
    """Print the medians and the median ratio of the pairs."""
    first_answer(BARE), first_answer(FAKE)
    pairs = [(first_answer(BARE), first_answer(FAKE)) for _ in range(ROUNDS)]
    bare, fake = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    print(f"cold start: bare {bare:.3f} s, fake {fake:.3f} s, ratio {ratio:.2f} (goal: <= 1.25)")
