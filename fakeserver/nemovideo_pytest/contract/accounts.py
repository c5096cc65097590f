"""Where visitors get their accounts from.

A fake makes a new one for every test. A service of one's own, or the real one, gives an address few
tokens (ten in 7 days), so there the accounts of a run are kept and shared: a test that spends credits
takes one that has as many, and skips where there is none. `NEMO_TOKEN` names one to begin with.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeAlias
from uuid import uuid4

import httpx
import pytest

from nemovideo_pytest.contract import replies
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.service import Service

NewVisitor: TypeAlias = Callable[[], Visitor]
"""Makes a visitor with an account and a session of its own."""


class Accounts:
    """The accounts of one run on services that cannot be steered."""

    def __init__(self) -> None:
        given = os.environ.get("NEMO_TOKEN")
        self._tokens: list[str] = [given] if given else []
        self._closed = ""

    def settle(self, visitor: Visitor, credits_: int) -> None:
        """Give a visitor an account with so many credits: one of this run, else a new one."""
        if visitor.service.fake is not None:
            visitor.identify()
            return
        for token in self._tokens:
            if visitor.take(token).credits()["available"] >= credits_:
                return
        self.found(visitor)

    def found(self, visitor: Visitor) -> None:
        """Give a visitor an account that is new; skips the test where the service gives none."""
        if self._closed:
            pytest.skip(self._closed)
        reply = visitor.ask_token()
        if reply.status_code == 429:
            self._closed = "the service gives this address no more tokens: see docs/contract.md"
            pytest.skip(self._closed)
        self._tokens.append(visitor.take(replies.data(reply)["token"]).token)


def newcomer(service: Service, http: httpx.Client, name: str) -> Visitor:
    """Return a visitor nobody knows yet; its client id is its name's, or random where that is not enough."""
    known = service.fake is not None
    return Visitor(service=service, http=http, client_id=name if known else f"contract-{uuid4()}")
