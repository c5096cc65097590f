"""The command `nemo-fakeserver`. Nothing heavy is imported before a command is known to run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from nemovideo_fakeserver.cli import arguments, quick
from nemovideo_fakeserver.cli.failure import Failure

Importing = Callable[[], AbstractContextManager[None]]


def command() -> int:
    """Run the command in a process of its own."""
    return main(importing=quick.imports)


def main(argv: Sequence[str] | None = None, *, importing: Importing = nullcontext) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage. `importing` is around heavy imports."""
    parser = argparse.ArgumentParser(
        prog="nemo-fakeserver",
        description="A fake NemoVideo for development and tests: no account, no credits, no network.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    arguments.add_serve(commands)
    asked = parser.parse_args(argv)
    try:
        return _serve(asked, importing)
    except Failure as failure:
        print(f"nemo-fakeserver: {failure}", file=sys.stderr)
        return failure.exit_code


def _serve(asked: argparse.Namespace, importing: Importing) -> int:
    try:
        with importing():
            from nemovideo_fakeserver.cli import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("nemovideo_fakeserver"):
            raise
        raise Failure(
            f"serving needs {missing.name}, which is not installed: pip install 'nemovideo-harness[fakeserver]'"
        ) from None
    return serve.run(arguments.options(asked), host=asked.host, port=asked.port, as_json=asked.json)
