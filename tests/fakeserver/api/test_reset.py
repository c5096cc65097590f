"""Beginning again: one account, one world or all, each as its name says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import EPOCH, Fake, Options, scenario
from support.caller import Caller
from support.faulty import kinds_of
from support.stage import client, scripted_fake
from support.wire import refusal, refused

SEED = {
    "name": "seeded",
    "newcomers": {"credits": 70},
    "accounts": [
        {"name": "mia", "client_id": "mia-1", "credits": 40, "sessions": [{"name": "holiday"}]},
        {"name": "bob", "credits": 10},
    ],
    "faults": [{"at": "POST /run_sse", "do": {"status": 503}}],
}

In = Callable[[str], Caller]


@pytest.fixture
def into(fake: Fake) -> Iterator[In]:
    """A function that makes a caller in a world."""
    with ExitStack() as stack:

        def made(world: str) -> Caller:
            base = f"http://127.0.0.1/~{world}" if world else "http://127.0.0.1"
            http = httpx.Client(transport=fake.transport(), base_url=base, timeout=900)
            return Caller(stack.enter_context(http)).connect()

        yield made


@pytest.fixture
def seeded() -> Iterator[Fake]:
    """A fake whose worlds begin as a scenario says."""
    with scripted_fake(Options(scenario=scenario.of(SEED))) as made:
        yield made


def look(fake: Fake, world: str = "") -> dict[str, Any]:
    """Return what a world shows of itself."""
    with client(fake) as http:
        base = f"/~{world}" if world else ""
        accounts = http.get(f"{base}/__fake__/accounts").json()["accounts"]
        return {
            "accounts": accounts,
            "faults": http.get(f"{base}/__fake__/faults").json()["faults"],
            "rate": http.get(f"{base}/__fake__/clock").json()["rate"],
        }


# A world


def test_a_world_begins_as_it_began(seeded: Fake) -> None:
    """Accounts, tokens, faults, journal and rate are those of the seed; time goes on."""
    with client(seeded) as http:
        before = look(seeded)
        caller = Caller(http).connect("somebody")
        caller.post("/run_sse", caller.message("text 5"))
        http.post("/__fake__/clock", json={"jump": 100, "rate": 60})
        http.post("/__fake__/faults", json={"at": "token.issued", "do": {"delay": 1}})

        reply = http.post("/__fake__/reset").json()

        after = look(seeded)
        assert reply == {"reset": "world", "world": ""}
        assert undated(after) == undated(before)
        assert seeded.clock.now() >= EPOCH + 100
        kinds = [fact.kind for fact in seeded.journal]
        assert "request" not in kinds
        assert {"did": "world reset", "world": ""} in kinds_of(seeded, "control")


def undated(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a world shows without its times."""
    tokens = [
        {**t, "created_at": "", "expires_at": ""} for a in shown["accounts"] for t in a["tokens"]
    ]
    accounts = [{**account, "tokens": []} for account in shown["accounts"]]
    faults = [{**fault, "armed_at": 0} for fault in shown["faults"]]
    return {**shown, "accounts": accounts, "tokens": tokens, "faults": faults}


def test_the_first_fault_of_the_seed_fires_again(seeded: Fake) -> None:
    """A world that begins again is struck again."""
    with client(seeded) as http:
        statuses = []
        for _ in range(2):
            caller = Caller(http).connect("somebody")
            message = caller.message("text 5")
            statuses += [caller.post("/run_sse", message).status_code for _ in range(2)]
            http.post("/__fake__/reset")

    assert statuses == [503, 200, 503, 200]


def test_other_worlds_go_on(fake: Fake, into: In) -> None:
    """Only the world under whose URL one asks begins again, and limits begin again with it."""
    mine, yours = into("mine"), into("yours")

    mine.http.post("/__fake__/reset")

    assert refusal(mine.get("/api/credits/balance/simple"))[1] == 1001
    assert yours.balance()["available"] == 100
    assert mine.connect().balance()["available"] == 100


def test_the_same_seed_gives_the_same_again(into: In) -> None:
    """A client that comes again after a reset gets what it got the first time."""
    caller = into("mine")
    first = (caller.headers["Authorization"], caller.session, caller.task, caller.uid)

    caller.http.post("/__fake__/reset")
    caller.connect()

    assert (caller.headers["Authorization"], caller.session, caller.task, caller.uid) == first


