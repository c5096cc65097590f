"""The fake server and the recorder in front of it, as child processes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from examples.child import child

RATE = 20
"""The fake's time runs so many times as fast as the wall, and the recorder is told so."""

PORT = "8765"
"""The port of the fake: it stands in every cassette, and need not differ each time."""


def fake(flags: Sequence[str]) -> AbstractContextManager[str]:
    """Serve a fake; gives its base URL."""
    return child("nemovideo_fakeserver", "serve", "--port", PORT, "--rate", str(RATE), *flags)


def recorder(upstream: str, cassette: Path, notes: str) -> AbstractContextManager[str]:
    """Record what goes to `upstream` into `cassette`; gives the base URL for clients."""
    to = ("--upstream", upstream, "--cassette", str(cassette), "--mode", "rewrite")
    return child("nemovideo_proxy", "record", *to, "--rate", str(RATE), "--notes", notes)
