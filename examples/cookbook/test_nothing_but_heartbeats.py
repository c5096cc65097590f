"""Ten minutes of nothing but heartbeats.

A generation works and works, and every 15 seconds a heartbeat says that it still does. A client has to stay,
tell its user something now and then, and not send the message again.
"""

from __future__ import annotations

import pytest

from nemovideo_client import Heartbeat, NemoClient, Notice
from nemovideo_fakeserver import Journal, verify

READY = "Your video is ready."
SLOW = {"when": "generate", "work": "generate", "steps": [{"at": "9m55s", "text": READY}]}


@pytest.mark.nemo_scenario({"turns": [SLOW]})
def test_the_client_waits_for_ten_minutes(
    nemo_client_sync: NemoClient, nemo_journal: Journal
) -> None:
    """Its user hears from it every two minutes, and the message is sent, and paid for, once."""
    with nemo_client_sync.stream("generate a night train") as stream:
        seen = list(stream)

    assert stream.result.text == READY
    assert stream.result.duration == 595  # seconds, of which nobody waited one
    assert seen.count(Heartbeat()) == 39
    assert sum(isinstance(event, Notice) for event in seen) == 4
    assert nemo_client_sync.credits().available == 0  # 100 were there, a generation costs 100
    verify.assert_count(nemo_journal, "POST /run_sse", 1)
