"""`nemo-proxy replay`: serve recorded sessions on a port."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nemovideo_proxy.cli import numbers
from nemovideo_proxy.cli.failure import Failure

if TYPE_CHECKING:
    from nemovideo_proxy.replay.replay import Replay

NAME = "replay"
SAYS = "answer clients from a recorded session, without any network"
EXAMPLE = "example: nemo-proxy replay cassettes/workflow.yaml --port 8080 --speed 10x"


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("cassettes", nargs="+", metavar="FILE", help="a cassette")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    parser.add_argument(
        "--port", type=numbers.port, default=0, help="0 is a free one (%(default)s)"
    )
    parser.add_argument(
        "--speed", default="recorded", metavar="recorded|instant|Nx", help="(%(default)s)"
    )
    parser.add_argument(
        "--polls",
        choices=("time", "order"),
        default="time",
        help="answer a poll with what the recording had at that age, or with the next (%(default)s)",
    )
    parser.add_argument(
        "--match-on",
        default="method,path,query,body",
        metavar="LIST",
        help="what has to be the same, of method, path, query, body, headers (%(default)s)",
    )
    parser.add_argument(
        "--allow-playback-repeats",
        action="store_true",
        help="replay again what was recorded once",
    )
    parser.add_argument(
        "--expires-after", metavar="DAYS", help="as 30d; counts for what a cassette says"
    )
    parser.add_argument(
        "--expiry",
        choices=("warn", "error"),
        default="warn",
        help="what happens then (%(default)s)",
    )
    parser.add_argument(
        "--require-all", action="store_true", help="exit with 1 if something was not asked for"
    )
    parser.add_argument(
        "--then",
        choices=("fake",),
        help="where a client's recording has run out, let a fake go on from there (needs [fakeserver])",
    )
    parser.add_argument("--json", action="store_true", help="say things as JSON, one a line")


def run(given: argparse.Namespace) -> int:
    """Serve until Ctrl-C; the exit code says whether all could be read, and was played where that is required."""
    from nemovideo_proxy.cassette.broken import BrokenCassette
    from nemovideo_proxy.fake_child import NoFake
    from nemovideo_proxy.replay import serving
    from nemovideo_proxy.replay.ageing import Expired
    from nemovideo_proxy.replay.inspecting import Inspected

    _listen_to_warnings()
    try:
        with _replay(given) as replay:
            serving.serve(
                Inspected(replay.brain, replay),
                host=given.host,
                port=given.port,
                announce=lambda url: print(serving.ready(url, as_json=given.json), flush=True),
            )
            print(serving.account(replay, as_json=given.json), flush=True)
            return 1 if replay.broken or (given.require_all and replay.unplayed()) else 0
    except (BrokenCassette, Expired, NoFake, serving.CannotListen) as problem:
        raise Failure(str(problem)) from None
    except OSError as problem:
        raise Failure(f"cannot read {problem.filename}: {problem.strerror}") from None


def _replay(given: argparse.Namespace) -> Replay:
    from nemovideo_proxy.cassette.broken import BrokenCassette
    from nemovideo_proxy.replay.ageing import days
    from nemovideo_proxy.replay.replay import Replay

    if given.speed == "virtual":
        raise Failure(
            "a port has no virtual time: --speed is recorded, instant, or 10x", exit_code=2
        )
    try:
        return Replay(
            given.cassettes,
            speed=given.speed,
            polls=given.polls,
            match_on=given.match_on.split(","),
            allow_playback_repeats=given.allow_playback_repeats,
            expires_after=None if given.expires_after is None else days(given.expires_after),
            expiry=given.expiry,
            then=given.then,
        )
    except BrokenCassette:
        raise
    except ValueError as problem:
        raise Failure(str(problem), exit_code=2) from None


def _listen_to_warnings() -> None:
    """Show misses and warnings as plain lines on standard error."""
    import logging
    import warnings

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.captureWarnings(capture=True)
    warnings.formatwarning = lambda message, *_args, **_more: str(message)
