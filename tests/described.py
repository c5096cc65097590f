"""Runs schemathesis at length at worlds with many readings of the documents, and says how many cases it tried.

`python tests/described.py [EXAMPLES]`: so many examples of each operation, 50 unless said.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.fuzzer import (
    ANEW,
    MAPPED,
    OVER_200,
    SERVICE,
    STEERING,
    UNLIMITED,
    Report,
    fuzz,
    served,
)

CONFORMING = (
    *(*SERVICE, "--exclude-checks", OVER_200),
    *("--phases", "examples,coverage,fuzzing"),  # no link leads on from a refusal over 200
)
RUNS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "service": (SERVICE, MAPPED),
    "control": (STEERING, {}),
    "anew": ((*ANEW, "--phases", "examples,coverage,fuzzing"), {}),
    "usual": (CONFORMING, UNLIMITED),
    "version-4.4": (CONFORMING, {"preset": "4.4", **UNLIMITED}),
    "version-1.8": (CONFORMING, {"preset": "1.8", **UNLIMITED}),
    "adk": (
        CONFORMING,
        {"sse_dialect": "adk", "render_shape": "both", "token_ttl": "never", **UNLIMITED},
    ),
}
"""What is asked in each world: which paths and checks, and the world's variants."""


def reports(folder: Path, examples: str) -> Iterator[tuple[str, Report]]:
    """Yield what became of each run."""
    with served() as url:
        for name, (flags, variants) in RUNS.items():
            yield name, fuzz(url, name, folder, *flags, "--max-examples", examples, **variants)


def main(examples: str = "50") -> int:
    """Run them all, and print a line for each; 1 when one found something."""
    cases = found = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, report in reports(Path(folder), examples):
            print(f"{name}: {report.cases} cases, {len(report.failures)} failures", flush=True)
            if report.failures:
                print(report.log)
            cases, found = cases + report.cases, found + len(report.failures)
    print(f"{cases} cases in all, {found} failures")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
