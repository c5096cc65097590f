"""`nemo-proxy record` from end to end: real sockets, a served fake or a service that says what it is told to."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.model import Blob, Interaction
from support.proxy_command import PATIENCE, recording, refused
from support.raw_upstream import LAST, SSE, Raw, chunk, plain, raw
from support.server import child

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")

MESSAGE = {"parts": [{"text": "Make a video of a lighthouse at dawn"}]}
TOKEN = "nmv_usr_0123456789abcdefghijABCDEFGHIJ0123456789xyz"


@pytest.fixture
def service() -> Iterator[Raw]:
    """A service that says what the test says."""
    with raw() as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cassette is."""
    return tmp_path / "tape" / "session.yaml"


@pytest.fixture(autouse=True)
def _folder(path: Path) -> None:
    path.parent.mkdir()


def _read(path: Path) -> list[Interaction]:
    with Cassette.open(path) as cassette:
        return [cassette.interaction(entry) for entry in cassette.entries]


def _on_disk(path: Path) -> bytes:
    """Return every byte below the folder of the cassette."""
    return b"".join(each.read_bytes() for each in path.parent.rglob("*") if each.is_file())


def test_a_session_is_recorded_from_a_served_fake(path: Path) -> None:
    """Stream, upload and file come through; the token is in no byte that was written."""
    with child("--rate", "600") as upstream, recording(upstream, path, "--rate", "600") as recorder:
        with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
            token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "some-body"})
            secret = token.json()["data"]["token"]
            http.headers["Authorization"] = f"Bearer {secret}"
            task = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "T"})
            session = task.json()["data"]["session_id"]
            said = http.post("/run_sse", json={"session_id": session, "new_message": MESSAGE})
            tool = next(line for line in said.text.splitlines() if "/__asset__/" in line)
            address = json.loads(tool.removeprefix("data: "))["args"]["url"]
            film = http.get(address)
        code, account, problem = recorder.stop()

    assert (code, problem) == (0, "")
    assert account["interactions"] == 4
    assert account["replaced"]["token"] == 1
    assert secret.encode() not in _on_disk(path)
    _, _, turn, fetched = _read(path)
    assert turn.response is not None
    assert isinstance(turn.response.body, bytes)
    assert turn.response.body.count(b"\n\n") == said.text.count("\n\n")
    assert upstream.encode() + b"/cdn/" in turn.response.body
    assert 60 < turn.ended < 600
    assert fetched.request.url.startswith(f"{upstream}/cdn/generated/")
    assert fetched.response is not None
    assert isinstance(fetched.response.body, Blob)
    assert fetched.response.body.size == len(film.content)


def test_a_kill_loses_nothing_that_ended_and_keeps_the_rest_as_lost(
    service: Raw, path: Path
) -> None:
    """While a stream is open no secret is on the disk; after kill -9 it is there up to its last frame, lost."""
    with (
        recording(service.url, path, NEMO_TOKEN=TOKEN) as recorder,
        httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http,
    ):
        http.headers["Authorization"] = f"Bearer {TOKEN}"
        service.say(plain(b'{"code":0}'))
        http.get("/api/credits/balance/simple")
        service.say(SSE + chunk(b'data: {"type":"text","content":"one "}\n\n'))
        service.say(chunk(b'data: {"token":"' + TOKEN.encode() + b'"}\n\n'))
        with http.stream("POST", "/run_sse", json={"new_message": {}}) as reply:
            assert next(line for line in reply.iter_lines() if "token" in line)
            written = _on_disk(path)
            recorder.process.kill()
            recorder.process.wait(PATIENCE)

    assert TOKEN.encode() not in written
    assert b"one " in written
    first, turn = _read(path)
    assert first.end == "eof"
    assert turn.end == "lost"
    assert turn.response is not None
    assert isinstance(turn.response.body, bytes)
    assert turn.response.body.startswith(b'data: {"type":"text","content":"one "}\n\n')


