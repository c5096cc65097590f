"""`doctor`: what is wrong with cassettes, and what to do about it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nemovideo_proxy.cli.failure import Failure
from nemovideo_proxy.counting import counted

if TYPE_CHECKING:
    from nemovideo_proxy.doctor.ailment import Ailment

NAME = "doctor"
SAYS = "look for secrets, breaks, missing files and age in cassettes"
EXAMPLE = """example:
  nemo-proxy doctor cassettes/
  nemo-proxy doctor --repair broken.yaml -o saved.yaml

Exit code: 0 nothing found, 1 something found, 2 wrong usage.
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE_OR_FOLDER",
        help="cassettes, or folders of them",
    )
    parser.add_argument(
        "--repair", action="store_true", help="save what is whole in FILE into a new cassette"
    )
    parser.add_argument(
        "-o", "--out", type=Path, metavar="OUT", help="the new one (default: FILE.repaired.yaml)"
    )
    parser.add_argument(
        "--format", action="store_true", help="rewrite cassettes as a recording would write them"
    )
    parser.add_argument("--json", action="store_true", help="report as one JSON value")


def run(given: argparse.Namespace) -> int:
    """Examine, and first format or instead repair if that is asked for."""
    _refuse(given)
    try:
        return _repair(given) if given.repair else _examine(given)
    except OSError as problem:
        # what our own errors say has no number of the system's
        says = str(problem) if problem.errno is None else f"{problem.filename}: {problem.strerror}"
        raise Failure(says) from None


def _refuse(given: argparse.Namespace) -> None:
    if given.out and not given.repair:
        raise Failure("-o is for --repair: say what is to be repaired", exit_code=2)
    if given.repair and given.format:
        raise Failure("--repair and --format: one after the other", exit_code=2)
    if given.repair and (len(given.files) != 1 or given.files[0].is_dir()):
        raise Failure("--repair takes one file", exit_code=2)
    for path in given.files:
        if not path.exists():
            raise Failure(f"{path}: there is no such file or folder", exit_code=2)


def _repair(given: argparse.Namespace) -> int:
    from nemovideo_proxy.cassette import repair

    path: Path = given.files[0]
    out: Path = given.out or path.with_name(f"{path.stem}.repaired.yaml")
    if out.exists():
        raise Failure(f"{out} is there already: give another with -o", exit_code=2)
    repaired = repair(path, out)
    if given.json:
        told = [{"line": lost.line, "why": lost.why} for lost in repaired.lost]
        print(json.dumps({"file": str(out), "saved": repaired.saved, "lost": told}))
        return 1 if told else 0
    for lost in repaired.lost:
        print(f"{path}:{lost.line}: lost: {lost.why}")
    saved, lost_count = counted(repaired.saved, "interaction"), counted(len(repaired.lost), "thing")
    print(f"{out}: saved {saved}, lost {lost_count}")
    return 1 if repaired.lost else 0


def _examine(given: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from nemovideo_proxy.doctor.examining import examined

    paths = _paths(given.files)
    if given.format:
        _format(paths)
    now = datetime.now(UTC)
    found = {path: examined(path, now=now) for path in paths}
    if given.json:
        print(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        for ailments in found.values():
            for ailment in ailments:
                print(ailment)
    count = sum(map(len, found.values()))
    said = f"{counted(len(paths), 'cassette')}, {counted(count, 'finding')}"
    print(said, file=sys.stderr)
    return 1 if count else 0


def _paths(given: list[Path]) -> tuple[Path, ...]:
    from nemovideo_proxy.doctor.examining import cassettes_in

    found: dict[Path, None] = {}
    for path in given:
        inside = cassettes_in(path) if path.is_dir() else (path,)
        if not inside:
            raise Failure(f"{path}: there is no cassette in it", exit_code=2)
        found |= dict.fromkeys(inside)
    return tuple(found)


def _format(paths: tuple[Path, ...]) -> None:
    from nemovideo_proxy.cassette import BrokenCassette, Unwritable
    from nemovideo_proxy.doctor.formatting import formatted

    for path in paths:
        try:
            if formatted(path):
                print(f"{path}: formatted", file=sys.stderr)
        except (BrokenCassette, Unwritable) as problem:
            print(f"{path}: not formatted: {problem}", file=sys.stderr)


def _as_json(found: dict[Path, tuple[Ailment, ...]]) -> dict[str, object]:
    return {
        "cassettes": [
            {
                "file": str(path),
                "findings": [
                    {
                        "line": ailment.line,
                        "kind": ailment.kind,
                        "what": ailment.what,
                        "what_to_do": ailment.what_to_do,
                    }
                    for ailment in ailments
                ],
            }
            for path, ailments in found.items()
        ]
    }
