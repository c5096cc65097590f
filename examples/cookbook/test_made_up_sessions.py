"""Sessions that nobody thought of.

Hypothesis (`pip install hypothesis`) makes up what a user says, does and waits for: here twenty sessions, each before
a fake of its own. One that breaks the rule shrinks to the few acts it takes. `nemovideo_pytest.machine` adds faults
(docs/strategies.md).
"""

from __future__ import annotations

import httpx
from hypothesis import given, settings

from nemovideo_client import NemoClient, NemoError
from nemovideo_fakeserver import Fake, verify
from nemovideo_pytest import strategies as nemo


@settings(max_examples=20, deadline=None)
@given(nemo.sessions(acts=("say", "credits", "state", "wait"), max_acts=6))
def test_nobody_pays_for_what_was_not_said(session: nemo.Session) -> None:
    """As many messages are worked on as were said, or fewer where the credits ran out; none twice."""
    said = sum(act.name == "say" for act in session.acts)
    with Fake() as fake, httpx.Client(transport=fake.transport()) as http:
        client = NemoClient(
            base_url="http://127.0.0.1",
            http_client=http,
            client_id="me",
            sleep=fake.clock.sleep_sync,
            now=fake.clock.now,
        )

        session.play(nemo.NemoPlayer(client, fake.clock.sleep_sync), errors=(NemoError,))

        verify.assert_count(fake.journal, {"kind": "turn.accepted"}, at_most=said)
        assert fake.verdicts().totals["cost"] == 0
        assert fake.verdicts().of("error") == ()
