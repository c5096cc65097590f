"""Worlds begin again, each as its scenario has it, and mean nothing to each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake, Options
from nemovideo_fakeserver.wire.messages import Head
from nemovideo_fakeserver.worlds import MOST
from nemovideo_pytest.darkroom import Darkroom
from support.caller import Caller
from support.snapshot import snapshot
from support.suites import HOST, Heard, Suite, facts, undated
from support.wire import exchange, refusal

BEGINNINGS = ("POST /__fake__/scenario", "POST /__fake__/reset")
NUMBERED = ("GET /__fake__/journal", "GET /__fake__/verdicts", "GET /__fake__/faults")
"""What tells the numbers of facts, which begin with how a world began."""

SEEDS: dict[str, dict[str, Any]] = {
    "slow": {
        "clock": {"rate": 0},
        "variants": {"sse_dialect": "flat"},
        "accounts": [{"name": "mia", "client_id": "mia-1", "credits": 40}],
        "turns": [{"when": "go", "once": True, "steps": [{"text": "only once"}]}],
        "faults": [{"at": "turn.accepted", "do": {"code": 1002}}],
    },
    "fast": {"clock": {"rate": 3600}, "newcomers": {"credits": 7}},
}


def heard_by(number: int) -> list[Heard]:
    """Return what a suite hears that has a fake for itself."""
    with (
        Fake(Options(autojump=False), studio=Darkroom()) as fake,
        httpx.Client(transport=fake.transport(), base_url=f"http://{HOST}", timeout=900) as http,
    ):
        return Suite(number, http).run()


def test_a_suite_hears_what_its_scenario_says() -> None:
    """Its credits, its limits, its faults, its words: so what is compared is what was asked for."""
    heard = heard_by(1)

    said = {one.line: json.loads(one.body) for one in heard if one.body.startswith(b"{")}
    statuses = [one.status for one in heard if "balance" in one.line or "anonymous" in one.line]
    assert statuses == 2 * [200, 200, 429, 501, 501, 200]
    assert b"I am suite 1" in next(one.body for one in heard if one.line == "POST /run_sse")
    assert said["GET /api/credits/balance/simple"]["data"]["available"] == 301 - 11
    assert said["GET /api/render/proxy/lambda/render_1"]["status"] == "completed"
    assert said["GET /__fake__/scenario"]["scenario"]["name"] == "suite-1"
    assert {fact["what"].get("account") for fact in facts(heard)} > {None}


@pytest.mark.parametrize("number", [1, 2])
def test_a_suite_hears_the_same_after_a_reset(number: int) -> None:
    """The seed is back: ids, credits, limits, faults and readings; only time has gone on."""
    heard = heard_by(number)
    told = [undated(one) for one in heard if one.line not in NUMBERED]
    begun, reset = (place for place, one in enumerate(told) if one[0] in BEGINNINGS)

    assert told[begun + 1 : reset] == told[reset + 1 :]


@contextmanager
def two_worlds() -> Iterator[tuple[Fake, Caller, Caller]]:
    """Give a fake with a world for each of the seeds, and somebody in each, who has changed much."""
    with Fake(Options(autojump=False), studio=Darkroom()) as fake, ExitStack() as stack:
        callers = []
        for name, seed in SEEDS.items():
            base = f"http://127.0.0.1/~{name}"
            http = httpx.Client(transport=fake.transport(), base_url=base, timeout=900)
            stack.enter_context(http).post("/__fake__/scenario", json=seed)
            callers.append(Caller(http).connect("somebody"))
        for caller in callers:
            change(caller)
        yield fake, callers[0], callers[1]


def change(caller: Caller) -> None:
    """Use up what can be used up, and leave nothing as the seed had it."""
    for _ in range(2):
        caller.post("/run_sse", caller.message("go"))
    caller.http.post("/__fake__/clock", json={"rate": 60, "jump": 5})
    caller.http.post("/__fake__/faults", json={"at": "token.issued", "do": {"status": 503}})
    caller.http.post(f"/__fake__/accounts/{caller.uid}/grant", json={"credits": 5})


def shown(caller: Caller) -> dict[str, Any]:
    """Return how a world stands, but for its time."""
    accounts = caller.http.get("/__fake__/accounts").json()["accounts"]
    faults = caller.http.get("/__fake__/faults").json()["faults"]
    return {
        "credits": [account["credits"]["total"] for account in accounts],
        "faults": [(fault["fault"]["at"], fault["fired"]) for fault in faults],
        "rate": caller.http.get("/__fake__/clock").json()["rate"],
        "played": caller.http.get("/__fake__/scenario").json()["scenario"]["played"],
    }


def test_a_world_begins_again_as_its_scenario_has_it() -> None:
    """Accounts, faults, limits, readings, scripted turns and rate are back; the other world goes on."""
    with two_worlds() as (fake, slow, fast):
        before, then = shown(fast), fake.world("slow").setting.clock.now()

        slow.http.post("/__fake__/reset")

        assert shown(slow) == {
            "credits": [40],
            "faults": [("turn.accepted", 0)],
            "rate": 0,
            "played": {},
        }
        assert shown(fast) == before
        assert fake.world("slow").setting.clock.now() >= then
        slow.connect("somebody")
        assert refusal(slow.post("/run_sse", slow.message("go")))[1] == 1002
        assert slow.post("/run_sse", slow.message("go")).text == 'data: {"text":"only once"}\n\n'


def test_all_worlds_begin_again_each_as_its_own_scenario_has_it() -> None:
    """Whichever world is asked; what belongs to none of them, there is no more."""
    with two_worlds() as (_, slow, fast):
        fast.http.post("/__fake__/reset/all")

        assert (shown(slow)["credits"], shown(slow)["rate"]) == ([40], 0)
        assert (shown(fast)["credits"], shown(fast)["rate"]) == ([], 3600)
        assert fast.connect("somebody").balance()["total"] == 7
        assert slow.connect("somebody").balance()["total"] == 100


def test_an_account_begins_again_and_nothing_else_does() -> None:
    """The seeded one is as the seed has it, the other one is gone; faults, turns, rate and time go on."""
    with two_worlds() as (fake, slow, _):
        (mia, _), before = slow.http.get("/__fake__/accounts").json()["accounts"], shown(slow)
        slow.http.post(f"/__fake__/accounts/{mia['account']}/spend", json={"credits": 30})
        other = snapshot(fake.world("fast"))[2:]

        for uid in (mia["account"], slow.uid):
            slow.http.post(f"/__fake__/reset/accounts/{uid}")

        assert shown(slow) == {**before, "credits": [40]}
        assert snapshot(fake.world("fast"))[2:] == other
        assert refusal(slow.get("/api/credits/balance/simple"))[1] == 1001


def test_what_one_world_gives_out_means_nothing_in_another() -> None:
    """Neither its tokens nor its sessions, nor the addresses of its files."""
    with two_worlds() as (_, slow, fast):
        path = f"/api/upload-video/nemo_agent/me/{slow.session}"
        (file,) = slow.post(path, {"urls": ["https://example.com/a.png"]}).json()["data"]["files"]
        there = file["cdn_url"].replace("/~slow/", "/~fast/")

        fast.session, own = slow.session, fast.headers["Authorization"]
        session = refusal(fast.post("/run_sse", fast.message("go")))[1]
        fast.headers["Authorization"] = slow.headers["Authorization"]
        token = refusal(fast.get("/api/credits/balance/simple"))[1]

        assert (session, token) == (1002, 1001)
        assert own != slow.headers["Authorization"]
        assert (slow.http.get(file["cdn_url"]).status_code, fast.http.get(there).status_code) == (
            200,
            404,
        )


def test_a_thousand_worlds_fit_and_no_more(fake: Fake) -> None:
    """One more is refused, also once all have begun again; those that are there go on."""

    def health(name: str) -> int:
        return exchange(fake, Head(method="GET", path=f"/~{name}/__fake__/health")).status

    fitting = [health(f"w{number}") for number in range(MOST)]
    refused = health("one-more")
    exchange(fake, Head(method="POST", path="/~w0/__fake__/reset/all"))

    assert set(fitting) == {200}
    assert (refused, health("one-more")) == (429, 429)
    assert (health("w0"), health(f"w{MOST - 1}")) == (200, 200)
    assert len(fake.names()) == MOST == 1000