def test_curl_sees_a_frame_before_the_next_is_said(service: Raw, path: Path) -> None:
    """Nothing of a stream is buffered on its way to curl."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    with recording(service.url, path) as recorder:
        command = (curl, "-sN", "-X", "POST", f"{recorder.url}/run_sse")
        with subprocess.Popen(command, stdout=subprocess.PIPE) as asking:
            assert asking.stdout is not None
            service.say(SSE + chunk(b"data: 1\n\n"))
            assert asking.stdout.readline() + asking.stdout.readline() == b"data: 1\n\n"
            service.say(chunk(b"data: 2\n\n") + LAST)
            rest, _ = asking.communicate(timeout=PATIENCE)

    assert rest == b"data: 2\n\n"


def test_addresses_of_files_come_back_as_the_services(service: Raw, path: Path) -> None:
    """A client orders with the address it was given; the service and the cassette see the service's URL."""
    url = "https://cdn.example/films/a.mp4?Signature=abc"
    with recording(service.url, path) as recorder:
        with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
            service.say(plain(json.dumps({"data": {"cdn_url": url}}).encode()))
            given = http.get("/api/files").json()["data"]["cdn_url"]
            service.request()
            service.say(plain(b"{}"))
            http.post("/api/render/proxy/lambda", json={"draft": {"src": given}})
            order = service.request()
        recorder.stop()

    assert given == f"{recorder.url}/__asset__/1"
    assert json.loads(order.partition(b"\r\n\r\n")[2]) == {"draft": {"src": url}}
    first, second = _read(path)
    assert first.response is not None
    assert isinstance(first.response.body, bytes)
    assert b"https://cdn.example/films/a.mp4?Signature=" in first.response.body
    assert isinstance(second.request.body, bytes)
    assert b"__asset__" not in second.request.body


def test_other_hosts_and_loops_are_refused(service: Raw, path: Path) -> None:
    """As a regular proxy it opens no tunnel elsewhere and forwards nothing elsewhere; nothing goes round twice."""
    flags = ("--regular", "--ca-dir", str(path.parent.parent / "ca"))
    with recording(service.url, path, *flags) as recorder:
        with httpx.Client(proxy=recorder.url, timeout=PATIENCE) as http:
            elsewhere = http.get("http://127.0.0.1:9/secret")
            with pytest.raises(httpx.ProxyError, match="403"):
                http.get("https://elsewhere.example/")
            service.say(plain(b"{}"))
            assert http.get(f"{service.url}/api").json() == {}
            asked = service.request()
            via = next(line for line in asked.split(b"\r\n") if line.startswith(b"Via: "))
            again = http.get(f"{service.url}/api", headers={"Via": via[5:].decode()})
        recorder.stop()

    assert (elsewhere.status_code, elsewhere.headers["x-nemo-proxy"]) == (403, "refused")
    assert (again.status_code, again.headers["x-nemo-proxy"]) == (508, "loop")
    assert b"Accept-Encoding: identity" in asked
    assert (path.parent.parent / "ca").stat().st_mode & 0o777 == 0o700
    assert len(_read(path)) == 1


def test_the_budget_stops_before_the_next_message(path: Path) -> None:
    """A message that could cost more than the limit gets a marked answer, and the service never sees it."""
    with child("--rate", "600") as upstream:
        flags = ("--rate", "600", "--max-credits", "100")
        with recording(upstream, path, *flags) as recorder:
            with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
                token = http.post("/api/auth/anonymous-token", headers={"X-Client-Id": "me"})
                http.headers["Authorization"] = f"Bearer {token.json()['data']['token']}"
                task = http.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "T"})
                session = task.json()["data"]["session_id"]
                ask = {"session_id": session, "new_message": MESSAGE}
                first = http.post("/run_sse", json=ask)
                second = http.post("/run_sse", json=ask)
            _, account, _ = recorder.stop()

    assert first.status_code == 200
    assert (second.status_code, second.headers["x-nemo-proxy"]) == (503, "budget")
    assert second.json()["nemo_proxy"]["limit"] == 100
    assert account["credits"] == 100
    assert len(_read(path)) == 3


def test_a_dry_run_writes_nothing_and_shows_what_it_would(service: Raw, path: Path) -> None:
    """The documents are shown, redacted; the folder stays empty."""
    with recording(service.url, path, "--dry-run", NEMO_TOKEN=TOKEN) as recorder:
        service.say(plain(b'{"token":"' + TOKEN.encode() + b'"}'))
        httpx.get(recorder.url + "/api", headers={"Authorization": f"Bearer {TOKEN}"})
        shown = recorder.event("would-write")["document"]
        recorder.stop()

    assert "GET /api" in shown
    assert TOKEN not in shown
    assert list(path.parent.iterdir()) == []


