from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import httpx

from nemovideo_fakeserver.store.yaml_reading import parse
from support.server import PATIENCE, start, url_of
from support.traffic import Acknowledged, Client

WORLDS = ("", "", "", "other")
"""The world of each client."""


@contextmanager
def serving(state: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a child process that is killed in the end."""
    flags = ("--port", "0", "--json", "--rate", "60", "--state", str(state))
    with start(*flags) as process:
        try:
            yield process, url_of(process)
        finally:
            process.kill()
            process.communicate(timeout=PATIENCE)


def run_and_kill(
    clients: list[Client], acknowledged: Acknowledged, state: Path, dice: Random
) -> None:
    """Let all clients act at once, and kill the server in the middle of it."""
    with serving(state) as (process, url), ExitStack() as open_:
        for number, client in enumerate(clients):
            transport = httpx.HTTPTransport(local_address=f"127.0.1.{number + 1}")
            client.use(
                open_.enter_context(httpx.Client(transport=transport, timeout=PATIENCE)), url
            )
        threads = [_Thread(client) for client in clients]
        for thread in threads:
            thread.start()
        acknowledged.reach(acknowledged.count + dice.randrange(5, 120), PATIENCE)
        for _ in range(dice.randrange(30_000)):
            pass  # somewhere in the middle of an act
        process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.end()


def check(clients: list[Client], state: Path) -> None:
    """Fail unless a server that begins with the file knows all that the clients have been told."""
    with serving(state) as (_, url), httpx.Client(timeout=PATIENCE) as http:
        for world in dict.fromkeys(WORLDS):
            base = f"{url}/~{world}" if world else url
            http.post(f"{base}/__fake__/clock", json={"rate": 0})
            (snapshot,) = parse(http.get(f"{base}/__fake__/snapshot").text).snapshot.worlds
            for client in clients:
                if client.world == world and client.uid:
                    client.use(http, url)
                    client.check(snapshot)
            http.post(f"{base}/__fake__/clock", json={"rate": 60})
    ids = [id_ for client in clients for id_ in client.request_ids]
    assert len(set(ids)) == len(ids), "a request id came twice"


class _Thread(threading.Thread):
    """Runs a client, and tells what went wrong in it."""

    def __init__(self, client: Client) -> None:
        super().__init__(daemon=True)
        self._client = client
        self._problem: BaseException | None = None

    def run(self) -> None:
        try:
            self._client.run()
        except BaseException as problem:  # told in `end`
            self._problem = problem

    def end(self) -> None:
        self.join(PATIENCE)
        assert not self.is_alive(), "a client waits for ever"
        if self._problem is not None:
            raise self._problem


def test_no_acknowledged_act_is_lost_when_the_server_is_killed(
    tmp_path: Path, kill_rounds: int
) -> None:
    """Killed in the middle of traffic, round after round: what a client was told is true ever after.

    That goes for tokens, sessions, messages, drafts, uploads with their files, renders, claim tokens and
    the ledger, whose law holds. No status and no clock goes back, and no request id comes twice.
    """
    acknowledged = Acknowledged()
    clients = [
        Client(f"client {number}", number, world, acknowledged)
        for number, world in enumerate(WORLDS)
    ]
    dice = Random(kill_rounds)
    for _ in range(kill_rounds):
        run_and_kill(clients, acknowledged, tmp_path / "state.db", dice)
        check(clients, tmp_path / "state.db")

    assert all(client.sessions for client in clients if client.uid)
