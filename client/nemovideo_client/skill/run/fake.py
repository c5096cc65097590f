"""A fake server as a child process, for one skill."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from nemovideo_client.errors import UsageError

RATE = 600
"""Virtual seconds in a real one: a generation of five minutes takes half a second."""

NEEDED = ("nemovideo_fakeserver", "aiohttp", "av", "PIL", "orjson")
STOPPING_SECONDS = 10.0
MEND = "Run pip install 'nemovideo-harness[fakeserver]'."


@contextmanager
def served() -> Iterator[str]:
    """Serve a fresh fake, and give its URL. Raises UsageError where it is not installed or does not start."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            f"Running a skill needs the fake server, and {missing[0]} is not installed",
            next_step=MEND,
        )
    command = (sys.executable, "-m", "nemovideo_fakeserver", "serve", "--json", "--port", "0")
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(  # noqa: S603  # our own module, no shell
            (*command, "--rate", str(RATE)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as child,
    ):
        try:
            yield _url(child, complaints)
        finally:
            _stop(child)


def _url(child: subprocess.Popen[str], complaints: IO[str]) -> str:
    assert child.stdout is not None
    line = child.stdout.readline()
    try:
        return str(json.loads(line)["url"])
    except ValueError:
        child.wait()
        complaints.seek(0)
        said = complaints.read().strip().splitlines() or ["it said nothing"]
        raise UsageError(f"The fake server did not start: {said[-1]}", next_step=MEND) from None


def _stop(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
