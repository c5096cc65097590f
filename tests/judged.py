"""The contract over every target and every version, and how long that takes.

Arguments go to each pytest: `python tests/judged.py -m documented`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from nemovideo_fakeserver.core.presets import PRESETS
from support.judging import judge, served

VERSIONS = ("", *PRESETS)
TARGETS = ("fake", "served", "url", "record", "replay")
"""`replay` is of what `record` has made."""

CASSETTE = ("--nemo-target", "cassette", "--nemo-cassettes", "kept")


@contextmanager
def flags(target: str, version: str) -> Iterator[tuple[str, ...]]:
    """Give what to say for a target that follows a version."""
    variant = ("--nemo-variant", f"preset={version}") if version else ()
    match target:
        case "url":
            with served(*(("--variant", f"preset={version}") if version else ())) as url:
                yield ("--nemo-url", url, *variant)
        case "record":
            yield (*CASSETTE, "--nemo-record", "once", "--nemo-record-from", "fake", *variant)
        case "replay":
            yield (*CASSETTE, "--nemo-strict", "--nemo-seal", *variant)
        case _:
            yield ("--nemo-target", target, *variant)


def main(more: list[str]) -> int:
    """Run all of it; return 1 where a service breaks the contract."""
    broken = 0
    for version in VERSIONS:
        with tempfile.TemporaryDirectory() as where:
            for target in TARGETS:
                began = time.monotonic()
                with flags(target, version) as said:
                    ran = judge(Path(where), *said, *more)
                told = ", ".join(f"{number} {what}" for what, number in ran.outcomes.items())
                took = time.monotonic() - began
                print(f"{target:7} {version or 'defaults':11} {told:40} {took:6.1f} s", flush=True)
                if ran.code:
                    broken = 1
                    print(ran.printed)
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
