"""A look at a replay from a shell of this machine, and from nowhere else."""

from __future__ import annotations

import httpx
import pytest

from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport
from nemovideo_proxy.replay.inspecting import Inspected
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, recording


def _get(url: str, **headers: str) -> httpx.Response:
    talk = recording(
        exchange("GET /api/credits/balance/simple", {"n": 1}), exchange("POST /run_sse")
    )
    with Replay(talk) as replay:
        transport = SyncTransport(Inspected(replay.player, replay))
        with httpx.Client(transport=transport, headers={"Authorization": "Bearer t"}) as http:
            assert http.get("http://127.0.0.1/api/credits/balance/simple").json() == {"n": 1}
            return http.get(url, headers=headers)


@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost", "[::1]"])
def test_what_was_played_and_what_was_not_is_told(host: str) -> None:
    """All else goes to the player."""
    assert _get(f"http://{host}/__proxy__/health").json() == {
        "replays": True,
        "played": 1,
        "misses": 0,
    }
    assert _get(f"http://{host}/__proxy__/unplayed").json() == {
        "unplayed": [{"request": "#2 POST /run_sse", "where": "session.yaml:20"}]
    }
    assert _get(f"http://{host}/__proxy__/other").status_code == 404


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://evil.test/__proxy__/unplayed", {}),
        ("http://127.0.0.1/__proxy__/unplayed", {"Origin": "https://evil.test"}),
        ("http://127.0.0.1/__proxy__/unplayed", {"Origin": "null"}),
        ("http://127.0.0.1.evil.test/__proxy__/health", {}),
    ],
)
def test_nobody_else_is_told_anything(url: str, headers: dict[str, str]) -> None:
    """Neither a foreign name for this machine, nor a page of another origin."""
    assert _get(url, **headers).status_code == 403
