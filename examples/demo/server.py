"""The fake server as the demo starts it: a child process on a free port, a minute in a second."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

RATE = 60
SEED = 2
"""With this seed the title's edit ends without a word, as about 30 % do."""


@contextmanager
def server() -> Iterator[str]:
    """Start the fake server on a free port, and end it afterwards."""
    command = [
        sys.executable,
        "-m",
        "nemovideo_fakeserver",
        "serve",
        "--port",
        "0",
        "--rate",
        str(RATE),
        "--seed",
        str(SEED),
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        ready = running.stdout.readline()
        if not ready:
            raise SystemExit("the fake server did not start")
        try:
            yield json.loads(ready)["url"]
        finally:
            running.terminate()
