"""Chromium without a window, asked over the pipe of its DevTools.

It gets a profile of its own, and is told to call nobody but the pages it is sent to.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-quic", "--disable-extensions", "--no-proxy-server"),
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE = 60.0
"""Real seconds after which a browser that does not come to an end is killed."""


class Page:
    """One tab; `evaluate` runs JavaScript in it."""

    def __init__(self, told: IO[bytes], heard: IO[bytes]) -> None:
        self._told, self._heard = told, heard
        self._number = 0
        self._session: str | None = None
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._ask("Page.enable")
        self._ask("Page.setBypassCSP", enabled=True)

    def open(self, url: str) -> None:
        """Go to a page, and wait until it is there."""
        self._ask("Page.navigate", url=url)
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression, or of its promise; an error in it is an AssertionError."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = self._ask("Runtime.evaluate", **asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        said: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            said["sessionId"] = self._session
        self._told.write(json.dumps(said).encode() + b"\0")
        self._told.flush()
        while (answer := self._read()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._heard.read(1)) != b"\0":
            assert byte, "Chromium has ended"
            message += byte
        read: dict[str, Any] = json.loads(message)
        return read


@contextmanager
def browsing(program: str, profile: Path) -> Iterator[Page]:
    """Start Chromium with an empty `profile`, and end it afterwards; gives a page."""
    (their_in, our_out), (our_in, their_out) = os.pipe(), os.pipe()
    line = f'exec "$0" "$@" 3<&{their_in} 4>&{their_out}'
    flags = (*FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}")
    silent = subprocess.DEVNULL
    with (
        os.fdopen(our_out, "wb") as told,
        os.fdopen(our_in, "rb") as heard,
        subprocess.Popen(
            ("bash", "-c", line, program, *flags),
            pass_fds=(their_in, their_out),
            stdout=silent,
            stderr=silent,
        ) as running,
    ):
        os.close(their_in)
        os.close(their_out)
        end = Timer(PATIENCE, running.kill)
        end.start()
        try:
            yield Page(told, heard)
        finally:
            end.cancel()
            running.terminate()
