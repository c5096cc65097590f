"""`exec`: a command run against a fake of its own, and then what it did."""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import dataclass
from typing import Self

from nemovideo_fakeserver.cli import child
from nemovideo_fakeserver.cli.account import Account, report
from nemovideo_fakeserver.cli.failure import Failure
from nemovideo_fakeserver.cli.identity import identity
from nemovideo_fakeserver.cli.listening import listening
from nemovideo_fakeserver.fake import Fake
from nemovideo_fakeserver.options import Options
from nemovideo_fakeserver.surfaces.aiohttp_app import Served, new_loop

CLIENT = "exec"
"""The client id under which the command's token was got."""

BROKEN = 3
"""The exit code for a broken rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be run, how, and what to say of it."""

    command: tuple[str, ...]
    host: str
    port: int
    token: bool
    strict: bool
    as_json: bool

    @classmethod
    def of(cls, given: argparse.Namespace) -> Self:
        """Return what the flags say; raises `Failure` without a command."""
        command = tuple(given.run[1:] if given.run[:1] == ["--"] else given.run)
        if not command:
            raise Failure("exec needs a command: nemo-fakeserver exec -- CMD ...", exit_code=2)
        return cls(
            command=command,
            host=given.host,
            port=given.port,
            token=not given.no_token,
            strict=given.strict,
            as_json=given.json,
        )


def run(options: Options, wish: Wish) -> int:
    """Run the command, report on standard error, and return the exit code."""
    if not options.rate:
        raise Failure("exec needs time that runs: give --rate a number above 0", exit_code=2)
    with Fake(options) as fake, asyncio.Runner(loop_factory=new_loop) as runner:
        code = runner.run(_run(fake, wish))
        account = Account.of(fake, code)
    print(report(account, sys.stderr, as_json=wish.as_json), file=sys.stderr)
    return BROKEN if wish.strict and account.broken and not code else code


async def _run(fake: Fake, wish: Wish) -> int:
    async with listening(Served(fake, wish.host, wish.port)) as served:
        environment = {"NEMO_API_URL": served.url, "NEMO_WEB_URL": served.url}
        if wish.token:
            environment |= identity(fake, CLIENT)
        return await child.run(wish.command, environment)
