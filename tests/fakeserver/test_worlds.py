"""Worlds: which requests make one, and how many there may be."""

from __future__ import annotations

import threading
from collections.abc import Callable

import httpx
import pytest

from nemovideo_fakeserver import Fake, scenario, worlds
from support.caller import Caller

CARD = {"t": [{"tt": 0, "sg": [{"d": 1000}]}], "m": {"width": 64, "height": 36}}
LONG = {"t": [{"tt": 0, "sg": [{"s": 3600 * n, "d": 3600, "src": str(n)} for n in range(300)]}]}
"""A film of a second, and one that takes minutes."""


def test_a_path_that_leads_nowhere_makes_no_world(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong paths in a hundred worlds leave room for the one that is asked for properly."""
    monkeypatch.setattr(worlds, "MOST", 2)

    for number in range(100):
        assert http.get(f"/~w{number}/v1/run").headers["x-nemo-fake"] == "unmatched"

    assert http.get("/~mine/__fake__/health").status_code == 200


def test_there_is_an_end_to_the_number_of_worlds(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One world too many is refused in a way no client takes for NemoVideo's; the others go on."""
    monkeypatch.setattr(worlds, "MOST", 2)
    http.get("/__fake__/health")
    http.get("/~one/__fake__/health")

    refused = http.get("/~two/__fake__/health")

    assert refused.status_code == 429
    assert refused.headers["x-nemo-fake"] == "unmatched"
    assert "code" not in refused.json()
    assert http.get("/~one/__fake__/health").status_code == 200


def test_a_world_that_is_forgotten_has_never_been(fake: Fake, http: httpx.Client) -> None:
    """Its place is free, a token of it is unknown, and the next one of its name begins as it did."""
    mine = Caller(httpx.Client(transport=http._transport, base_url="http://127.0.0.1/~mine"))
    mine.connect()
    token = mine.headers["Authorization"]
    fake.forget("mine")

    assert "mine" not in fake.names()
    assert mine.get("/api/credits/balance/simple").json()["code"] == 1001
    assert mine.connect().headers["Authorization"] == token


def test_nobody_need_know_a_world_to_forget_it(fake: Fake) -> None:
    """One that has never been is forgotten already."""
    fake.forget("never")

    assert fake.names() == []


def test_links_of_a_world_lead_into_it(http: httpx.Client) -> None:
    """The URL of an upload has the world's name, and gives the file back."""
    caller = Caller(httpx.Client(transport=http._transport, base_url="http://127.0.0.1/~mine"))
    caller.connect()

    body = {"urls": ["https://example.com/beach.png"], "source_type": "url"}
    path = f"/api/upload-video/nemo_agent/me/{caller.session}"
    url = caller.post(path, body).json()["data"]["files"][0]["cdn_url"]

    assert url.startswith("http://127.0.0.1/~mine/cdn/uploads/")
    assert http.get(url).content.startswith(b"\x89PNG")


def test_a_busy_world_keeps_no_other_waiting(fake: Fake, http: httpx.Client) -> None:
    """While one world is in the middle of an act, another one answers."""
    busy = fake._worlds.place("busy")
    answered = threading.Event()

    def ask() -> None:
        if http.get("/~free/__fake__/health").status_code == 200:
            answered.set()

    with busy.lock:
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(10)

    assert answered.is_set()


ENDS: dict[str, Callable[[Fake], None]] = {
    "reset": lambda fake: fake.reset("mine"),
    "play": lambda fake: fake.play(scenario.of({"name": "another"}), world="mine"),
    "forget": lambda fake: fake.forget("mine"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=list(ENDS))
def test_with_a_world_its_films_go(
    end: Callable[[Fake], None], fake: Fake, http: httpx.Client
) -> None:
    """Neither files nor work stay behind, and the film of another world does."""
    callers = [
        Caller(httpx.Client(transport=http._transport, base_url=f"http://127.0.0.1/~{name}"))
        for name in ("mine", "yours")
    ]
    jobs = []
    for caller, name in zip(callers, ("mine", "yours"), strict=True):
        caller.connect()
        caller.submit("r1", draft=CARD)
        (render,) = fake.world(name).renders
        assert render.job is not None
        jobs.append(render.job)
    gone, kept = (job.result() for job in jobs)

    callers[0].submit("r2", draft=LONG)
    working = next(render.job for render in fake.world("mine").renders if render.id == "r2")
    end(fake)

    assert working is not None
    assert working.cancelled()
    assert (gone.path.exists(), kept.path.exists()) == (False, True)
