"""The contract over every target and every version, and how long that takes.

Arguments go to each pytest: `python tests/judged.py -m documented`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from nemovideo_fakeserver.core.presets import PRESETS
from support.judging import judge, served

VERSIONS = ("", *PRESETS)


@contextmanager
def flags(target: str, version: str) -> Iterator[tuple[str, ...]]:
    """Give what to say for a target that follows a version."""
    variant = ("--variant", f"preset={version}") if version else ()
    with served(*variant) if target == "url" else nullcontext("") as url:
        of_target = ("--nemo-url", url) if target == "url" else ("--nemo-target", target)
        yield (*of_target, *(("--nemo-variant", f"preset={version}") if version else ()))


def main(more: list[str]) -> int:
    """Run all of it; return 1 where a service breaks the contract."""
    broken = 0
    for target in ("fake", "served", "url"):
        for version in VERSIONS:
            began = time.monotonic()
            with flags(target, version) as said, tempfile.TemporaryDirectory() as where:
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
