"""A cassette that was broken by hand is told as such, with file and line, and not as a miss."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from nemovideo_fakeserver.wire.messages import Head, Request
from nemovideo_proxy.cassette import BrokenCassette, Writer
from nemovideo_proxy.replay.replay import Replay
from support.proxy_replay import exchange, guest, recording
from support.proxy_served_replay import refused, served

FIRST = "GET /api/credits/balance/simple"
SECOND = "GET /api/tokens"


def _cassette(folder: Path, broken: str) -> Path:
    """Write two interactions, one of which has a tab where YAML has none."""
    path = folder / "session.yaml"
    talk = recording(exchange(FIRST, {"n": 1}), exchange(SECOND, {"n": 2}))
    with Writer.create(path, talk.header) as writer:
        for entry in talk.entries:
            writer.add(talk.interaction(entry))
    line = f"  url: {broken.partition(' ')[2]}\n"
    text = path.read_text()
    assert line in text
    path.write_text(text.replace(line, line.replace("  ", "\t", 1)))
    return path


def test_a_broken_first_interaction_is_refused_at_once(tmp_path: Path) -> None:
    """In a program by an error, by the command with one sentence and exit code 1."""
    path = _cassette(tmp_path, FIRST)
    with pytest.raises(BrokenCassette) as problem:
        Replay(path)
    code, said = refused(path)

    assert code == 1
    assert said == f"nemo-proxy: {problem.value}\n"
    assert said.startswith(f"nemo-proxy: {path}:{problem.value.line}: ")


def test_one_that_is_met_later_is_no_miss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is marked and logged as what it is; what is whole is still played."""
    path = _cassette(tmp_path, SECOND)
    with Replay(path) as replay, caplog.at_level(logging.WARNING):
        client = guest(replay)
        answer = client.ask(SECOND)

        assert (answer.status_code, answer.headers["X-Nemo-Proxy"]) == (503, "broken")
        assert answer.json()["broken"]["why"].startswith(f"{path}:")
        assert client.told(FIRST) == {"n": 1}
        assert (len(replay.misses), len(replay.broken)) == (0, 1)
        assert [record.entry.number for record in replay.unplayed()] == [2]
    assert f"broken cassette: {path}:" in caplog.text


def test_who_would_record_what_is_new_is_told_too(tmp_path: Path) -> None:
    """What cannot be read is known, so that nobody asks the service for it."""
    head = Head(method="GET", path="/api/tokens", headers=(("authorization", "Bearer t"),))
    with Replay(_cassette(tmp_path, SECOND)) as replay:
        assert replay.player.knows(Request(head=head, body=b""))


def test_the_command_ends_with_1_if_it_met_one(tmp_path: Path) -> None:
    """And its account names the place."""
    path = _cassette(tmp_path, SECOND)
    with served(path) as replay:
        answer = httpx.get(replay.url + SECOND.partition(" ")[2], headers={"Authorization": "t"})
        code, account, logged = replay.stop()

    assert answer.headers["X-Nemo-Proxy"] == "broken"
    assert (code, account["misses"], len(account["broken"])) == (1, 0, 1)
    assert f"{path}:" in account["broken"][0]
    assert "broken cassette" in logged


@pytest.mark.parametrize("missing", ["av", "aiohttp", "nemovideo_fakeserver.cli"])
def test_going_on_is_refused_at_once_where_no_fake_is_installed(
    missing: str, tmp_path: Path
) -> None:
    """Not when the recording has run out, in the middle of a session."""
    path = tmp_path / "session.yaml"
    with Writer.create(path, recording().header):
        pass
    before = f"import sys; sys.modules[{missing!r}] = None"
    code, said = refused(path, "--then", "fake", before=before)

    assert code == 1
    assert "pip install 'nemovideo-harness[" in said
    assert said.count("\n") == 1
