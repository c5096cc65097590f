"""Where visitors get their accounts from.

A fake makes a new one for every test, and a test that has a cassette for itself has a new one in it, too. A
service of one's own, or the real one, gives an address few tokens (ten in 7 days), so there the accounts of
a run are kept and shared: a test that spends credits takes one that has as many, else a new one, and skips
where there is none. `NEMO_TOKEN` names one to begin with, for the target `live` alone.
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

BALANCE = "/api/credits/balance/simple"


def _known(service: Service) -> list[str]:
    given = os.environ.get("NEMO_TOKEN")
    return [given] if given and service.target == "live" else []


class Accounts:
    """The accounts of one run on services that cannot be steered, each at its URL."""

    def __init__(self) -> None:
        self._tokens: dict[str, list[str]] = {}
        self._closed: set[str] = set()

    def settle(self, visitor: Visitor, credits_: int) -> None:
        """Give a visitor an account with so many credits: one of this run, else a new one."""
        if not visitor.is_alone:
            for token in self._tokens_at(visitor.service):
                if _available(visitor.take(token)) >= credits_:
                    return
        self.found(visitor)

    def found(self, visitor: Visitor) -> None:
        """Give a visitor an account that is new; skips the test where the service gives none."""
        at = visitor.service.base_url
        reply = None if at in self._closed else visitor.ask_token()
        if reply is None or (reply.status_code == 429 and visitor.service.fake is None):
            self._closed.add(at)
            pytest.skip("the service gives this address no more tokens: see docs/contract.md")
        token = visitor.take(replies.data(reply)["token"]).token
        self._tokens_at(visitor.service).append(token)

    def _tokens_at(self, service: Service) -> list[str]:
        if service.base_url not in self._tokens:
            self._tokens[service.base_url] = _known(service)
        return self._tokens[service.base_url]


def newcomer(service: Service, http: httpx.Client, name: str) -> Visitor:
    """Return a visitor nobody knows yet; its client id is its name's, or random where that is not enough."""
    known = service.fake is not None
    return Visitor(service=service, http=http, client_id=name if known else f"contract-{uuid4()}")


def _available(visitor: Visitor) -> int:
    """Return what a visitor's account can spend; -1 where its token is no good."""
    told = visitor.get(BALANCE).json()
    return int(told["data"]["available"]) if told.get("code") == 0 else -1
