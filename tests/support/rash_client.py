"""A client with one bad habit: when its stream breaks, it sends the message again."""

from __future__ import annotations

from typing import Any

import httpx

from nemovideo_fakeserver import Fake
from nemovideo_pytest.machine import NemoMachine
from nemovideo_pytest.strategies import HttpPlayer, Refused


class RashPlayer(HttpPlayer):
    """Says a message a second time where the first time was cut off."""

    def say(self, message: str) -> list[Any]:
        """Send a message, and again."""
        try:
            return super().say(message)
        except httpx.TransportError:
            return super().say(message)

    def close(self) -> None:
        """Close the connections."""
        self.http.close()


def rash(fake: Fake) -> RashPlayer:
    """Return such a client before a fake."""
    http = httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1", timeout=900)
    return RashPlayer(http, fake.clock.sleep_sync)


class RashMachine(NemoMachine):
    """A machine over that client; it looks at nothing after a silent edit either, which is not the point."""

    errors = (httpx.HTTPError, Refused, ValueError, KeyError)
    acts = ("say", "wait")
    judge = ()
    spared = ("silence-looked-into", "nothing-lost", "error-has-cause")

    def client(self, fake: Fake) -> RashPlayer:
        """Return the rash client."""
        return rash(fake)
