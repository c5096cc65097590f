"""A fake as a child process: `nemo-fakeserver serve --import SEED`, on a free port of this machine."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

PATIENCE = 20.0
"""Real seconds a fake has to end when it is told to."""


class NoFake(Exception):
    """The fake cannot be started; one sentence says why, and what to do."""


class Child:
    """A running fake. `url` is its base URL, `close` ends it. Raises `NoFake` when it does not start."""

    def __init__(self, seed: Path, *, rate: float) -> None:
        if importlib.util.find_spec("nemovideo_fakeserver.cli") is None:
            raise NoFake("going on with a fake needs pip install 'nemovideo-harness[fakeserver]'")
        serve = ("nemovideo_fakeserver", "serve", "--port", "0", "--json", "--rate", f"{rate:g}")
        command = (sys.executable, "-m", *serve, "--import", str(seed))
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)  # noqa: S603 a command of our own
        assert self._process.stdout is not None
        ready = self._process.stdout.readline()
        if not ready:
            _, said = self._process.communicate()
            raise NoFake(f"the fake did not start: {said.strip() or 'it said nothing'}")
        self.url = str(json.loads(ready)["url"])

    def close(self) -> None:
        """End it, and wait until it has ended."""
        self._process.terminate()
        try:
            self._process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
