"""429 at the token endpoint.

`Retry-After` decides. Half a minute is waited for, once; a limit of seven days is an error that says so.
"""

from __future__ import annotations

import pytest

from nemovideo_client import NemoClient, RateLimited
from nemovideo_fakeserver import Journal, verify
from nemovideo_pytest import NemoClock, Service

TOKEN = "POST /api/auth/anonymous-token"


@pytest.mark.nemo_scenario("rate-limited")
def test_half_a_minute_is_waited_for(
    nemo_client_sync: NemoClient, nemo_clock: NemoClock, nemo_journal: Journal
) -> None:
    """The first request is refused for 30 seconds, the second one comes after them."""
    began = nemo_clock.now()

    assert nemo_client_sync.credits().available == 100

    assert nemo_clock.now() - began == pytest.approx(30, abs=1)
    verify.assert_count(nemo_journal, {"line": TOKEN, "status": 429}, 1)
    verify.assert_count(nemo_journal, {"line": TOKEN, "status": 200}, 1)


@pytest.mark.nemo_breaks(
    "token-not-kept", because="two machines of one user do not know of each other"
)
def test_a_week_is_not(nemo_service: Service) -> None:
    """A client id gets one token in seven days: asking for another says when, instead of waiting."""
    first, second = nemo_service.client(client_id="me"), nemo_service.client(client_id="me")
    first.connect()
    began = nemo_service.now()

    with pytest.raises(RateLimited) as refused:
        second.connect()

    assert refused.value.retry_after == pytest.approx(7 * 24 * 3600, abs=60)
    assert nemo_service.now() - began < 1
