"""`nemo-proxy replay` as a child process, the way users start it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Real seconds after which a child that does not answer is a failure."""

MAIN = "import sys; from nemovideo_proxy.cli import main; sys.exit(main())"


class Served:
    """A replay that is ready at `url`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        self.url = str(json.loads(process.stdout.readline())["url"])

    def stop(self) -> tuple[int, dict[str, Any], str]:
        """End it as Ctrl-C does; returns the exit code, the account, and what it logged."""
        self._process.send_signal(signal.SIGINT)
        account, logged = self._process.communicate(timeout=PATIENCE)
        return self._process.returncode, json.loads(account.splitlines()[-1]), logged


@contextmanager
def served(cassette: Path, *flags: str) -> Iterator[Served]:
    """Serve a cassette until the block ends."""
    command = (sys.executable, "-c", MAIN, "replay", str(cassette), "--json", *flags)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield Served(process)
        finally:
            process.kill()


def refused(cassette: Path, *flags: str, before: str = "") -> tuple[int, str]:
    """Run a replay that does not begin, after some Python; returns the exit code and what it says."""
    ran = subprocess.run(
        (sys.executable, "-c", f"{before}\n{MAIN}", "replay", str(cassette), *flags),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return ran.returncode, ran.stderr
