"""The command `nemo-client`. Nothing but the flags is imported before a command is known to run."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

from nemovideo_client.cli import arguments
from nemovideo_client.cli.failures import FAILED, INTERRUPTED, TERMINATED, exit_code
from nemovideo_client.errors import NemoError


def command() -> int:
    """Run the command in a process of its own."""
    # So that what was learnt is kept, and the terminal is left in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    # Whoever started this may have closed any of the three.
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_RDONLY))
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if sys.stdout is None:
        print("nemo-client: There is no standard output to write to.", file=sys.stderr)
        return FAILED
    _let_through(sys.stdin, "surrogateescape")  # to be refused where it is read
    _let_through(sys.stdout, "replace")
    _let_through(sys.stderr, "replace")
    return main()


def _let_through(stream: TextIO, errors: str) -> None:
    """Let no character end the command, whatever the locale."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 143 terminated."""
    try:
        code = _run(arguments.read(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except NemoError as error:
        print(f"nemo-client: {error.sentence}", file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        print("nemo-client: Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return FAILED
    except OSError as problem:
        print(
            f"nemo-client: Reading or writing failed: {problem.strerror or problem}.",
            file=sys.stderr,
        )
        _forget_output()
        return FAILED
    return code


def _forget_output() -> None:
    """See to it that what is left in the buffer is not tried again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "skill":
        return _skill(asked)
    from nemovideo_client.cli.commands import run  # with httpx

    return run(asked)


def _skill(asked: argparse.Namespace) -> int:
    if asked.verb == "check":
        from nemovideo_client.cli.checking import check

        return check(asked)
    from nemovideo_client.cli.skills import show

    return show(asked)
