"""The check: the suite against the healthy fake, then against each mutant; 1 when one survives.

`python -m mutants [NAME ...]`, where a name is that of a mutant or of a chapter; none means all. It forks, so
it needs Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from mutants import report
from mutants.chapters import MUTANTS
from mutants.mutant import Mutant
from mutants.running import SUITE, Check, Run


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when every mutant is caught, 1 when not, 2 when the suite fails with a healthy fake."""
    asked = _parser().parse_args(arguments)
    mutants = chosen(asked.names)
    if asked.list:
        print("\n".join(f"{m.name:38} {m.says} [{m.violates}]" for m in mutants))
        return 0
    check = Check(
        suite=asked.suite, variants=asked.variant, at_once=asked.jobs, to_the_end=asked.all
    )
    runs = _told(check, mutants)
    if runs is None:
        return 2
    print(report.summed(runs.values()))
    if asked.json:
        plain = [report.plain(mutant, runs[mutant.name]) for mutant in mutants]
        asked.json.write_text(json.dumps(plain, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(any(ran.fate != "caught" for ran in runs.values()))


def chosen(names: Sequence[str]) -> list[Mutant]:
    """Return the mutants with these names or in these chapters, all of them where no name is given."""
    for name in names:
        if not any(name in (mutant.name, mutant.chapter) for mutant in MUTANTS):
            raise SystemExit(f"mutants: {name!r} is no mutant and no chapter; --list has them")
    return [m for m in MUTANTS if not names or m.name in names or m.chapter in names]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a mutant or a chapter")
    parser.add_argument("--all", action="store_true", help="run all tests, and say how many fail")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="runs at a time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write it down for programs")
    parser.add_argument("--list", action="store_true", help="list the mutants and run nothing")
    parser.add_argument(
        "--suite", type=lambda path: (path,), default=SUITE, metavar="PATH", help="other tests"
    )
    parser.add_argument(
        "--variant", action="append", default=[], metavar="KEY=VALUE", help="as --nemo-variant"
    )
    return parser


def _told(check: Check, mutants: Sequence[Mutant]) -> dict[str, Run] | None:
    """Run and print a line for each mutant as it ends; None where the suite fails with a healthy fake."""
    by_name = {mutant.name: mutant for mutant in mutants}
    runs: dict[str, Run] = {}
    for name, ran in check.runs(mutants):
        if name:
            runs[name] = ran
            print(report.line(by_name[name], ran, to_the_end=check.to_the_end), flush=True)
        elif ran.fate == "survived":
            print(f"healthy: {ran.passed} passed in {ran.seconds:.1f} s", flush=True)
        else:
            print(f"{ran.log}\nthe suite fails with a healthy fake")
            return None
    lost = Run(fate="error", log="the run ended before it was tried")
    return {name: runs.get(name, lost) for name in by_name}


if __name__ == "__main__":
    sys.exit(main())
