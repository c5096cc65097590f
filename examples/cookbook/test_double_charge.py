"""A double charge.

The trap in which most clients are caught: the answer takes long, the client gives up and sends the message
again, and both are paid for. The first test shows what it costs, the second that a client does not do it.
"""

from __future__ import annotations

import httpx
import pytest

from nemovideo_client import Attribution, NemoClient
from nemovideo_fakeserver import Fake, verify
from nemovideo_pytest import Service

WHO = Attribution(source="my-skill", version="1.0.0")
RICH = {"newcomers": {"credits": 500}}
TITLE = 'Add the title "Hello"'


@pytest.mark.nemo_scenario(RICH)
@pytest.mark.nemo_breaks(
    "stream-closed-early",
    "break-not-looked-into",
    "resent-after-break",
    "resent-while-working",
    because="it shows what impatience costs",
)
def test_an_impatient_client_pays_twice(nemo_service: Service, nemo_fake: Fake) -> None:
    """A read timeout of five seconds and one retry turn an edit of 50 credits into one of 100."""
    nemo = nemo_service.client(attribution=WHO)
    session = nemo.connect().session_id
    headers = {"Authorization": f"Bearer {nemo.token}", **dict(WHO.headers())}
    message = {"session_id": session, "new_message": {"parts": [{"text": TITLE}]}}

    with nemo_service.http(timeout=5) as impatient:
        for _ in range(2):
            with pytest.raises(httpx.ReadTimeout):
                impatient.post("/run_sse", json=message, headers=headers)
    nemo_service.sleep(60)

    assert nemo.credits().available == 400
    assert len(nemo.state().draft["t"]) == 2  # and the title is there twice
    assert nemo_fake.verdicts().totals["cost"] == 50  # of the 100, in vain


@pytest.mark.nemo_scenario(RICH)
@pytest.mark.nemo_faults("turn.accepted", {"break": "reset"}, side="after")
def test_a_client_that_looks_first_pays_once(nemo_client_sync: NemoClient, nemo_fake: Fake) -> None:
    """The connection breaks before a word: it asks the state what became of the message."""
    turn = nemo_client_sync.chat(TITLE)

    assert turn.recovered
    assert turn.changes == ("✅ Title added: 'Hello' (white 48pt, center)",)
    assert nemo_client_sync.credits().available == 450
    verify.assert_count(nemo_fake.journal, "POST /run_sse", 1)