def test_a_stream_that_runs_ends_in_the_world_it_began_in(fake: Fake, into: In) -> None:
    """Its reader hears it out; the new world knows nothing of it."""
    caller = into("mine")
    message = caller.message("edit 20")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=message) as response:
        pieces = response.iter_raw()
        first = next(pieces)
        caller.http.post("/__fake__/reset")
        rest = b"".join(pieces)

    assert b"tool_call" in first
    assert b"tool_result" in rest
    kinds = [fact.kind for fact in fake.world("mine").journal]
    assert "frame" not in kinds
    assert "stream.ended" not in kinds


# All worlds


def test_all_worlds_begin_again(fake: Fake, into: In) -> None:
    """Also the one nobody asks for by name."""
    callers = [into(name) for name in ("", "one", "two")]

    reply = callers[1].http.post("/__fake__/reset/all").json()

    assert reply == {"reset": "all", "worlds": ["", "one", "two"]}
    codes = [refusal(caller.get("/api/credits/balance/simple"))[1] for caller in callers]
    assert codes == [1001, 1001, 1001]
    assert all(look(fake, name)["accounts"] == [] for name in ("", "one", "two"))


# One account


def test_an_account_that_nobody_seeded_is_forgotten(fake: Fake, into: In) -> None:
    """Its tokens, sessions, uploads and renders are as if they had never been; its client may come at once."""
    caller = into("")
    other = Caller(caller.http).connect("another")
    caller.say("edit 20")
    caller.submit("r1")
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    (file,) = caller.post(path, {"urls": ["https://x.test/a.mp4"]}).json()["data"]["files"]

    reply = caller.http.post(f"/__fake__/reset/accounts/{caller.uid}").json()

    assert reply == {"reset": "account", "account": caller.uid}
    assert refusal(caller.get("/api/credits/balance/simple"))[1] == 1001
    assert caller.http.get(file["cdn_url"]).status_code == 404
    assert other.balance()["available"] == 100
    assert [one["account"] for one in look(fake)["accounts"]] == [other.uid]
    caller.connect()
    assert caller.balance() == {"available": 100, "frozen": 0, "total": 100}
    assert caller.state()["draft"] == {}
    assert refusal(caller.get("/api/render/proxy/lambda/r1"))[1] == 404
    assert {"did": "account reset", "account": caller.uid} in kinds_of(fake, "control")


def test_work_of_a_forgotten_account_ends_with_it(fake: Fake, into: In) -> None:
    """Nothing of it falls due any more, and the next message is its first."""
    caller = into("")
    message = caller.message("edit 20")
    with caller.http.stream("POST", "/run_sse", headers=caller.headers, json=message):
        pass

    caller.http.post(f"/__fake__/reset/accounts/{caller.uid}")
    fake.clock.jump(100)

    assert list(kinds_of(fake, "turn.ended")) == []
    caller.connect()
    caller.say("edit 20")
    assert caller.balance()["available"] == 50


def test_a_seeded_account_is_as_the_seed_has_it(seeded: Fake) -> None:
    """Its credits, its token and its session are there again; the other account keeps what it has."""
    (mia, bob) = look(seeded)["accounts"]
    with client(seeded) as http:
        for account in (mia, bob):
            http.post(f"/__fake__/accounts/{account['account']}/grant", json={"credits": 5})
        http.post(f"/__fake__/accounts/{mia['account']}/revoke")

        http.post(f"/__fake__/reset/accounts/{mia['account']}")

    after = {account["account"]: account for account in look(seeded)["accounts"]}
    assert after[mia["account"]] == mia
    assert after[bob["account"]]["credits"]["available"] == 15


def test_a_registered_account_is_found_by_either_id(fake: Fake, into: In) -> None:
    """And begins again as the anonymous one it was."""
    caller = into("")
    caller.http.post(f"/__fake__/accounts/{caller.uid}/upgrade")

    caller.http.post(f"/__fake__/reset/accounts/{caller.uid.replace('anon_', 'user_')}")

    assert look(fake)["accounts"] == []
    old = caller.uid
    assert caller.connect().uid == old


def test_nobody_cannot_be_reset(http: httpx.Client) -> None:
    """An id that no account has is named."""
    no = refused(http.post("/__fake__/reset/accounts/anon_0"))

    assert no == (404, 'account: there is no "anon_0" in this world')


# From Python


def test_python_resets_a_world_too(fake: Fake, into: In) -> None:
    """The one it names."""
    mine, root = into("mine"), into("")

    fake.reset("mine")

    assert refusal(mine.get("/api/credits/balance/simple"))[1] == 1001
    assert root.balance()["available"] == 100
