"""The command `nemo-fakeserver`. Nothing heavy is imported before a command is known to run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from nemovideo_fakeserver.cli import arguments, asked, quick
from nemovideo_fakeserver.cli.failure import Failure

Importing = Callable[[], AbstractContextManager[None]]


def command() -> int:
    """Run the command in a process of its own."""
    return main(importing=quick.imports)


def main(argv: Sequence[str] | None = None, *, importing: Importing = nullcontext) -> int:
    """Run the command; exit codes: 0 done, 1 failed, 2 wrong usage. `importing` is around heavy imports."""
    given = arguments.parser().parse_args(argv)
    try:
        with _installed():
            return _COMMANDS[given.command](given, importing)
    except Failure as failure:
        print(f"nemo-fakeserver: {failure}", file=sys.stderr)
        return failure.exit_code


@contextmanager
def _installed() -> Iterator[None]:
    """Say how to install what is missing."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("nemovideo_fakeserver"):
            raise
        raise Failure(
            f"serving needs {missing.name}, which is not installed: pip install 'nemovideo-harness[fakeserver]'"
        ) from None


def _serve(given: argparse.Namespace, importing: Importing) -> int:
    with importing():
        from nemovideo_fakeserver.cli import serve
    return serve.run(asked.options(given), host=given.host, port=given.port, as_json=given.json)


def _exec(given: argparse.Namespace, importing: Importing) -> int:
    with importing():
        from nemovideo_fakeserver.cli import execute
    return execute.run(asked.options(given), execute.Wish.of(given))


def _scenarios(given: argparse.Namespace, _importing: Importing) -> int:
    from nemovideo_fakeserver.cli import scenarios

    return scenarios.run(show=given.show, schema=given.schema, as_json=given.json)


_COMMANDS: dict[str, Callable[[argparse.Namespace, Importing], int]] = {
    "serve": _serve,
    "exec": _exec,
    "scenarios": _scenarios,
}
