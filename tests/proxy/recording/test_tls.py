"""A service behind TLS: who it is, what is spoken with it, and clients that cannot change the URL."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.model import Interaction
from support.proxy_authority import Authority
from support.proxy_command import PATIENCE, Running, recording, refused
from support.proxy_recording import proxied, session_of
from support.raw_upstream import LAST, SSE, Raw, chunk, plain, raw

pytest.importorskip("mitmproxy", reason="the recorder runs inside mitmproxy")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority that nobody knows unless told."""
    return Authority(tmp_path / "authority")


@pytest.fixture
def service(authority: Authority) -> Iterator[Raw]:
    """A service with a certificate for `localhost` of that authority, which would speak HTTP/2 as well."""
    with raw() as made:
        made.secure(authority.server("localhost", "h2", "http/1.1"))
        yield made


@pytest.fixture
def url(service: Raw) -> str:
    """Where it is."""
    return f"https://localhost:{service.port}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cassette is."""
    return tmp_path / "session.yaml"


def _read(path: Path) -> list[Interaction]:
    with Cassette.open(path) as cassette:
        return [cassette.interaction(entry) for entry in cassette.entries]


def _through(recorder: Running) -> httpx.Client:
    """Return a client that speaks HTTP/2 where it may, sent through the recorder, which it trusts."""
    trust = ssl.create_default_context(cafile=recorder.ready["ca"])
    return httpx.Client(proxy=recorder.url, verify=trust, http2=True, timeout=PATIENCE)


def test_a_service_behind_tls_is_recorded(
    service: Raw, url: str, authority: Authority, tmp_path: Path
) -> None:
    """Frames come when they are said; each chunk is a piece."""
    session, writer = session_of(url, tmp_path)
    session.ca_file = str(authority.file)
    with (
        proxied(session, tmp_path) as base,
        httpx.Client(timeout=PATIENCE) as http,
    ):
        service.say(SSE + chunk(b"data: 1\n\n"))
        with http.stream("POST", f"{base}/run_sse") as reply:
            lines = reply.iter_lines()
            assert next(lines) == "data: 1"
            service.say(chunk(b"data: 2\n\n") + LAST)
            assert list(lines) == ["", "data: 2", ""]

    (done,) = writer.wait()
    assert done.response is not None
    assert (done.end, done.response.version) == ("eof", "HTTP/1.1")
    assert [piece.size for piece in done.response.pieces] == [9, 9]


def test_who_is_not_trusted_is_sent_nothing(service: Raw, url: str, tmp_path: Path) -> None:
    """When the certificate is of nobody that is known, the client is told so, and the service hears nothing."""
    session, writer = session_of(url, tmp_path)
    with proxied(session, tmp_path) as base:
        reply = httpx.get(f"{base}/api", headers={"Authorization": "Bearer me"}, timeout=PATIENCE)

    assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (502, "unreachable")
    assert "is not who it says" in reply.json()["nemo_proxy"]["says"]
    (done,) = writer.wait()
    assert (done.response, done.end) == (None, "reset")
    assert service.asked.empty()


def test_another_name_in_the_certificate_is_refused(
    service: Raw, url: str, authority: Authority, path: Path
) -> None:
    """A trusted authority is not enough: one sentence, and no cassette."""
    service.secure(authority.server("elsewhere.example"))
    flags = ("--upstream", url, "--cassette", str(path), "--upstream-ca", str(authority.file))
    code, said = refused(*flags)

    assert (code, said.count("\n")) == (1, 1)
    assert "is not who it says" in said
    assert not path.exists()
    assert service.asked.empty()


def test_a_client_that_cannot_change_the_url_is_recorded_and_replayed(
    service: Raw, url: str, authority: Authority, tmp_path: Path, path: Path
) -> None:
    """Through the tunnel: stream, and a file under an address that works, while recorded and when replayed."""
    flags = ("--regular", "--ca-dir", str(tmp_path / "ca"))
    trusting = (*flags, "--upstream-ca", str(authority.file))
    with recording(url, path, *trusting) as recorder:
        with _through(recorder) as http:
            service.say(plain(json.dumps({"data": {"cdn_url": f"{url}/film.mp4"}}).encode()))
            address = http.get(f"{url}/api/state").json()["data"]["cdn_url"]
            service.say(plain(b"\0film", "application/octet-stream"))
            film = http.get(address)
            service.say(SSE + chunk(b"data: 1\n\n"))
            with http.stream("POST", f"{url}/run_sse") as reply:
                lines = reply.iter_lines()
                assert next(lines) == "data: 1"
                service.say(LAST)
                assert list(lines) == [""]
        recorder.stop()
    asked = [service.request() for _ in range(3)]
    service.close()
    with recording(url, path, *flags, "--mode", "none") as recorder:
        with _through(recorder) as http:
            again = http.get(f"{url}/api/state").json()["data"]["cdn_url"]
            replayed = http.get(again)
        recorder.stop()

    assert address.startswith(f"{url}/__asset__/")
    assert again.startswith(f"{url}/__asset__/")
    assert (film.content, replayed.content) == (b"\0film", b"\0film")
    assert [line.partition(b"\r\n")[0] for line in asked] == [
        b"GET /api/state HTTP/1.1",
        b"GET /film.mp4 HTTP/1.1",
        b"POST /run_sse HTTP/1.1",
    ]
    assert [each.request.url for each in _read(path)] == [
        "/api/state",
        f"{url}/film.mp4",
        "/run_sse",
    ]
    assert service.asked.empty()


def test_curl_goes_through_a_private_authority(
    service: Raw, url: str, authority: Authority, tmp_path: Path, path: Path
) -> None:
    """`--proxy` and `--cacert` are all that curl needs; no other host is reached, and the keys are private."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    place = tmp_path / "ca"
    flags = ("--regular", "--ca-dir", str(place), "--upstream-ca", str(authority.file))
    with recording(url, path, *flags) as recorder:
        told = ("--proxy", recorder.url, "--cacert", recorder.ready["ca"], "--noproxy", "")
        service.say(plain(b'{"code":0}'))
        ran = subprocess.run((curl, "-sS", *told, f"{url}/api"), capture_output=True, check=False)
        elsewhere = f"https://localhost:{service.port + 1}/"
        other = subprocess.run((curl, "-sS", *told, elsewhere), capture_output=True, check=False)
        recorder.stop()

    assert (ran.returncode, ran.stdout) == (0, b'{"code":0}')
    assert b"403" in other.stderr
    assert [each.request.url for each in _read(path)] == ["/api"]
    assert place.stat().st_mode & 0o777 == 0o700
    secret = [each for each in place.iterdir() if b"PRIVATE KEY" in each.read_bytes()]
    assert secret
    assert {each.stat().st_mode & 0o777 for each in secret} == {0o600}
