"""The command `nemo-client`. Nothing but the flags is imported before a command is known to run."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from nemovideo_client.cli import arguments
from nemovideo_client.cli.failures import FAILED, exit_code
from nemovideo_client.errors import NemoError

INTERRUPTED = 130
TERMINATED = 143


def command() -> int:
    """Run the command in a process of its own."""
    # So that what was learnt is kept, and the terminal is left in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    asked = arguments.parser().parse_args(argv)
    try:
        return _run(asked)
    except NemoError as error:
        print(f"nemo-client: {error}", file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        print("nemo-client: Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # what is left in the buffer must not be tried again when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "skill":
        from nemovideo_client.cli.skills import show

        return show(asked)
    from nemovideo_client.cli.commands import run  # with httpx

    return run(asked)
