from __future__ import annotations

import threading

import httpx

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.store.yaml_reading import parse
from support.caller import Caller


def test_a_world_shows_all_that_lasts_of_it(fake: Fake, caller: Caller) -> None:
    """The text is that of `Fake.snapshot`, and of this world alone."""
    Caller(caller.http).get("/~other/register")
    reply = caller.http.get("/__fake__/snapshot")

    assert reply.headers["content-type"] == "application/yaml"
    assert reply.text == fake.snapshot("")
    (world,) = parse(reply.text).snapshot.worlds
    assert [account.uid for account in world.accounts] == [caller.uid]


def test_a_world_is_shown_as_it_is_now(fake: Fake, caller: Caller) -> None:
    """What is due by then has happened."""
    with caller.http.stream(
        "POST", "/run_sse", headers=caller.headers, json=caller.message("generate 40")
    ):
        fake.clock.jump(1000)
    (world,) = parse(caller.http.get("/__fake__/snapshot").text).snapshot.worlds

    assert [entry.kind for entry in world.accounts[0].ledger] == ["grant", "freeze", "settle"]
    assert world.accounts[0].sessions[0].draft["t"]


def test_all_worlds_are_shown_together(fake: Fake, http: httpx.Client) -> None:
    """In the order of their making, whichever world is asked."""
    for path in ("/register", "/~b/register", "/~a/register"):
        http.get(path)
    text = http.get("/~a/__fake__/snapshot/all").text

    assert text == fake.snapshot()
    assert [world.name for world in parse(text).snapshot.worlds] == ["", "b", "a"]


def test_looking_at_all_worlds_from_two_at_once_ends(fake: Fake) -> None:
    """Neither waits for what the other holds."""

    def look(world: str) -> None:
        with httpx.Client(transport=fake.transport(), base_url="http://127.0.0.1") as http:
            for _ in range(20):
                http.get(f"/~{world}/__fake__/snapshot/all")

    for world in "ab":
        fake.world(world)
    threads = [threading.Thread(target=look, args=(world,), daemon=True) for world in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert not any(thread.is_alive() for thread in threads)


def test_no_page_from_elsewhere_sees_it(http: httpx.Client) -> None:
    """It holds tokens: the guard of the control paths stands before it."""
    for path in ("/__fake__/snapshot", "/__fake__/snapshot/all"):
        assert http.get(path, headers={"Origin": "http://evil.test"}).status_code == 403
