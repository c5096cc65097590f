"""The commands and their flags."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

DEFAULT_PORT = 8765

SERVE_EXAMPLE = """example:
  nemo-fakeserver serve --rate 60
  export NEMO_API_URL=http://127.0.0.1:8765
  curl -s -X POST "$NEMO_API_URL/api/auth/anonymous-token" -H "X-Client-Id: $(uuidgen)"
"""

EXEC_EXAMPLE = """example:
  nemo-fakeserver exec --scenario silent-edit --strict -- ./my-skill.sh

The command finds the fake in NEMO_API_URL and NEMO_WEB_URL, and in NEMO_TOKEN a token: one of the scenario's,
or a new one. When it ends, what it did is drawn as a timeline, with the credits it spent and what the judge
says of it, on standard error.
Exit code: the command's own; 3 with --strict when it was 0 and a rule was broken.
"""

SCENARIOS_EXAMPLE = """example:
  nemo-fakeserver scenarios
  nemo-fakeserver scenarios --show silent-edit > mine.yaml
  nemo-fakeserver serve --scenario mine.yaml
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of `nemo-fakeserver`."""
    made = argparse.ArgumentParser(
        prog="nemo-fakeserver",
        description="A fake NemoVideo for development and tests: no account, no credits, no network.",
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_serve(_command(commands, "serve", "answer as NemoVideo does, until Ctrl-C", SERVE_EXAMPLE))
    _add_exec(
        _command(
            commands, "exec", "run a command against a fake, and judge what it did", EXEC_EXAMPLE
        )
    )
    _add_scenarios(
        _command(commands, "scenarios", "list the scenarios that are ready", SCENARIOS_EXAMPLE)
    )
    return made


def _command(commands: Any, name: str, says: str, example: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=says,
        description=f"{says[0].upper()}{says[1:]}.",
        epilog=example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made


def _add_serve(serve: argparse.ArgumentParser) -> None:
    _add_world(serve, port=DEFAULT_PORT, rate=1.0)
    serve.add_argument(
        "--json", action="store_true", help="print one line of JSON when ready, nothing else"
    )


def _add_exec(run: argparse.ArgumentParser) -> None:
    _add_world(run, port=0, rate=60.0)
    run.add_argument(
        "--strict", action="store_true", help="exit with 3 when a rule was broken (hints are none)"
    )
    run.add_argument(
        "--no-token", action="store_true", help="leave it to the command to get a token"
    )
    run.add_argument("--json", action="store_true", help="report as one line of JSON")
    run.add_argument(
        "run", nargs=argparse.REMAINDER, metavar="-- CMD ...", help="the command and its arguments"
    )


def _add_state(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="keep everything in FILE, and go on with what is in it; it survives any end of the server",
    )
    command.add_argument(
        "--import",
        type=Path,
        metavar="FILE",
        dest="imports",
        help="begin with the worlds of a snapshot",
    )
    command.add_argument(
        "--export-on-exit",
        type=Path,
        metavar="FILE",
        help="write a snapshot of all worlds when the server is told to stop",
    )


def _add_scenarios(scenarios: argparse.ArgumentParser) -> None:
    scenarios.add_argument(
        "--show", metavar="NAME", help="print this scenario, to begin one of your own with"
    )
    scenarios.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of scenarios, for editors"
    )
    scenarios.add_argument("--json", action="store_true", help="list them as JSON")


def _add_world(command: argparse.ArgumentParser, *, port: int, rate: float) -> None:
    """Declare what makes a fake."""
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    command.add_argument(
        "--port", type=_port, default=port, help="port, 0 for a free one (default: %(default)s)"
    )
    command.add_argument(
        "--scenario",
        metavar="NAME|FILE",
        help="begin as a scenario says: one that is ready (see `scenarios`), or a YAML file",
    )
    command.add_argument(
        "--rate",
        type=float,
        metavar="N",
        help="virtual seconds per real second; 0: time moves only by POST /__fake__/clock"
        f" (default: the scenario's, else {rate:g})",
    )
    command.set_defaults(usual_rate=rate)
    command.add_argument(
        "--seed", type=int, help="seed of every id and duration (default: the scenario's, else 0)"
    )
    command.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="follow another reading of the documents, such as sse_dialect=adk, or with preset=4.4 that of"
        " a vendor version; may be repeated (docs/variants.md has them all)",
    )
    command.add_argument(
        "--epoch",
        metavar="TIME",
        help="what time it is at the start: now, or such as 2026-03-18T00:00:00Z"
        " (default: the scenario's, else 2033-03-03T03:33:33Z)",
    )
    command.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="let whoever asks for this host steer the fake (/__fake__/), not this machine alone: for containers;"
        " may be repeated",
    )
    _add_state(command)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a whole number from 0 to 65535")
    return int(text)
