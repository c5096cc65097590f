"""What a run spends: each paid call is counted before it goes out, and the one that could cost too much does not.

The counting is the recorder's (`nemovideo_proxy.recording.spending`): a message counts as 100 credits until a
balance that was read after its end says otherwise. With a budget of 100 one message passes, and the next only
if the first turned out to be cheaper.
"""

from __future__ import annotations

import itertools
import re
import threading
from dataclasses import dataclass, field

import httpx
import pytest

from nemovideo_proxy.model import Request
from nemovideo_proxy.recording.spending import BALANCE, Guard
from nemovideo_pytest.remote.http import Transport

_AGAIN = (
    "the same message was sent to this session before, and its turn has not been seen to end: sent again"
    " it may be paid twice, so it was not sent"
)


_WORLD = re.compile(r"/~[^/]+")


@dataclass(slots=True)
class Till:
    """The till of one run against the service at `url`; `budget` in credits.

    Asked by all transports, in any thread. `closed` says why nothing more is paid; empty as long as it is open.
    `refused` are the sentences with which calls were held back, for whoever caught them.
    """

    url: str
    budget: float
    closed: str = ""
    refused: list[str] = field(default_factory=list)
    _guard: Guard = field(init=False)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _questions: dict[str, httpx.Request] = field(default_factory=dict)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._guard = Guard(limit=self.budget)

    def is_paid(self, request: httpx.Request) -> bool:
        """Say whether a request freezes credits."""
        return self._guard.is_paid(self._seen(request))

    def is_balance(self, request: httpx.Request) -> bool:
        """Say whether a request asks for the balance: its answer tells as much as one to a question of ours."""
        return self._path(request) == BALANCE

    def question(self, request: httpx.Request) -> httpx.Request:
        """Return the question for the balance of whoever makes `request`."""
        asked = self._guard.balance_request(self._seen(request))
        url = self.url + self._world(request) + asked.url
        return httpx.Request("GET", url, headers=list(asked.headers))

    def heard(self, request: httpx.Request, reply: httpx.Response) -> None:
        """Take the balance from a reply that is read."""
        with self._one:
            seen = self._seen(request)
            if self._guard.heard(seen, reply.status_code, reply.content):
                self._questions[seen.header("authorization") or ""] = request

    def let_through(self, request: httpx.Request) -> int:
        """Count a paid call, and return its number; fails the test where it must not go out."""
        seen = self._seen(request)
        with self._one:
            refused = self._guard.refusal(seen)
            if refused is None:
                number = next(self._numbers)
                self._guard.begun(number, seen)
                return number
            if refused.why == "budget":
                self.closed = self._closed(refused.sentence)
            self.refused.append(self.closed if refused.why == "budget" else _AGAIN)
            raise pytest.fail.Exception(self.refused[-1], pytrace=False)

    def ended(self, number: int, *, whole: bool) -> None:
        """Note that the reply to a paid call ended, or broke off."""
        with self._one:
            self._guard.ended(number, whole=whole)

    def settle(self) -> None:
        """Ask once more for every balance, for the account."""
        for asked in tuple(self._questions.values()):
            question = self.question(asked)
            with httpx.Client(transport=Transport(self.url), timeout=20.0) as http:
                try:
                    self.heard(question, http.send(question))
                except httpx.TransportError:
                    return

    def account(self) -> str:
        """Return what was spent, as one line."""
        calls = self._guard.calls
        messages = "1 message" if calls == 1 else f"{calls} messages"
        spent = f"{self._guard.spent:g} of {self.budget:g} credits spent"
        return f"{self.url}: {spent}, {messages}"

    def _closed(self, why: str) -> str:
        if "balance" in why and "until" not in why:
            return f"{why}: no message is sent"
        return (
            f"{self._guard.spent:g} of the {self.budget:g} credits of --nemo-budget are spent, and a"
            " message counts as 100 until the balance says otherwise: no more are sent in this run"
        )

    def _seen(self, request: httpx.Request) -> Request:
        headers = tuple((name, value) for name, value in request.headers.multi_items())
        return Request(
            method=request.method,
            url=self._path(request),
            headers=headers,
            body=request.read() if isinstance(request.stream, httpx.SyncByteStream) else b"",
        )

    def _path(self, request: httpx.Request) -> str:
        return self._below(request).removeprefix(self._world(request))

    def _world(self, request: httpx.Request) -> str:
        """Return the world of a fake that is asked, as it stands in the path; empty where none does."""
        found = _WORLD.match(self._below(request))
        return found[0] if found else ""

    def _below(self, request: httpx.Request) -> str:
        return request.url.path.removeprefix(httpx.URL(self.url).path.rstrip("/"))
