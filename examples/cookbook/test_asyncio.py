"""The same under asyncio.

`nemo_client` has the methods of `nemo_client_sync`, to be awaited. The test runs under pytest-asyncio, or, as
here, under the plugin of anyio, which comes with httpx.
"""

from __future__ import annotations

import pytest

from nemovideo_client import AsyncNemoClient, Heartbeat, Text

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    """Which event loop anyio takes."""
    return "asyncio"


async def test_a_message_can_be_followed_while_it_is_worked_on(
    nemo_client: AsyncNemoClient,
) -> None:
    """Words and signs of life arrive in their order, and the result is there at the end."""
    async with nemo_client.stream("Generate an 8 second video of a lighthouse at dawn") as stream:
        seen = [event async for event in stream]

    assert any(isinstance(event, Text) for event in seen)
    assert seen.count(Heartbeat()) == stream.result.heartbeats > 5
    assert (await nemo_client.credits()).available == 0
