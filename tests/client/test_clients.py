"""The two clients: the same methods, one account, connections of their own or somebody else's."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import threading
import time
from typing import Any

import httpx
import pytest

from nemovideo_client import AsyncNemoClient, NemoClient, NemoError, OutOfCredits, Session
from nemovideo_client.connections import AsyncConnections, Connections
from nemovideo_client.drive.clock import steady
from nemovideo_client.events import Text
from support.replies import CLIENT_ID, TOKEN

LIFE = {"close", "aclose", "drive"}
ECHO = {"code": 2001, "message": f"no credits for {TOKEN} of {CLIENT_ID}", "data": None}


def service(request: httpx.Request) -> httpx.Response:
    """A service that gives a token and a session, talks, and refuses to tell the credits."""
    path = request.url.path
    if path == "/run_sse":
        events = 'data: {"type":"text","content":"Hi."}\n\n'
        return httpx.Response(200, text=events, headers={"content-type": "text/event-stream"})
    data: dict[str, Any] = {"token": TOKEN, "session_id": "7", "state": {"draft": {}}}
    body = ECHO if path == "/api/credits/balance/simple" else {"code": 0, "data": data}
    return httpx.Response(200, json=body)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine has set is not for these tests."""
    for name in ("NEMO_API_URL", "NEMO_WEB_URL", "NEMO_TOKEN", "NEMO_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)


def http() -> httpx.Client:
    """A client of httpx that needs no network."""
    return httpx.Client(transport=httpx.MockTransport(service))


def nemo(**settings: Any) -> NemoClient:
    """A client of this service."""
    settings = {"base_url": "https://api.test", "client_id": CLIENT_ID} | settings
    return NemoClient(http_client=http(), sleep=lambda _: None, now=lambda: 0.0, **settings)


def methods(kind: type) -> dict[str, Any]:
    """Return the public methods of a class, and what they take."""
    return {
        name: [str(one) for one in inspect.signature(method).parameters.values()]
        for name, method in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_") and name not in LIFE
    }


def test_both_have_the_same_methods() -> None:
    """Same names, same arguments, same words on them."""
    assert methods(NemoClient) == methods(AsyncNemoClient)
    for name in methods(NemoClient):
        assert getattr(NemoClient, name).__doc__
        assert getattr(NemoClient, name).__doc__ == getattr(AsyncNemoClient, name).__doc__


def test_blocking() -> None:
    """Methods return results; a stream is read piece by piece, and then has one."""
    with nemo() as client:
        stream = client.stream("Hello")
        before = client.session  # nothing happens before something is read

        assert before is None
        assert list(stream) == [Text("Hi.")]
        assert stream.result == client.chat("Hello")
        assert client.session == Session(session_id="7")
        assert client.token == TOKEN


def test_under_asyncio() -> None:
    """The same, awaited."""

    async def scene() -> None:
        transport = httpx.MockTransport(service)
        async with (
            httpx.AsyncClient(transport=transport) as http_client,
            AsyncNemoClient(
                base_url="https://api.test",
                client_id=CLIENT_ID,
                http_client=http_client,
                now=lambda: 0.0,
            ) as client,
        ):
            async with client.stream("Hello") as stream:
                assert [event async for event in stream] == [Text("Hi.")]
            assert stream.result == await client.chat("Hello")
            assert client.user_id is None

    asyncio.run(scene())


def test_another_way_to_behave_on_the_same_account() -> None:
    """`with_options` shares token, session and connections, and changes nothing else."""
    client = nemo()
    patient = client.with_options(timeout=500, language="zh")

    patient.state()

    assert client.session == patient.session == Session(session_id="7")
    assert client.token == patient.token == TOKEN
    client.session = Session(session_id="8")
    assert patient.session == Session(session_id="8")
    with pytest.raises(TypeError):
        client.with_options(tiemout=3)
    with pytest.raises(ValueError, match="timeout"):
        client.with_options(timeout=0)


def test_nothing_secret_is_printed_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Neither by `repr` nor by any logger, ours or others', nor in an error."""
    caplog.set_level(logging.DEBUG)
    client = nemo()

    with pytest.raises(OutOfCredits) as raised:
        client.credits()
    client.chat("Hello")

    seen = f"{client!r} {raised.value} {raised.value!r} {vars(raised.value)} {caplog.text}"
    assert "session=7" in repr(client)
    assert TOKEN not in seen
    assert CLIENT_ID not in seen


def test_a_client_given_is_not_closed() -> None:
    """It belongs to whoever made it."""
    given = http()

    with NemoClient(http_client=given, client_id=CLIENT_ID):
        pass

    assert not given.is_closed


def test_connections_are_made_when_needed_and_closed() -> None:
    """One client of httpx for all calls; none for who makes no call."""
    unused, used = Connections(None), Connections(None)

    made = used.client()
    unused.close()
    used.close()

    assert used.client() is made
    assert made.is_closed


def test_threads_that_need_connections_at_once_share_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second thread waits for the client that the first one makes."""
    ready, made = [http(), http()], list[httpx.Client]()
    second = threading.Event()
    connections = Connections(None)
    other = threading.Thread(target=connections.client)

    def slow() -> httpx.Client:
        made.append(ready.pop())
        if len(made) > 1:
            second.set()
        else:
            other.start()
            second.wait(0.05)  # in vain, where the other thread waits
        return made[-1]

    monkeypatch.setattr(httpx, "Client", slow)
    first = connections.client()
    other.join()

    assert made == [first]
    connections.close()


def test_asynchronous_connections_are_the_same() -> None:
    """Made when needed, closed at the end, unless given."""

    async def scene() -> list[bool]:
        given = httpx.AsyncClient()
        unused, used, others = (AsyncConnections(one) for one in (None, None, given))
        made, theirs = used.client(), others.client()
        for one in (unused, used, others):
            await one.aclose()
        closed = [made.is_closed, used.client() is made, theirs is given, given.is_closed]
        await given.aclose()
        return closed

    assert asyncio.run(scene()) == [True, True, True, False]


def test_a_message_is_json_in_any_language() -> None:
    """What is written arrives as it was written."""
    sent: list[Any] = []

    def listen(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/run_sse":
            sent.append(json.loads(request.content))
        return service(request)

    client = NemoClient(
        http_client=httpx.Client(transport=httpx.MockTransport(listen)),
        base_url="https://api.test",
        token=TOKEN,
    )
    client.chat("做一个 lo-fi 循环 🎵")

    assert sent[0]["new_message"]["parts"] == [{"text": "做一个 lo-fi 循环 🎵"}]


def test_errors_of_the_service_are_ours() -> None:
    """Whoever catches NemoError catches all that can go wrong with a call."""
    with pytest.raises(NemoError):
        nemo(token="x").credits()


@pytest.mark.parametrize("kind", [NemoClient, AsyncNemoClient])
def test_methods_are_described_as_users_see_them(kind: type) -> None:
    """Name, words and signature are the method's: nothing of how it is driven shows in `help`."""
    chat, stream = (inspect.signature(getattr(kind, name)) for name in ("chat", "stream"))

    assert list(chat.parameters) == ["self", "text", "session_id", "heartbeats", "recover"]
    assert chat.return_annotation == "TurnResult"
    assert stream.return_annotation.endswith("Stream[Event, TurnResult]")
    for name, takes in methods(kind).items():
        method = getattr(kind, name)
        assert method.__name__ == name
        assert method.__doc__
        assert not any("ctx" in one for one in takes)


def test_the_time_never_jumps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever somebody sets the machine's clock to, the clock by default goes on."""
    before = steady()
    monkeypatch.setattr(time, "time", lambda: 0.0)

    assert steady() >= before
