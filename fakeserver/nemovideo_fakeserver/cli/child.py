"""A command that runs beside the server: with its environment, its signals, and its exit code."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence

from nemovideo_fakeserver.cli.failure import Failure

UNSET = ("NEMO_TOKEN", "NEMO_CLIENT_ID")
"""What a shell may have from other work, and would lead the command elsewhere."""


async def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run `command` to its end and return its exit code, as a shell has it: 128 and more for a signal.

    What asks this process to end is passed on; an interrupt from the keyboard reaches the command
    itself. Raises `Failure` when it cannot be started.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in UNSET}
    try:
        child = await asyncio.create_subprocess_exec(*command, env={**inherited, **environment})
    except FileNotFoundError:
        raise Failure(f"{command[0]}: there is no such command", exit_code=127) from None
    except OSError as problem:
        raise Failure(
            f"{command[0]}: cannot be started: {problem.strerror}", exit_code=126
        ) from None
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _pass_on, child, number)
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    code = await child.wait()
    return code if code >= 0 else 128 - code


def _pass_on(child: asyncio.subprocess.Process, number: signal.Signals) -> None:
    if child.returncode is None:
        child.send_signal(number)
