"""`nemo-proxy record`: stand between a client and the service, and write down what passes."""

from __future__ import annotations

import argparse
from pathlib import Path

from nemovideo_proxy.cli import numbers
from nemovideo_proxy.cli.failure import Failure

NAME = "record"
SAYS = "stand between a client and the service, and write down what passes"
EXAMPLE = """example:
  nemo-proxy record --upstream http://127.0.0.1:8765 --cassette session.yaml
  export NEMO_API_URL=http://127.0.0.1:PORT    # as it says when it is ready"""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    add = parser.add_argument
    add("--upstream", required=True, metavar="URL", help="the service; nothing else is contacted")
    add("--cassette", required=True, type=Path, metavar="FILE", help="where it is written")
    add("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    add("--port", type=numbers.port, default=0, help="0 is a free one (%(default)s)")
    add(
        "--mode",
        default="once",
        metavar="MODE",
        help="none, once, new_episodes, all or rewrite: docs/recording.md (%(default)s)",
    )
    add("--rules", type=Path, metavar="FILE", help="your own rules of redaction, YAML or Python")
    add(
        "--rate",
        type=numbers.more_than_nothing,
        default=1.0,
        metavar="N",
        help="the service's seconds in one real second: a fake at --rate N (%(default)g)",
    )
    add("--regular", action="store_true", help="be an HTTP proxy with an authority of its own")
    add("--ca-dir", type=Path, metavar="DIR", help="where that authority lies, for you alone")
    add("--upstream-ca", type=Path, metavar="FILE", help="authorities of a private service (PEM)")
    add(
        "--max-body",
        type=numbers.count,
        default=600,
        metavar="MB",
        help="largest body (%(default)s)",
    )
    add(
        "--patience",
        type=numbers.more_than_nothing,
        default=330.0,
        metavar="SECONDS",
        help="a reply in which nothing moves that long is given up (%(default)g)",
    )
    add("--max-credits", type=numbers.amount, metavar="N", help="stop before it costs more")
    add("--allow-resend", action="store_true", help="with --max-credits: let a message pass twice")
    add("--live", action="store_true", help="the service is a real one, and may cost")
    add("--own-token", action="store_true", help="with --live: the client gets its token itself")
    add("--notes", default="", help="a line for people in the head of the cassette")
    add("--dry-run", action="store_true", help="write nothing; show what would be written")
    add("--json", action="store_true", help="say things as JSON, one a line")


def run(given: argparse.Namespace) -> int:
    """Record until Ctrl-C; the exit code says whether all that passed was written."""
    from nemovideo_proxy.mitm.command import record
    from nemovideo_proxy.mitm.wanted import Wanted, WrongUsage
    from nemovideo_proxy.recording.marked import NotRecorded

    try:
        return record(
            Wanted(
                upstream=given.upstream,
                cassette=given.cassette,
                host=given.host,
                port=given.port,
                mode=given.mode,
                rules=given.rules,
                rate=given.rate,
                regular=given.regular,
                ca_dir=given.ca_dir,
                upstream_ca=given.upstream_ca,
                max_body=given.max_body * 1024 * 1024,
                patience=given.patience,
                max_credits=given.max_credits,
                allow_resend=given.allow_resend,
                live=given.live,
                own_token=given.own_token,
                notes=given.notes,
                dry_run=given.dry_run,
                as_json=given.json,
            )
        )
    except WrongUsage as wrong:
        raise Failure(str(wrong), exit_code=2) from None
    except NotRecorded as failure:
        raise Failure(str(failure)) from None
