"""Ten minutes of nothing but heartbeats.

A generation works and works, and every 15 seconds a heartbeat says that it still does. A client has to stay,
tell its user something now and then, and not send the message again.
"""

from __future__ import annotations

import pytest

from nemovideo_client import Heartbeat, NemoClient, Notice
from nemovideo_fakeserver import Journal, verify

SLOW = {
    "turns": [
        {
            "when": "generate",
            "steps": [
                {
                    "at": "9m55s",
                    "draft": [
                        {"put": {"track": "text", "id": "t", "d": "8s", "m": {"text": "Hi"}}}
                    ],
                },
                {"text": "Your video is ready."},
            ],
        }
    ]
}


@pytest.mark.nemo_scenario(SLOW)
def test_the_client_waits_for_ten_minutes(
    nemo_client_sync: NemoClient, nemo_journal: Journal
) -> None:
    """Its user hears from it every two minutes, and the message is sent, and paid for, once."""
    with nemo_client_sync.stream("generate a night train") as stream:
        seen = list(stream)

    assert stream.result.text == "Your video is ready."
    assert stream.result.duration == 595  # seconds, of which nobody waited one
    assert seen.count(Heartbeat()) == 39
    assert sum(isinstance(event, Notice) for event in seen) == 4
    verify.assert_count(nemo_journal, "POST /run_sse", 1)
