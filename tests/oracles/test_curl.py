"""The real curl against the real command: what a skill's shell sees."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from support.caller import ATTRIBUTION
from support.media import mp4

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on PATH")

CURL = ("curl", "-q", "-sS", "--noproxy", "*", "--max-time", "30")


class Shell:
    """Runs curl against one world, with the headers a skill sends."""

    def __init__(self, base: str, folder: Path) -> None:
        self.base = base
        self.folder = folder
        self.headers = dict(ATTRIBUTION)
        self.session = ""

    def line(self, path: str, *flags: str) -> list[str]:
        """Return the command line for a path, or a whole URL."""
        said = [part for name, value in self.headers.items() for part in ("-H", f"{name}: {value}")]
        return [*CURL, *said, *flags, path if path.startswith("http") else self.base + path]

    def run(self, path: str, *flags: str) -> str:
        """Return what curl prints; it must succeed."""
        line = self.line(path, *flags)
        done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, path: str, *flags: str, body: Any = None) -> Any:
        """Return the JSON of a reply; with `body`, POST that."""
        sent = ("-H", "Content-Type: application/json", "-d", json.dumps(body)) if body else ()
        return json.loads(self.run(path, *flags, *sent))

    def message(self, text: str) -> tuple[str, ...]:
        """Return the flags that send a chat message."""
        body = {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": self.session,
            "new_message": {"parts": [{"text": text}]},
        }
        return ("-N", "-H", "Accept: text/event-stream", "-d", json.dumps(body))

    def connect(self) -> None:
        """Get a token and a session."""
        token = self.json("/api/auth/anonymous-token", "-X", "POST", "-H", "X-Client-Id: curl")
        self.headers["Authorization"] = f"Bearer {token['data']['token']}"
        opened = self.json("/api/tasks/me/with-session/nemo_agent", body={"task_name": "project"})
        self.session = opened["data"]["session_id"]

    def upload(self, clip: bytes, *flags: str) -> str:
        """Upload a clip and return what curl prints."""
        (self.folder / "clip.mp4").write_bytes(clip)
        path = f"/api/upload-video/nemo_agent/me/{self.session}"
        return self.run(path, "-F", "files=@clip.mp4", *flags)

    def render(self) -> str:
        """Order a film of the present draft, wait for it, and return its URL."""
        state = self.json(f"/api/state/nemo_agent/me/{self.session}/latest")["data"]["state"]
        order = {"id": "r1", "sessionId": self.session, "draft": state["draft"]}
        assert self.json("/api/render/proxy/lambda", body=order)["status"] == "pending"
        while (shown := self.json("/api/render/proxy/lambda/r1"))["status"] != "completed":
            assert shown["status"] in ("pending", "processing")
        return str(shown["output"]["url"])


@pytest.fixture
def shell(server: str, world: str, tmp_path: Path) -> Shell:
    """A connected shell in a world of its own."""
    shell = Shell(server + world, tmp_path)
    shell.connect()
    return shell


def test_the_whole_workflow_needs_nothing_but_curl(shell: Shell) -> None:
    """Token, session, upload, an edit by chat, credits, state, export, download: a film comes out."""
    uploaded = json.loads(shell.upload(mp4()))
    stream = shell.run("/run_sse", *shell.message('Add the title "Paradise Found" at the top'))
    credits_ = shell.json("/api/credits/balance/simple")
    url = shell.render()
    shell.run(url, "-o", "film.mp4")
    shell.run("/api/render/proxy/r1/download", "-o", "same.mp4")

    assert uploaded["data"]["files"][0]["duration"] == 2.0
    assert all(line.startswith("data:") for line in stream.splitlines() if line)
    assert '"name":"edit_multitrack"' in stream
    assert credits_["data"] == {"available": 50, "frozen": 0, "total": 50}
    film = (shell.folder / "film.mp4").read_bytes()
    assert film[4:8] == b"ftyp"
    assert (shell.folder / "same.mp4").read_bytes() == film


def test_an_upload_waits_to_be_welcome(shell: Shell) -> None:
    """The real client announces a form with Expect and is told to go on before it sends the body."""
    told = shell.upload(mp4(), "-i", "-H", "Expect: 100-continue")

    assert told.startswith("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\n")
    assert '"session_state_applied":true' in told


def test_an_upload_that_is_not_welcome_is_told_so_at_once(shell: Shell) -> None:
    """For a session that is not there, no 100 is sent: curl keeps its bytes."""
    shell.session = "1"
    told = shell.upload(mp4(), "-i", "-H", "Expect: 100-continue", "--expect100-timeout", "20")

    assert "100 Continue" not in told
    assert '"code":1002' in told


@pytest.fixture
def uploaded(shell: Shell) -> str:
    """The URL of an uploaded clip."""
    return str(json.loads(shell.upload(mp4()))["data"]["files"][0]["cdn_url"])


def test_head_tells_the_length(shell: Shell, uploaded: str) -> None:
    """`curl -I` gets the headers and does not wait for a body."""
    told = shell.run(uploaded, "-I").lower()

    assert told.startswith("http/1.1 200 ok")
    assert f"content-length: {len(mp4())}\n" in told
    assert "accept-ranges: bytes" in told


def test_a_broken_download_is_resumed(shell: Shell, uploaded: str) -> None:
    """`-C -` fetches what is missing, and the whole is whole."""
    shell.run(uploaded, "-r", "0-999", "-o", "copy.mp4")
    half = (shell.folder / "copy.mp4").stat().st_size
    told = shell.run(uploaded, "-C", "-", "-o", "copy.mp4", "-w", "%{http_code}")

    assert half == 1000
    assert told == "206"
    assert (shell.folder / "copy.mp4").read_bytes() == mp4()


@contextmanager
def streaming(shell: Shell, text: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """Stop the world's time, send a message, and leave curl reading; gives its output once there is a head."""
    shell.json("/__fake__/clock", body={"rate": 0})
    line = shell.line("/run_sse", "-v", *shell.message(text))
    pipe = subprocess.PIPE
    with subprocess.Popen(line, stdout=pipe, stderr=pipe, text=True) as curl:
        assert curl.stdout is not None
        assert curl.stderr is not None
        assert any(told.startswith("< HTTP/1.1 200") for told in curl.stderr)
        yield curl, curl.stdout


