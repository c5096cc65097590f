"""The default client of a machine: a `NemoClient` before an in-process fake, in virtual time."""

from __future__ import annotations

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake
from nemovideo_pytest.strategies.playing.nemo_player import NemoPlayer

BASE = "http://127.0.0.1"


def nemo_player(fake: Fake) -> NemoPlayer:
    """Return a player whose client reaches the fake, and which can come back as another client."""
    import httpx

    http = httpx.Client(transport=fake.transport())

    def made(token: str | None) -> NemoClient:
        return NemoClient(
            base_url=BASE,
            http_client=http,
            token=token,
            client_id="somebody",
            sleep=fake.clock.sleep_sync,
            now=fake.clock.now,
        )

    def again(before: NemoClient) -> NemoClient:
        client = made(before.token)
        client.session = before.session
        return client

    return NemoPlayer(made(None), fake.clock.sleep_sync, again)
