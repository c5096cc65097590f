"""The command `nemo-fakeserver`. Nothing heavy is imported before a command is known to run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from nemovideo_fakeserver.cli import arguments, quick
from nemovideo_fakeserver.cli.failure import Failure


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="nemo-fakeserver",
        description="A fake NemoVideo for development and tests: no account, no credits, no network.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    arguments.add_serve(commands)
    asked = parser.parse_args(argv)
    try:
        return _serve(asked)
    except Failure as failure:
        print(f"nemo-fakeserver: {failure}", file=sys.stderr)
        return failure.exit_code


def _serve(asked: argparse.Namespace) -> int:
    try:
        with quick.imports():
            from nemovideo_fakeserver.cli import serve
    except ModuleNotFoundError as missing:
        raise Failure(
            f"serving needs {missing.name}, which is not installed: pip install 'nemovideo-harness[fakeserver]'"
        ) from None
    return serve.run(arguments.options(asked), host=asked.host, port=asked.port, as_json=asked.json)
