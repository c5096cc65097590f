"""Redaction: secrets planted everywhere, what a scanner of another making finds of them, and the time it takes.

Goal: none found. The time is beside one `bytes.replace` for each secret, which misses all that is encoded.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from nemovideo_proxy.model import Request, Response
from nemovideo_proxy.redaction import Leak, Redactor

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from support.proxy_planting import Secrets, bytes_of, replies, requests, secrets, streams, uploads
from support.proxy_scanner import Scanner

EXCHANGES = 500
MEGABYTES = 4
ROUNDS = 5


def exchange(seed: int) -> tuple[Secrets, list[Request | Response], list[Request | Response]]:
    """Return the secrets of a seed, what came in, and what would be written."""
    rng = Random(seed)
    kept = secrets(rng)
    request, upload = requests(rng, kept), uploads(rng, kept)
    reply, stream = replies(rng, kept), streams(rng, kept)
    redactor = Redactor()
    asked = [redactor.request(request), redactor.request(upload)]
    answered = [redactor.response(reply), redactor.response(stream)]
    went: list[Request | Response] = [*asked, *answered]
    for value in went:
        redactor.check(b"\n".join(bytes_of(value)))
    return kept, [request, upload, reply, stream], went


def planted() -> None:
    """Print how many secrets were planted, and how many were found."""
    before = after = looked = size = 0
    for seed in range(EXCHANGES):
        kept, came, went = exchange(seed)
        scanner = Scanner(value.encode() for _, value in kept.all())
        before += found(scanner, came)
        scanner.seen = 0
        after += found(scanner, went)
        looked += scanner.seen
        size += sum(len(data) for value in went for data in bytes_of(value))
    print(
        f"redaction: {EXCHANGES * 4} messages of {size / 1e6:.1f} MB, {looked / 1e6:.0f} MB scanned when decoded;"
        f" {EXCHANGES * 8} secrets planted, in {before} places, and {after} found (goal: 0)"
    )


def found(scanner: Scanner, values: list[Request | Response]) -> int:
    """Return in how many bodies, URLs and headers secrets are found; one counts once in each."""
    return sum(len(scanner.found(data)) for value in values for data in bytes_of(value))


def body(size: int) -> bytes:
    """Return a JSON body as the service writes them, with a token now and then."""
    rng = Random(size)
    rows = [
        {
            "id": f"seg_{rng.randrange(10**9)}",
            "m": {"text": "把标题改成红色 and go on", "src": "https://cdn.x.org/a.mp4"},
        }
        for _ in range(size // 110)
    ]
    return json.dumps({"data": rows}, ensure_ascii=False).encode()


def timed() -> None:
    """Print milliseconds per MB of redaction, of the final look, and of plain `bytes.replace`."""
    data, known = body(MEGABYTES * 1_000_000), secrets(Random(1)).all()
    redactor = Redactor(known=known)
    reply = Response(status=200, headers=(("Content-Type", "application/json"),), body=data)

    def plain() -> None:
        for _, value in known:
            data.replace(value.encode(), b"")

    rows: dict[str, Callable[[], object]] = {
        "replace": plain,
        "redacted": lambda: redactor.response(reply),
        "checked": lambda: redactor.check(data),
    }
    best = {}
    for name, run in rows.items():
        times = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            run()
            times.append(time.process_time() - begun)
        best[name] = min(times) * 1e9 / len(data)
    print("redaction: " + ", ".join(f"{name} {ms:.1f} ms/MB" for name, ms in best.items()))


def main() -> None:
    """Print both; a leak ends it."""
    try:
        planted()
    except Leak as leak:
        sys.exit(str(leak))
    timed()
