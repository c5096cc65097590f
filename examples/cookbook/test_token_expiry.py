"""A token that expires after seven days.

The service refuses it with code 1001. The client asks for a new one under the same client id, and goes on in
the same account; a week passes in no time.
"""

from __future__ import annotations

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Journal, verify
from nemovideo_pytest import NemoClock

WEEK = 7 * 24 * 3600


def test_a_week_later_the_client_goes_on_with_a_new_token(
    nemo_client_sync: NemoClient, nemo_clock: NemoClock, nemo_journal: Journal
) -> None:
    """Nobody is asked to log in; a new token fills the account up to 100 credits again."""
    nemo = nemo_client_sync
    nemo.chat('Add the title "Monday"')
    first = nemo.token

    nemo_clock.jump(WEEK)

    assert nemo.credits().available == 100
    assert nemo.token != first
    verify.assert_sequence(
        nemo_journal,
        [
            {"line": "GET /api/credits/balance/simple", "code": 1001},
            "POST /api/auth/anonymous-token",
            {"line": "GET /api/credits/balance/simple", "code": 0},
        ],
    )