def heartbeat(stream: IO[str]) -> bool:
    """Read up to the next heartbeat; say whether there was one."""
    return any(line in ("data:\n", 'data: {"type":"heartbeat"}\n') for line in stream)


def test_events_arrive_when_they_are_written(shell: Shell) -> None:
    """While the server still holds the stream open, every heartbeat comes through `curl -N` at its jump."""
    with streaming(shell, "Generate a 5 second video of a beach") as (curl, stream):
        for _ in range(3):
            jumped = shell.json("/__fake__/clock", body={"jump": 15})

            assert jumped["settled"]
            assert heartbeat(stream)
        still_open = curl.poll() is None
        shell.json("/__fake__/clock", body={"jump": 600})
        rest = stream.read()

    assert still_open
    assert '"type":"text"' in rest
    assert rest.endswith("\n\n")
    assert curl.returncode == 0


def test_a_reader_who_is_killed_pays_all_the_same(shell: Shell) -> None:
    """Ending curl in the middle of a turn changes nothing in the world."""
    with streaming(shell, "Generate a 5 second video of a beach") as (curl, stream):
        shell.json("/__fake__/clock", body={"jump": 15})
        began = heartbeat(stream)
        curl.kill()
    frozen = shell.json("/api/credits/balance/simple")["data"]
    shell.json("/__fake__/clock", body={"jump": 600})

    assert began
    assert frozen == {"available": 0, "frozen": 100, "total": 100}
    assert shell.json("/api/credits/balance/simple")["data"]["total"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/../api/credits/balance/simple", "404"),
        ("//api/credits/balance/simple", "404"),
        ("/api/state/nemo_agent/me/%2F..%2F/latest", "200"),
        ("/api/state/nemo_agent/me/%ff/latest", "404"),
        ("/v1/run", "404"),
        ("/run_sse", "405"),
    ],
)
def test_a_path_arrives_as_it_was_sent(shell: Shell, path: str, status: str) -> None:
    """Nothing between curl and the router tidies a path up."""
    assert shell.run(path, "--path-as-is", "-o", "out", "-w", "%{http_code}") == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", "200"),
        ("example.com", "403"),
        ("127.0.0.1.example.com:80", "403"),
        ("[:::::]", "403"),
        ("a b", "403"),
        ("a+b.example.com", "403"),
    ],
)
def test_a_foreign_host_header_may_not_steer(shell: Shell, host: str, status: str) -> None:
    """A page that reaches us under another name cannot, nor one whose name is none."""
    told = shell.run("/__fake__/clock", "-H", f"Host: {host}", "-o", "out", "-w", "%{http_code}")

    assert told == status
