"""`nemo-proxy record` as a child process, the way users start it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Real seconds after which a child that does not answer is a failure."""

COMMAND = (
    sys.executable,
    "-c",
    "import sys; from nemovideo_proxy.cli import main; sys.exit(main())",
    "record",
)


class Running:
    """A recorder that is ready."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[dict[str, Any]] = []
        self.ready = self.event("ready")
        self.url = str(self.ready["url"])

    def event(self, name: str) -> dict[str, Any]:
        """Return the next line of that name."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said: dict[str, Any] = json.loads(line)
            self.said.append(said)
            if said["event"] == name:
                return said
        _, problem = self.process.communicate(timeout=PATIENCE)
        raise AssertionError(f"the recorder ended without {name!r}: {problem}")

    def stop(self) -> tuple[int, dict[str, Any], str]:
        """End it as Ctrl-C does; returns the exit code, the account and what it said of problems."""
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> tuple[int, dict[str, Any], str]:
        """Wait for the end."""
        account = self.event("end")
        _, problem = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, account, problem


@contextmanager
def recording(upstream: str, cassette: Path, *flags: str, **env: str) -> Iterator[Running]:
    """Record until the block ends."""
    command = (*COMMAND, "--upstream", upstream, "--cassette", str(cassette), "--json", *flags)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=pipe, text=True, env={**os.environ, **env}
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def refused(*flags: str, **env: str) -> tuple[int, str]:
    """Run a recorder that does not begin; returns the exit code and what it says."""
    ran = subprocess.run(
        (*COMMAND, *flags),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **env},
    )
    return ran.returncode, ran.stderr
