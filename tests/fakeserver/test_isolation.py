"""Worlds on one server: sixteen suites at once, each as if it were alone, whatever the others do."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Options
from support.caller import Caller
from support.server import PATIENCE, thread
from support.stage import scripted_fake

SUITES = 16
RATE = 100_000.0


@dataclass(frozen=True)
class Suite:
    """One test suite: number `n` of those that share a server."""

    n: int

    @property
    def moves(self) -> bool:
        """Whether its time runs; that of the others stands, and is jumped."""
        return self.n % 4 == 3

    def run(self, url: str, ready: Barrier | None = None) -> str:
        """Do everything a suite may do in a world of its own, and tell all that came of it."""
        base = f"{url}/~suite-{self.n}"
        with httpx.Client(base_url=base, timeout=PATIENCE, trust_env=False) as http:
            http.post("/__fake__/scenario", json=self._scenario()).raise_for_status()
            http.post("/__fake__/clock", json={"rate": RATE + self.n if self.moves else 0})
            if ready is not None:
                ready.wait(PATIENCE)
            told = self._told(http)
        return json.dumps(told, ensure_ascii=False).replace(url, "URL")

    def _scenario(self) -> dict[str, Any]:
        dialect = ("typed", "adk", "flat")[self.n % 3]
        fault = {"at": "turn.settled", "do": {"break": "truncated"}, "side": "before"}
        return {
            "name": f"suite {self.n}",
            "seed": self.n,
            "newcomers": {"credits": 100 * self.n},
            "variants": {"sse_dialect": dialect, "client_limit": 1 + self.n % 2},
            "faults": [fault] if self.n % 2 else [],
        }

    def _told(self, http: httpx.Client) -> list[Any]:
        caller = Caller(http).connect("the same client everywhere")
        second = http.post(
            "/api/auth/anonymous-token", headers={"X-Client-Id": "the same client everywhere"}
        )
        said = [self._say(caller, text) for text in ("edit 20", "generate 120", "edit 30")]
        told = [second.status_code, said, caller.balance(), caller.tracks(), caller.uid]
        if self.moves:
            return told
        journal = http.get("/__fake__/journal").json()["facts"]
        for fact in journal:  # what names the connection
            fact["what"].pop("headers", None)
        shown = [http.get(f"/__fake__/{path}").json() for path in ("faults", "clock", "ledger")]
        rules = http.get("/__fake__/verdicts").json()["verdicts"]
        return [*told, journal, shown, rules]

    def _say(self, caller: Caller, text: str) -> list[Any]:
        body = caller.message(text)
        heard = b""
        with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=body) as reply:
            if not self.moves:
                caller.http.post("/__fake__/clock", json={"jump": 200})
            try:
                for piece in reply.iter_raw():
                    heard += piece
            except httpx.RemoteProtocolError:
                return [reply.status_code, "broken", *self._events(heard)]
        return [reply.status_code, "whole", *self._events(heard)]

    def _events(self, heard: bytes) -> list[str]:
        """Return what was heard; where time runs, without what names a time."""
        text = heard.decode()
        return [] if self.moves and "timestamp" in text else [text]


@pytest.fixture(name="alone", scope="module")
def _alone() -> list[str]:
    """What each suite hears on a server that it has for itself."""
    told = []
    for n in range(SUITES):
        with scripted_fake(Options(autojump=False)) as fake, thread(fake) as url:
            told.append(Suite(n).run(url))
    return told


def test_sixteen_suites_do_not_see_each_other(alone: list[str]) -> None:
    """Scenarios, variants, faults, clocks, rates, limits, ledgers, journals and verdicts: each its own."""
    ready = Barrier(SUITES)
    with (
        scripted_fake(Options(autojump=False)) as fake,
        thread(fake) as url,
        ThreadPoolExecutor(SUITES) as pool,
    ):
        together = list(pool.map(lambda n: Suite(n).run(url, ready), range(SUITES)))

    assert together == alone
    assert len(set(together)) == SUITES


def test_a_reset_is_of_one_world(alone: list[str]) -> None:
    """The others keep what they have; a suite that begins again hears what it heard, at a later time."""
    with scripted_fake(Options(autojump=False)) as fake, thread(fake) as url:
        Suite(0).run(url)
        Suite(1).run(url)
        with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) as http:
            before = http.get("/~suite-1/__fake__/accounts").json()
            then = http.get("/~suite-0/__fake__/clock").json()["epoch"]
            http.post("/~suite-0/__fake__/reset").raise_for_status()

            assert http.get("/~suite-0/__fake__/accounts").json() == {"accounts": []}
            assert http.get("/~suite-0/__fake__/clock").json()["epoch"] == then
            assert http.get("/~suite-1/__fake__/accounts").json() == before
            assert before["accounts"]
            http.post("/__fake__/reset/all").raise_for_status()
            assert http.get("/~suite-1/__fake__/accounts").json() == {"accounts": []}
            playing = http.get("/~suite-1/__fake__/scenario").json()["scenario"]
            assert playing["name"] == "suite 1"
            assert len(http.get("/~suite-1/__fake__/faults").json()["faults"]) == 1
