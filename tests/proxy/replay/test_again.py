"""The same request again: its answer is remembered for as long as it is the same answer."""

from __future__ import annotations

from nemovideo_proxy.model import Response
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording

SAY = "POST /run_sse"
BALANCE = "GET /api/credits/balance/simple"
FILES = "GET /api/files"
FILE = "https://cdn.test/film.mp4"
SESSION = "9847032180034465677"


def test_what_is_told_again_is_not_read_again() -> None:
    """A poll may come a thousand times."""
    talk = recording(exchange(BALANCE, {"available": 100}))
    with Replay(talk) as replay:
        client = guest(replay)
        assert [client.told(BALANCE) for _ in range(3)] == [{"available": 100}] * 3
        read = dict(talk.read)
        assert [client.told(BALANCE) for _ in range(9)] == [{"available": 100}] * 9

    assert talk.read == read


def test_what_is_told_again_has_what_was_bound_meanwhile() -> None:
    """A poll brings the session as it was recorded until the client has said which is its own."""
    talk = recording(
        exchange(BALANCE, {"note": f"for {SESSION}"}),
        exchange(SAY, {}, body={"session_id": SESSION, "text": "go"}),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        assert client.told(BALANCE) == {"note": f"for {SESSION}"}
        client.told(SAY, {"session_id": "live-session-77", "text": "go"})
        assert client.told(BALANCE) == {"note": "for live-session-77"}


def test_what_is_told_again_leads_to_where_it_is_asked() -> None:
    """One visitor may come by two addresses of ours, and is to fetch its files from the one it used."""
    talk = recording(
        exchange(BALANCE, {"url": FILE}),
        exchange(f"GET {FILE}", token=None, response=Response(status=200, body=b"film")),
    )
    with Replay(talk) as replay:
        client = guest(replay)
        for base in ("http://127.0.0.1", "http://localhost:8080", "http://127.0.0.1"):
            told = client.ask(f"GET {base}{BALANCE.removeprefix('GET ')}").json()
            assert told == {"url": f"{base}/__asset__/2"}


def test_what_is_said_again_may_mean_what_was_bound_meanwhile() -> None:
    """Of a session that the client has not said is its own nobody knows which it is."""
    talk = recording(
        exchange(BALANCE, {}),
        exchange(SAY, {}, body={"session_id": SESSION, "text": "go"}),
        exchange(SAY, {"said": "yes"}, body={"text": f"copy {SESSION}"}),
    )
    said = {"text": "copy live-session-77"}
    with Replay(talk) as replay:
        client = guest(replay)
        client.told(BALANCE)
        client.miss(SAY, said)
        client.told(SAY, {"session_id": "live-session-77", "text": "go"})
        assert client.told(SAY, said) == {"said": "yes"}


def test_what_is_said_again_may_mean_an_address_that_was_given_meanwhile() -> None:
    """A text with an address in it that nobody was given yet is just a text."""
    talk = recording(
        exchange(BALANCE, {}),
        exchange(f"GET {FILE}?sig=one", token=None, response=Response(status=200, body=b"film")),
        exchange(FILES, {"urls": [f"{FILE}?sig=one", f"{FILE}?sig=two"]}),
        exchange(SAY, {"said": "yes"}, body={"text": f"use {FILE}?sig=two"}),
    )
    said = {"text": "use http://127.0.0.1/__asset__/2.2"}
    with Replay(talk) as replay:
        client = guest(replay)
        client.told(BALANCE)
        client.miss(SAY, said)
        client.told(FILES)
        assert client.told(SAY, said) == {"said": "yes"}