def test_a_cassette_that_cannot_be_written_ends_it_visibly(service: Raw, path: Path) -> None:
    """When the folder is gone, a stream is a marked 502 before it begins, and the command says why and fails."""
    with recording(service.url, path) as recorder:
        shutil.rmtree(path.parent)
        service.say(SSE + chunk(b"data: 1\n\n") + LAST)
        reply = httpx.post(recorder.url + "/run_sse", timeout=PATIENCE)
        code, account, problem = recorder.ended()

    assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (502, "not-recorded")
    assert code == 1
    assert account["failure"] in problem
    assert "cannot be written" in problem


USAGE = [
    (("--upstream", "https://api.example"), 2, "--live"),
    (("--upstream", "https://api.example", "--live"), 2, "NEMO_TOKEN"),
    (("--upstream", "nowhere"), 2, "http://"),
    (("--upstream", "http://127.0.0.1:9", "--mode", "sometimes"), 2, "sometimes"),
    (("--upstream", "http://127.0.0.1:9", "--mode", "none"), 2, "only replays"),
    (("--upstream", "http://127.0.0.1:8", "--port", "8"), 2, "itself"),
    (("--upstream", "http://127.0.0.1:9"), 1, "cannot be reached"),
]


@pytest.mark.parametrize(("flags", "code", "says"), USAGE)
def test_what_cannot_be_is_one_sentence(
    flags: tuple[str, ...], code: int, says: str, path: Path
) -> None:
    """No traceback: what is wrong, and what to do."""
    ended, said = refused(*flags, "--cassette", str(path), NEMO_TOKEN="")

    assert ended == code
    assert says in said
    assert said.startswith("nemo-proxy: ")
    assert said.count("\n") == 1


def test_a_service_with_a_certificate_nobody_knows_is_refused(tmp_path: Path, path: Path) -> None:
    """Its own certificate is no reason to trust it, unless --upstream-ca says so."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = (openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    out = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run((*made, *subject, *out), check=True, capture_output=True)
    with raw() as service:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        service.secure(context)
        url = f"https://localhost:{service.port}"
        code, said = refused("--upstream", url, "--cassette", str(path))

        assert code == 1
        assert "not who it says" in said
        with recording(url, path, "--upstream-ca", str(certificate)) as recorder:
            service.say(plain(b'{"code":0}'))
            assert httpx.get(recorder.url + "/api").json() == {"code": 0}


def test_help_imports_nothing_heavy() -> None:
    """`--help` is quick: neither mitmproxy nor httpx nor yaml is imported."""
    program = (
        "import sys\nfrom nemovideo_proxy.cli import main\n"
        "try: main(['record', '--help'])\nexcept SystemExit: pass\n"
        "heavy = {'mitmproxy', 'httpx', 'aiohttp', 'yaml'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    ran = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stderr) == (0, "")


def _recorded_talk(service: Raw, path: Path) -> None:
    with recording(service.url, path) as recorder:
        with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
            service.say(plain(b'{"code":0,"said":"recorded"}'))
            http.get("/api/credits/balance/simple")
        recorder.stop()
    service.request()


def test_once_replays_where_there_is_a_cassette(service: Raw, path: Path) -> None:
    """The second time the same command answers from the cassette; the service is asked nothing."""
    _recorded_talk(service, path)
    with recording(service.url, path) as recorder:
        replayed = httpx.get(recorder.url + "/api/credits/balance/simple", timeout=PATIENCE)
        missed = httpx.get(recorder.url + "/api/tokens", timeout=PATIENCE)
        recorder.stop()

    assert replayed.json() == {"code": 0, "said": "recorded"}
    assert (missed.status_code, missed.headers["x-nemo-proxy"]) == (503, "miss")
    assert service.asked.empty()


def test_new_episodes_replays_what_is_known_and_records_the_rest(service: Raw, path: Path) -> None:
    """What the cassette has is not asked for again; what it has not is asked for, and appended."""
    _recorded_talk(service, path)
    with recording(service.url, path, "--mode", "new_episodes") as recorder:
        with httpx.Client(base_url=recorder.url, timeout=PATIENCE) as http:
            known = http.get("/api/credits/balance/simple")
            service.say(plain(b'{"code":0,"said":"new"}'))
            new = http.get("/api/tokens")
        recorder.stop()

    assert (known.json()["said"], new.json()["said"]) == ("recorded", "new")
    assert service.request().startswith(b"GET /api/tokens ")
    assert [each.request.url for each in _read(path)] == [
        "/api/credits/balance/simple",
        "/api/tokens",
    ]
