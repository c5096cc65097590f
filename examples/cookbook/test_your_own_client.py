"""A client of your own.

Whatever speaks httpx can be tested so: give it the base URL and the transport of `nemo_service`, and its
clock. The same test then runs in-process, over a port, from a recording, or against the service itself:
`pytest --nemo-target=served`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from nemovideo_pytest import Service

WHO = {"X-Skill-Source": "my-skill", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"}


@dataclass
class MyClient:
    """The client that is to be tested: it asks for a token, and says whether there is enough to generate."""

    http: httpx.Client
    sleep: Callable[[float], None]

    def can_generate(self) -> bool:
        """Say whether the account can pay for a generation; waits once where it is told to."""
        token = self.http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "my-client"})
        if token.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self.sleep(float(token.headers["Retry-After"]))
            token = self.http.post(
                "/api/auth/anonymous-token", headers={"X-Client-Id": "my-client"}
            )
        bearer = {"Authorization": f"Bearer {token.json()['data']['token']}"}
        balance = self.http.get("/api/credits/balance/simple", headers=WHO | bearer).json()["data"]
        return bool(balance["available"] >= 100)


def test_a_newcomer_can_generate(nemo_service: Service) -> None:
    """An anonymous token comes with 100 credits, which is one generation."""
    with httpx.Client(base_url=nemo_service.base_url, transport=nemo_service.transport()) as http:
        assert MyClient(http, nemo_service.sleep).can_generate()
