"""What a mode comes to is said when it begins, and no mode mixes what was recorded with what is live."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette, Writer
from nemovideo_proxy.model import Header, Interaction, Piece, Request, Response
from support.proxy_command import COMMAND, PATIENCE, recording, refused
from support.raw_upstream import LAST, SSE, Raw, chunk, plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

TOKEN = "nmv_usr_0123456789abcdefghijABCDEFGHIJ0123456789xyz"


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "session.yaml"


def _read(path: Path) -> list[Interaction]:
    with Cassette.open(path) as cassette:
        return list(cassette)


def _header(upstream: str) -> Header:
    return Header(upstream=upstream, recorded_at="2026-01-01T00:00:00Z", harness="0")


def _talk(service: Raw, path: Path) -> None:
    with recording(service.url, path) as recorder:
        with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
            service.say(plain(json.dumps({"code": 0, "data": {"token": TOKEN}}).encode()))
            http.post("/api/auth/anonymous-token")
        recorder.stop()
    service.request()


def test_it_says_what_it_does_when_it_is_ready(path: Path) -> None:
    """Recording; replaying so many interactions; or both."""
    with raw() as service:
        with recording(service.url, path) as first:
            first.stop()
        _talk(service, path)
        with recording(service.url, path) as second:
            second.stop()
        with recording(service.url, path, "--mode=new_episodes") as third:
            third.stop()

    modes = [(run.ready["mode"], run.ready["replays"]) for run in (first, second, third)]
    assert modes == [("once", 0), ("once", 1), ("new_episodes", 1)]


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ((), "replaying {} (1 interaction); nothing goes to the service"),
        (("--mode=new_episodes",), "replaying {} (1 interaction), recording the rest"),
        (("--mode=all",), "recording into {}"),
    ],
)
def test_people_are_told_what_it_does(flags: tuple[str, ...], says: str, path: Path) -> None:
    """The sentence stands where it says that it is ready."""
    with raw() as service:
        _talk(service, path)
        command = (*COMMAND, "--upstream", service.url, "--cassette", str(path), *flags)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = "".join(line for _, line in zip(range(5), process.stdout, strict=False))
            process.kill()

    assert says.format(path) in said


@pytest.mark.parametrize("mode", ["once", "new_episodes", "all"])
@pytest.mark.parametrize("content", ["nothing", "a header"])
def test_an_empty_cassette_is_recorded_into(mode: str, content: str, path: Path) -> None:
    """There is nothing in it to replay; its header becomes that of this recording."""
    if content == "nothing":
        path.touch()
    else:
        Writer.create(path, _header("https://elsewhere.example")).close()
    with raw() as service:
        with recording(service.url, path, f"--mode={mode}") as recorder:
            service.say(plain(b"{}"))
            httpx.get(recorder.url + "/api", timeout=PATIENCE)
            recorder.stop()

        assert len(_read(path)) == 1
        with Cassette.open(path) as cassette:
            assert cassette.header.upstream == service.url


@pytest.mark.parametrize("mode", ["once", "rewrite"])
def test_a_failed_start_leaves_things_as_they_were(mode: str, tmp_path: Path) -> None:
    """Where it cannot listen there is no file that a next start would take for a recording."""
    path = tmp_path / "session.yaml"
    if mode == "rewrite":
        Writer.create(path, _header("https://elsewhere.example")).close()
    before = {each: each.read_bytes() for each in tmp_path.iterdir()}
    with raw() as service, socket.create_server(("127.0.0.1", 0)) as taken:
        flags = (f"--upstream={service.url}", f"--cassette={path}", f"--mode={mode}")
        code, said = refused(*flags, f"--port={taken.getsockname()[1]}")
        elsewhere = refused(*flags, "--host=nohost.invalid")

    assert (code, elsewhere[0]) == (1, 1)
    assert "cannot listen" in said
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize("mode", ["new_episodes", "all"])
def test_a_cassette_holds_one_service(mode: str, path: Path) -> None:
    """What another service says is not written behind it, nor mixed with it."""
    with raw() as first, raw() as second:
        _talk(first, path)
        before = path.read_bytes()
        flags = (f"--upstream={second.url}", f"--cassette={path}", f"--mode={mode}")
        code, said = refused(*flags)

    assert code == 2
    assert first.url in said
    assert second.url in said
    assert path.read_bytes() == before


def test_a_replayed_token_goes_nowhere(path: Path) -> None:
    """The service never gave it: what is new is a marked answer that says so, and nothing is recorded."""
    with raw() as service:
        _talk(service, path)
        before = path.read_bytes()
        with recording(service.url, path, "--mode=new_episodes") as recorder:
            with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
                token = http.post("/api/auth/anonymous-token").json()["data"]["token"]
                http.headers["Authorization"] = f"Bearer {token}"
                asked = http.get("/api/tokens")
                sent = http.post("/api/upload", files={"file": b"film"})
            recorder.stop()

        assert service.asked.empty()
    for reply in (asked, sent):
        assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (503, "replayed-token")
        assert "NEMO_TOKEN" in reply.json()["nemo_proxy"]["says"]
    assert path.read_bytes() == before


def test_what_was_lost_is_recorded_anew(path: Path) -> None:
    """A stream nobody knows the end of is asked of the service again, and the whole one is kept behind it."""
    with raw() as service:
        request = Request(method="POST", url="/run_sse", headers=(), body=b"")
        response = Response(
            status=200,
            reason="OK",
            headers=(("Content-Type", "text/event-stream"),),
            body=b"data: 1\n\n",
            pieces=(Piece(0.1, 9),),
        )
        with Writer.create(path, _header(service.url)) as writer:
            writer.add(
                Interaction(
                    number=1, at=0.0, request=request, response=response, ended=0.1, end="lost"
                )
            )
        with recording(service.url, path, "--mode=new_episodes") as recorder:
            service.say(SSE + chunk(b"data: 2\n\n") + LAST)
            reply = httpx.post(recorder.url + "/run_sse", timeout=PATIENCE)
            recorder.stop()

    assert reply.text == "data: 2\n\n"
    assert [(each.number, each.end) for each in _read(path)] == [(1, "lost"), (2, "eof")]


def test_what_a_kill_left_of_a_rewrite_is_taken_away(path: Path) -> None:
    """The next recording begins without it."""
    with raw() as service:
        _talk(service, path)
        with recording(service.url, path, "--mode=rewrite") as killed:
            left = path.with_name("session.yaml.rewrite")
            assert left.is_dir()
            killed.process.kill()
            killed.process.wait(PATIENCE)
        assert left.is_dir()
        with recording(service.url, path, "--mode=all") as recorder:
            assert not left.exists()
            recorder.stop()


def test_two_do_not_rewrite_the_same_cassette(path: Path) -> None:
    """The first goes on; the second is refused."""
    with raw() as service:
        _talk(service, path)
        with recording(service.url, path, "--mode=rewrite") as first:
            flags = (f"--upstream={service.url}", f"--cassette={path}", "--mode=rewrite")
            code, said = refused(*flags)
            service.say(plain(b"{}"))
            httpx.get(first.url + "/api", timeout=PATIENCE)
            first.stop()

    assert code == 1
    assert "another process" in said
    assert [each.request.url for each in _read(path)] == ["/api"]


NO_FOLDERS = [
    (("--cassette=.",), 2, "directory"),
    (("--cassette=.", "--mode=none"), 2, "directory"),
    (("--cassette=.", "--mode=rewrite"), 2, "directory"),
    (("--cassette=x.yaml", "--regular", "--ca-dir=/proc/x"), 1, "/proc/x"),
]


@pytest.mark.parametrize(("flags", "code", "says"), NO_FOLDERS)
def test_a_place_that_cannot_be_is_one_sentence(
    flags: tuple[str, ...], code: int, says: str
) -> None:
    """No traceback for a folder in the place of a cassette, nor for one that cannot be made."""
    ended, said = refused("--upstream=http://127.0.0.1:9", *flags)

    assert ended == code
    assert says in said
    assert said.startswith("nemo-proxy: ")
    assert said.count("\n") == 1
