"""The command `nemo-proxy`: one module a subcommand, and nothing heavy imported before one is known to run.

A module of a subcommand has `NAME`, `SAYS` (one line), `EXAMPLE`, `declare(parser)` for its flags, and
`run(given)`, which returns the exit code or raises `Failure`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from nemovideo_proxy.cli import addon, convert, doctor, record, replay, verify
from nemovideo_proxy.cli.failure import Failure


class Subcommand(Protocol):
    """What a module of a subcommand has."""

    NAME: str
    SAYS: str
    EXAMPLE: str

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Declare the flags."""
        ...

    def run(self, given: argparse.Namespace) -> int:
        """Do it, and return the exit code."""
        ...


SUBCOMMANDS: tuple[Subcommand, ...] = (record, replay, doctor, verify, convert, addon)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage."""
    given = parser().parse_args(argv)
    try:
        with _installed():
            code: int = given.run(given)
    except Failure as failure:
        print(f"nemo-proxy: {failure}", file=sys.stderr)
        return failure.exit_code
    return code


def parser() -> argparse.ArgumentParser:
    """Return the parser of `nemo-proxy`."""
    made = argparse.ArgumentParser(
        prog="nemo-proxy",
        description="Record a real NemoVideo session once, and replay it for ever.",
    )
    made.add_argument("--version", action=_Version, help="say which version this is, and exit")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for subcommand in SUBCOMMANDS:
        command = commands.add_parser(
            subcommand.NAME,
            help=subcommand.SAYS,
            description=f"{subcommand.SAYS[0].upper()}{subcommand.SAYS[1:]}.",
            epilog=subcommand.EXAMPLE,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        subcommand.declare(command)
        command.set_defaults(run=subcommand.run)
    return made


class _Version(argparse.Action):
    """Says the version; it is looked up only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 its name there
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it, and end."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"nemo-proxy {version('nemovideo-harness')}")
        except PackageNotFoundError:
            print("nemo-proxy, which is not installed")
        parser.exit()


@contextmanager
def _installed() -> Iterator[None]:
    """Say how to install what is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        name = missing.name or ""
        if name.startswith("nemovideo_proxy"):
            raise
        extra = "record" if name.startswith("mitmproxy") else "proxy"
        raise Failure(
            f"this needs {name}, which is not installed: pip install 'nemovideo-harness[{extra}]'"
        ) from None
