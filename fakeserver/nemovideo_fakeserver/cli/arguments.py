"""The flags of the command, and what they mean for a fake."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nemovideo_fakeserver.cli.failure import Failure

if TYPE_CHECKING:
    from nemovideo_fakeserver.core.variants import Variants
    from nemovideo_fakeserver.options import Options

DEFAULT_PORT = 8765

EXAMPLE = """example:
  nemo-fakeserver serve --rate 60
  export NEMO_API_URL=http://127.0.0.1:8765
  curl -s -X POST "$NEMO_API_URL/api/auth/anonymous-token" -H "X-Client-Id: $(uuidgen)"
"""


def add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `serve` and its flags."""
    serve = commands.add_parser(
        "serve",
        help="answer as NemoVideo does, until Ctrl-C",
        description="Answer as NemoVideo does, until Ctrl-C.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    serve.add_argument(
        "--port",
        type=_port,
        default=DEFAULT_PORT,
        help="port, 0 for a free one (default: %(default)s)",
    )
    serve.add_argument(
        "--rate",
        type=float,
        default=1.0,
        metavar="N",
        help="virtual seconds per real second; 0: time moves only by POST /__fake__/clock (default: 1)",
    )
    serve.add_argument(
        "--seed", type=int, default=0, help="seed of every id and duration (default: %(default)s)"
    )
    serve.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="follow another reading of the documents, such as sse_dialect=adk, or with preset=4.4 that of"
        " a vendor version; may be repeated (docs/variants.md has them all)",
    )
    serve.add_argument(
        "--epoch",
        metavar="TIME",
        help="what time it is at the start: now, or such as 2026-03-18T00:00:00Z (default: 2033-03-03T03:33:33Z)",
    )
    add_allow_host(serve)
    serve.add_argument(
        "--json", action="store_true", help="print one line of JSON when ready, nothing else"
    )


def add_allow_host(parser: argparse.ArgumentParser) -> None:
    """Declare the flag that lets others than this machine steer the fake."""
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="let whoever asks for this host steer the fake (/__fake__/), not this machine alone: for containers;"
        " may be repeated",
    )


def options(asked: argparse.Namespace) -> Options:
    """Return what the flags ask for; raises `Failure` for a value that makes no sense."""
    from nemovideo_fakeserver.clock import EPOCH
    from nemovideo_fakeserver.options import Options

    try:
        return Options(
            seed=asked.seed,
            rate=asked.rate,
            autojump=False,
            start=EPOCH if asked.epoch is None else _instant(asked.epoch),
            variants=_variants(asked.variant),
            isolate=True,
            allow_hosts=tuple(asked.allow_host),
        )
    except ValueError as problem:
        raise Failure(str(problem), exit_code=2) from None


def _variants(given: list[str]) -> Variants:
    from nemovideo_fakeserver.core.presets import chosen

    choices = []
    for one in given:
        key, equals, value = one.partition("=")
        if not equals:
            raise Failure(f"--variant {one}: write it as KEY=VALUE", exit_code=2)
        choices.append((key, value))
    return chosen(choices)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a whole number from 0 to 65535")
    return int(text)


def _instant(text: str) -> float:
    if text == "now":
        return time.time()
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Failure(
            f"--epoch {text}: say now, or a time such as 2026-03-18T00:00:00Z", exit_code=2
        ) from None
