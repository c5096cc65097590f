"""A command of this project as a child process, for as long as it is needed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 60.0
"""Real seconds a child has to end in."""


@contextmanager
def child(module: str, command: str, *flags: str) -> Iterator[str]:
    """Run `python -m module command flags --json`; gives the URL that it announces."""
    whole = (sys.executable, "-m", module, command, *flags, "--json")
    with subprocess.Popen(whole, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        ready = running.stdout.readline()
        if not ready:
            raise SystemExit(f"{module} {command} did not start")
        try:
            yield json.loads(ready)["url"]
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=PATIENCE)
    if running.returncode:
        raise SystemExit(f"{module} {command} ended with {running.returncode}")
