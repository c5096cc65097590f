"""A fake as a child process: `nemo-fakeserver serve`, on a free port of this machine."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

STOPPING_SECONDS = 10.0


class NoFake(Exception):
    """The fake is not there or did not start; the sentence says why."""


NEEDED = ("nemovideo_fakeserver.cli", "aiohttp", "av", "PIL", "orjson")
"""What of the fake has to be installed."""


def demand() -> None:
    """Raise `NoFake` where the fake is not installed."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise NoFake("this needs the fake server: pip install 'nemovideo-harness[fakeserver]'")


@contextmanager
def served(arguments: Sequence[str] = (), *, rate: float = 0.0) -> Iterator[str]:
    """Serve a fake whose time runs at `rate`, and give its URL; `arguments` are further ones of `serve`.

    Raises `NoFake`.
    """
    demand()
    command = (sys.executable, "-m", "nemovideo_fakeserver", "serve", "--json", "--port", "0")
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(  # noqa: S603  # our own module, no shell
            (*command, "--rate", f"{rate:g}", *arguments),
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
        raise NoFake(f"the fake did not start: {said[-1]}") from None


def _stop(child: subprocess.Popen[str]) -> None:
    child.terminate()
    try:
        child.wait(STOPPING_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
