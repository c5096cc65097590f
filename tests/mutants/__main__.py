"""The check: the suite against the healthy fake, then against each mutant; 1 when one survives.

`python -m mutants [NAME ...]`, where a name is that of a mutant or of a chapter; none means all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from mutants import report
from mutants.chapters import MUTANTS
from mutants.mutant import Mutant
from mutants.running import SUITE, Run, readings, run, tried


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when every mutant is caught, 1 when not, 2 when the suite fails with a healthy fake."""
    asked = _parser().parse_args(arguments)
    mutants = chosen(asked.names)
    if asked.list:
        for mutant in mutants:
            print(f"{mutant.name:38} {mutant.says} [{mutant.violates}]")
        return 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        if not _healthy(pool, mutants, asked.suite):
            return 2
        runs: list[Run] = []
        for mutant, ran in zip(mutants, _tried(pool, mutants, asked), strict=True):
            print(report.line(mutant, ran, to_the_end=asked.all), flush=True)
            runs.append(ran)
    print(report.summed(runs))
    if asked.json:
        told = [report.plain(m, r) for m, r in zip(mutants, runs, strict=True)]
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return int(any(ran.fate != "caught" for ran in runs))


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
    parser.add_argument(
        "--suite", type=lambda path: (path,), default=SUITE, metavar="PATH", help="other tests"
    )
    parser.add_argument("--list", action="store_true", help="list the mutants and run nothing")
    return parser


def _healthy(pool: ThreadPoolExecutor, mutants: Sequence[Mutant], suite: Sequence[str]) -> bool:
    """Run the suite once under each reading that is needed; say what is wrong where it fails."""
    needed = list(dict.fromkeys(r for mutant in mutants for r in readings(mutant)))
    sound = True
    whole = partial(run, None, to_the_end=True, suite=suite)
    for reading, ran in zip(needed, pool.map(whole, needed), strict=True):
        under = reading or "the defaults"
        print(f"healthy, {under}: {ran.passed} passed in {ran.seconds:.1f} s", flush=True)
        if ran.fate != "survived":
            print(f"{ran.log}\nthe suite fails with a healthy fake under {under}")
            sound = False
    return sound


def _tried(
    pool: ThreadPoolExecutor, mutants: Sequence[Mutant], asked: argparse.Namespace
) -> Iterator[Run]:
    return pool.map(partial(tried, to_the_end=asked.all, suite=asked.suite), mutants)


if __name__ == "__main__":
    sys.exit(main())
