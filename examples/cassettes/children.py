"""The fake server and the recorder in front of it, as child processes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

RATE = 20
"""The fake's time runs so many times as fast as the wall, and the recorder is told so."""

PORT = "8765"
"""The port of the fake: it stands in every cassette, and need not differ each time."""

PATIENCE = 60.0
"""Real seconds a child has to end in."""


@contextmanager
def fake(flags: Sequence[str]) -> Iterator[str]:
    """Serve a fake; gives its base URL."""
    serve = ("nemovideo_fakeserver", "serve", "--port", PORT, "--rate", str(RATE), "--json")
    with _child((*serve, *flags)) as url:
        yield url


@contextmanager
def recorder(upstream: str, cassette: Path, notes: str) -> Iterator[str]:
    """Record what goes to `upstream` into `cassette`; gives the base URL for clients."""
    record = ("nemovideo_proxy", "record", "--upstream", upstream, "--cassette", str(cassette))
    how = ("--mode", "rewrite", "--rate", str(RATE), "--notes", notes, "--json")
    with _child((*record, *how)) as url:
        yield url


@contextmanager
def _child(command: Sequence[str]) -> Iterator[str]:
    whole = (sys.executable, "-m", *command)
    with subprocess.Popen(whole, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        ready = child.stdout.readline()
        if not ready:
            raise SystemExit(f"{' '.join(command[:2])} did not start")
        try:
            yield json.loads(ready)["url"]
        finally:
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=PATIENCE)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[:2])} ended with {child.returncode}")
