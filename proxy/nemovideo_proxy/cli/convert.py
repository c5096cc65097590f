"""`convert`: a cassette as HAR or for VCR.py, and both as a cassette."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nemovideo_proxy.cli.failure import Failure
from nemovideo_proxy.counting import counted

NAME = "convert"
SAYS = "turn a cassette into HAR 1.2 or a cassette of VCR.py, or either of them into a cassette"
EXAMPLE = """example:
  nemo-proxy convert session.yaml --to har -o session.har
  nemo-proxy convert browser.har --to cassette -o session.yaml

What the other format has no place for is said, a line each. What is no cassette of ours is redacted on the
way, whatever it is turned into.
"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a cassette, HAR or VCR.py cassette"
    )
    parser.add_argument(
        "--to", required=True, choices=("har", "vcr", "cassette"), help="what to turn it into"
    )
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="OUT", help="where to")
    parser.add_argument("--force", action="store_true", help="replace OUT if it is there")
    parser.add_argument(
        "--upstream",
        metavar="URL",
        help="the origin of the service in FILE (default: that of most requests; a cassette says it)",
    )


def run(given: argparse.Namespace) -> int:
    """Convert, and say what was lost."""
    from nemovideo_proxy.cassette import BrokenCassette, InUse, Unwritable
    from nemovideo_proxy.convert.files import convert
    from nemovideo_proxy.convert.recording import Unreadable
    from nemovideo_proxy.redaction import Leak, Undecodable

    _refuse(given)
    try:
        converted = convert(given.file, given.to, given.out, upstream=given.upstream)
    except Unreadable as problem:
        line = f":{problem.line}" if problem.line else ""
        raise Failure(f"{given.file}{line}: {problem}") from None
    except (Unwritable, Leak, Undecodable) as problem:
        raise Failure(f"{given.file}: {problem}") from None
    except (BrokenCassette, InUse) as problem:
        raise Failure(str(problem)) from None
    except OSError as problem:
        raise Failure(f"{problem.filename or given.file}: {problem.strerror}") from None
    for sentence in converted.lost:
        print(f"lost: {sentence}", file=sys.stderr)
    if converted.redacted:
        print(f"replaced by pseudonyms: {counted(converted.redacted, 'value')}", file=sys.stderr)
    print(f"{given.out}: {counted(converted.interactions, 'interaction')}")
    return 0


def _refuse(given: argparse.Namespace) -> None:
    if given.out.exists() and not given.force:
        raise Failure(f"{given.out} is there already: --force replaces it", exit_code=2)
    if given.out.exists() and given.file.exists() and given.out.samefile(given.file):
        raise Failure(f"{given.out} is what is read: give another OUT", exit_code=2)
    if not given.out.absolute().parent.is_dir():
        raise Failure(f"{given.out.parent}: there is no such folder", exit_code=2)
