"""The fake server as the demo starts it: a child process on a free port, a minute in a second."""

from __future__ import annotations

from contextlib import AbstractContextManager

from examples.child import child

RATE = 60
SEED = 2
"""With this seed the title's edit ends without a word, as about 30 % do."""


def server() -> AbstractContextManager[str]:
    """Start the fake server, and end it afterwards; gives its URL."""
    how = ("--port", "0", "--rate", str(RATE), "--seed", str(SEED))
    return child("nemovideo_fakeserver", "serve", *how)
