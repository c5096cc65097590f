"""`verify`: whether a fake, or any URL, still answers as it was recorded."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemovideo_proxy.cli.failure import Failure

if TYPE_CHECKING:
    from nemovideo_proxy.drift.accepted import Accepted
    from nemovideo_proxy.drift.verdict import Verdict

NAME = "verify"
SAYS = "send the requests of a cassette again, and report in what the replies differ"
EXAMPLE = """example:
  nemo-proxy verify session.yaml
  nemo-proxy verify session.yaml --against http://127.0.0.1:8765 --json

Against a fake of its own time is moved, and minutes take no time; against a URL the recorded times are waited
for. Exit code: 0 nothing differs (or the score reaches --min-score), 1 something does, or could not be
checked, 2 wrong usage.
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a cassette")
    parser.add_argument(
        "--against",
        default="fake",
        metavar="fake|URL",
        help="a fake of its own for each cassette (default), or a server",
    )
    parser.add_argument(
        "--live",
        action="store_true",
        help="really ask a server beyond this machine and its network: it may cost credits",
    )
    parser.add_argument(
        "--scenario", metavar="NAME|FILE", help="let the fake begin as it did when it was recorded"
    )
    parser.add_argument(
        "--variant", action="append", default=[], metavar="KEY=VALUE", help="a variant of the fake"
    )
    parser.add_argument(
        "--min-score",
        type=_score,
        metavar="N",
        help="let differences pass from a score of N (0-100)",
    )
    parser.add_argument(
        "--accept", type=Path, metavar="FILE", help="known differences: endpoint, path, reason"
    )
    parser.add_argument("--json", action="store_true", help="report as one JSON value")


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no score: a number from 0 to 100")
    return score


def run(given: argparse.Namespace) -> int:
    """Verify each cassette, and report."""
    import httpx

    from nemovideo_proxy.cassette import BrokenCassette
    from nemovideo_proxy.drift.telling import as_json, lines
    from nemovideo_proxy.fake_child import NoFake

    _refuse(given)
    known = _known(given)
    passed, told = True, []
    for file in given.files:
        try:
            verdict = _verdict(file, given, known)
        except (BrokenCassette, NoFake) as problem:
            raise Failure(str(problem)) from None
        except httpx.HTTPError as problem:
            raise Failure(f"{file}: the fake's clock cannot be moved any more: {problem}") from None
        except OSError as problem:
            raise Failure(f"{problem.filename or file}: {problem.strerror}") from None
        is_good = verdict.passed(given.min_score)
        passed = passed and is_good
        told.append(as_json(str(file), verdict, passed=is_good))
        if not given.json:
            print(*lines(str(file), verdict), sep="\n")
    if given.json:
        print(json.dumps({"passed": passed, "cassettes": told}, ensure_ascii=False))
    return 0 if passed else 1


def _refuse(given: argparse.Namespace) -> None:
    from nemovideo_proxy.drift.targets import is_near

    if given.against == "fake":
        return
    if not given.against.startswith(("http://", "https://")):
        raise Failure(
            f"--against {given.against}: must be `fake`, or begin with http:// or https://",
            exit_code=2,
        )
    if given.scenario or given.variant:
        raise Failure("--scenario and --variant are for a fake: leave out --against", exit_code=2)
    if not is_near(given.against) and not given.live:
        raise Failure(
            f"{given.against} is not on this machine or its network: --live really asks it,"
            " which may cost credits",
            exit_code=2,
        )


def _known(given: argparse.Namespace) -> tuple[Accepted, ...]:
    from nemovideo_proxy.drift import accepted

    if given.accept is None:
        return ()
    try:
        return accepted.read(given.accept)
    except accepted.Refused as problem:
        raise Failure(str(problem), exit_code=2) from None


def _verdict(file: Path, given: argparse.Namespace, known: tuple[Accepted, ...]) -> Verdict:
    import asyncio

    from nemovideo_proxy.cassette import Cassette
    from nemovideo_proxy.convert.files import recording_of
    from nemovideo_proxy.drift.targets import at_url, fake
    from nemovideo_proxy.drift.verifying import needs_token, verified

    with Cassette.open(file) as cassette:
        recording = recording_of(cassette)
        entered: Any = (
            fake(_arguments(given), needs_token=needs_token(recording))
            if given.against == "fake"
            else at_url(given.against, token=os.environ.get("NEMO_TOKEN"))
        )
        lines = {entry.number: entry.line for entry in cassette.entries}
        return asyncio.run(verified(recording, entered, known=known, lines=lines))


def _arguments(given: argparse.Namespace) -> list[str]:
    scenario = ["--scenario", given.scenario] if given.scenario else []
    return [*scenario, *(part for variant in given.variant for part in ("--variant", variant))]
