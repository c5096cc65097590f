"""A client that outlives its recording goes on with a fake, from what was recorded last."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_client import NemoClient
from nemovideo_fakeserver import Fake
from nemovideo_proxy import Recording, Replay

BASE = "http://127.0.0.1"
FIRST = "Make a 30-second lo-fi loop at 80 BPM"
TITLE = 'Add the title "Hello"'

Clients = Callable[[str], NemoClient]


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """A recorded session: music, a look at the state, the balance."""
    path = tmp_path / "session.yaml"
    with Fake() as fake, Recording(path, now=fake.clock.now) as recording:
        nemo = NemoClient(
            base_url=BASE,
            client_id="recorded",
            http_client=httpx.Client(transport=recording.transport(fake.transport())),
            sleep=fake.clock.sleep_sync,
            now=fake.clock.now,
        )
        nemo.chat(FIRST)
        nemo.state()
        nemo.credits()
    return path


@pytest.fixture
def clients(cassette: Path) -> Iterator[Clients]:
    """Return a maker of clients of the replay, behind whose end there is a fake."""
    with Replay(cassette, then="fake") as replay:

        def client(name: str) -> NemoClient:
            return NemoClient(
                base_url=BASE,
                client_id=name,
                http_client=httpx.Client(transport=replay.transport(), timeout=None),
                sleep=replay.clock.sleep_sync,
                now=replay.clock.now,
            )

        yield client


@pytest.mark.slow
def test_a_client_goes_on_where_the_recording_ends(clients: Clients) -> None:
    """The recorded music is still there when the fake adds a title, which costs nothing more."""
    nemo = clients("another")
    nemo.chat(FIRST)
    recorded = nemo.state().draft

    turn = nemo.chat(TITLE)
    state = nemo.state()

    assert turn.ended == "closed"
    assert state.draft["t"][0] == recorded["t"][0]
    assert "Hello" in str(state.draft["t"][1])
    assert nemo.credits().available == 50


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.slow
def test_what_a_fake_begins_with_is_not_kept(temporary: Path, clients: Clients) -> None:
    """The snapshot has the client's own token: no file has it once the fake runs."""
    nemo = clients("another")
    nemo.chat(FIRST)
    nemo.chat(TITLE)

    assert list(temporary.iterdir())
    assert not list(temporary.rglob("client-*.yaml"))


@pytest.mark.slow
def test_two_clients_that_go_on_do_not_see_each_other(clients: Clients) -> None:
    """Each has a fake of its own, with its own ids."""
    first, second = clients("first"), clients("second")
    for nemo in (first, second):
        nemo.chat(FIRST)

    first.chat(TITLE)
    second.chat('Add the title "Goodbye"')

    assert "Goodbye" not in str(first.state().draft)
    assert "Hello" not in str(second.state().draft)
    assert first.connect().session_id != second.connect().session_id


def test_a_strange_request_in_the_middle_is_still_a_miss(cassette: Path) -> None:
    """While the recording has something left, nobody goes on in its place."""
    with (
        Replay(cassette, then="fake") as replay,
        httpx.Client(transport=replay.transport(), base_url=BASE) as http,
    ):
        http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
        reply = http.post("/run_sse", headers={"X-Client-Id": "me"}, json={"text": "else"})

    assert (reply.status_code, reply.headers["X-Nemo-Proxy"]) == (503, "miss")


def test_only_a_fake_can_go_on(cassette: Path) -> None:
    """Anything else is refused by name."""
    with pytest.raises(ValueError, match="'live' cannot go on where a recording ends"):
        Replay(cassette, then="live")  # type: ignore[arg-type]  # what a user may type
