"""A session with the fake is recorded, and a new client lives through it again with the fake gone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from nemovideo_client import NemoClient, TurnResult
from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.clock import Clock
from nemovideo_proxy.cassette import Writer
from nemovideo_proxy.model import Interaction
from nemovideo_proxy.replay.replay import Replay
from support import media
from support.proxy_replay import BASE, Listener, Recording
from support.server import PATIENCE, thread


@dataclass(frozen=True)
class Seen:
    """What the user of a client has in the end."""

    turns: tuple[TurnResult, ...]
    credits: object
    film: bytes
    took: float


def _session(transport: httpx.BaseTransport, clock: Clock, client_id: str, folder: Path) -> Seen:
    folder.mkdir(exist_ok=True)
    picture = folder / "beach.png"
    picture.write_bytes(media.png())
    begun = clock.now()
    nemo = NemoClient(
        base_url=BASE,
        client_id=client_id,
        http_client=httpx.Client(transport=transport),
        sleep=clock.sleep_sync,
        now=clock.now,
    )
    nemo.upload(picture)
    turns = (nemo.chat("Make a 30-second lo-fi loop at 80 BPM"), nemo.chat("Make it quieter"))
    balance = nemo.credits()
    nemo.export(folder / "film.mp4")
    film = (folder / "film.mp4").read_bytes()
    return Seen(turns, balance, film, clock.now() - begun)


@pytest.fixture(scope="module", name="lived")
def _lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, Seen]:
    with Fake() as fake:
        listener = Listener(fake.transport(), fake.clock)
        seen = _session(listener, fake.clock, "recorder", tmp_path_factory.mktemp("lived"))
        return listener.recording(), seen


def _same(one: Seen, other: Seen) -> None:
    assert [turn.text for turn in one.turns] == [turn.text for turn in other.turns]
    assert [turn.tool_calls for turn in one.turns] == [turn.tool_calls for turn in other.turns]
    assert (one.credits, one.film) == (other.credits, other.film)


def test_a_new_client_lives_through_a_recorded_session(
    lived: tuple[Recording, Seen], tmp_path: Path
) -> None:
    """With its own client id, its own render ids, and in the same time; nothing is left over."""
    talk, seen = lived
    with Replay(talk) as replay:
        replay.clock.jump(1234.5)
        again = _session(replay.transport(), replay.clock, "somebody new", tmp_path)

        _same(again, seen)
        assert again.took == pytest.approx(seen.took, abs=0.01)
        assert not replay.misses
        replay.assert_all_played()


@pytest.mark.parametrize("speed", ["virtual", "instant"])
def test_clients_one_after_the_other_live_through_the_same_session(
    lived: tuple[Recording, Seen], tmp_path: Path, speed: str
) -> None:
    """Each from its beginning."""
    talk, seen = lived
    with Replay(talk, speed=speed) as replay:
        clock = replay.clock if speed == "virtual" else Clock(autojump=True)
        for name in ("one", "two", "three"):
            _same(_session(replay.transport(), clock, name, tmp_path / name), seen)

        assert not replay.misses


def test_a_served_client_lives_through_it_too(
    lived: tuple[Recording, Seen], tmp_path: Path
) -> None:
    """Over a socket, films from `/__asset__/`, at a thousand times the speed."""
    talk, seen = lived
    with Replay(talk, speed="1000x") as replay, thread(replay.player) as url:
        folder = tmp_path
        picture = folder / "beach.png"
        picture.write_bytes(media.png())
        with NemoClient(
            base_url=url, client_id="x", sleep=replay.clock.sleep_sync, now=replay.clock.now
        ) as nemo:
            nemo.upload(picture)
            turns = [
                nemo.chat(text)
                for text in ("Make a 30-second lo-fi loop at 80 BPM", "Make it quieter")
            ]
            nemo.credits()
            nemo.export(folder / "film.mp4")

        assert [turn.text for turn in turns] == [turn.text for turn in seen.turns]
        assert (folder / "film.mp4").read_bytes() == seen.film
        assert not replay.misses


def _written(talk: Recording, path: Path) -> Path:
    with Writer.create(path, talk.header) as writer:
        for entry in talk.entries:
            writer.add(_with_media_beside(talk.interaction(entry), writer))
    return path


def _with_media_beside(interaction: Interaction, writer: Writer) -> Interaction:
    response = interaction.response
    if response is None or response.header("content-type") != "video/mp4":
        return interaction
    assert isinstance(response.body, bytes)
    blob = writer.keep_bytes(response.body, ".mp4")
    return replace(interaction, response=replace(response, body=blob, pieces=()))


@contextmanager
def _command(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    code = "import sys; from nemovideo_proxy.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "replay", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def _ended(child: subprocess.Popen[str]) -> tuple[int, str, str]:
    child.send_signal(signal.SIGINT)
    said, complained = child.communicate(timeout=PATIENCE)
    return child.returncode, said, complained


def _curl(*arguments: str) -> str:
    done = subprocess.run(
        ["curl", "-sS", *arguments], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    return done.stdout


def test_the_command_serves_a_cassette_to_curl(
    lived: tuple[Recording, Seen], tmp_path: Path
) -> None:
    """Its ready line says where, and Ctrl-C ends it with an account."""
    path = _written(lived[0], tmp_path / "session.yaml")
    with _command(str(path), "--speed", "instant", "--json", "--require-all") as child:
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        url = ready["url"]
        entered = json.loads(
            _curl("-X", "POST", f"{url}/api/auth/anonymous-token", "-H", "X-Client-Id: curl")
        )
        token = f"Authorization: Bearer {entered['data']['token']}"
        missed = json.loads(_curl(f"{url}/api/tokens", "-H", token))
        code, said, complained = _ended(child)

    assert (ready["event"], ready["pid"]) == ("ready", child.pid)
    assert missed["miss"]["request"] == "GET /api/tokens"
    account = json.loads(said)
    assert (account["event"], account["played"], account["misses"]) == ("ended", 1, 1)
    assert len(account["unplayed"]) > 5
    assert "GET /api/tokens" in complained
    assert code == 1


def test_the_command_tells_people_what_to_export(
    lived: tuple[Recording, Seen], tmp_path: Path
) -> None:
    """Without `--require-all` what is left over is told, and no failure."""
    path = _written(lived[0], tmp_path / "session.yaml")
    with _command(str(path)) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(3)]
        code, said, complained = _ended(child)

    assert lines[2].startswith("  export NEMO_API_URL=http://127.0.0.1:")
    assert "played 0, not asked for" in said
    assert (code, complained) == (0, "")


@pytest.mark.parametrize(
    ("flags", "code", "sentence"),
    [
        (lambda path: [str(path), "--speed", "fast"], 2, "'fast' is no speed"),
        (lambda path: [str(path), "--speed", "virtual"], 2, "a port has no virtual time"),
        (lambda path: [str(path), "--match-on", "path,bdy"], 2, "knows no 'bdy'"),
        (lambda path: [str(path), "--expires-after", "1"], 2, "as 30d"),
        (
            lambda path: [str(path), "--expires-after", "0d", "--expiry", "error"],
            1,
            "record it again",
        ),
        (lambda path: [str(path.with_name("none.yaml"))], 1, "none.yaml"),
        (lambda path: [str(path), "--host", "203.0.113.9"], 1, "--host takes an address"),
    ],
)
def test_a_mistake_is_one_sentence(
    flags: Callable[[Path], list[str]], code: int, sentence: str, tmp_path: Path
) -> None:
    """And no traceback."""
    talk = Recording([], recorded_at="2020-01-01T00:00:00Z")
    with _command(*flags(_written(talk, tmp_path / "session.yaml"))) as child:
        said, complained = child.communicate(timeout=PATIENCE)

    assert child.returncode == code
    assert sentence in complained
    assert len(complained.splitlines()) == 1
    assert said == ""
