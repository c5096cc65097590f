"""The addon inside a mitmdump of one's own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from nemovideo_proxy.cassette import Cassette
from nemovideo_proxy.cli import main
from support.raw_upstream import LAST, PATIENCE, SSE, chunk, plain, raw

pytest.importorskip("mitmproxy", reason="the addon is mitmproxy's")

DUMP = Path(sys.executable).with_name("mitmdump")


@contextmanager
def _mitmdump(script: str, upstream: str, folder: Path, *options: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    flags = ["-s", script, "--listen-host", "127.0.0.1", "-p", str(port)]
    flags += ["-m", f"reverse:{upstream}", "--set", f"confdir={folder}"]
    flags += [word for option in options for word in ("--set", option)]
    pipe = subprocess.PIPE
    at_once = {**os.environ, "PYTHONUNBUFFERED": "1"}  # or its lines would wait in a pipe
    with subprocess.Popen((str(DUMP), *flags), stdout=pipe, text=True, env=at_once) as process:
        assert process.stdout is not None
        bound = threading.Timer(PATIENCE, process.kill)
        bound.start()
        assert any("nemo-proxy: ready" in line for line in process.stdout)
        bound.cancel()
        drain = threading.Thread(target=process.stdout.read)
        drain.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
            drain.join(PATIENCE)


def test_a_mitmdump_of_ones_own_records_and_replays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `nemo-proxy addon` names records a stream, and replays it when the service is gone."""
    assert main(["addon"]) == 0
    script = capsys.readouterr().out.strip()
    path = tmp_path / "own.yaml"
    with raw() as service:
        with (
            _mitmdump(script, service.url, tmp_path / "ca", f"nemo_cassette={path}") as url,
            httpx.Client(base_url=url, timeout=PATIENCE) as http,
        ):
            service.say(plain(b'{"code":0}'))
            http.get("/api/credits/balance/simple")
            service.say(SSE + chunk(b"data: 1\n\n") + LAST)
            said = http.post("/run_sse", json={"new_message": {}})
        upstream = service.url
    with (
        _mitmdump(script, upstream, tmp_path / "ca", f"nemo_replay={path}") as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as http,
    ):
        http.get("/api/credits/balance/simple")
        replayed = http.post("/run_sse", json={"new_message": {}})

    assert said.content == replayed.content == b"data: 1\n\n"
    with Cassette.open(path) as cassette:
        assert len(cassette.entries) == 2


def test_a_mitmdump_of_ones_own_tells_that_the_service_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer is marked, and the request is in the cassette without a response."""
    assert main(["addon"]) == 0
    script = capsys.readouterr().out.strip()
    path = tmp_path / "own.yaml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        upstream = f"http://127.0.0.1:{free.getsockname()[1]}"
    with _mitmdump(script, upstream, tmp_path / "ca", f"nemo_cassette={path}") as url:
        reply = httpx.get(f"{url}/api/tokens", timeout=PATIENCE)

    assert (reply.status_code, reply.headers["x-nemo-proxy"]) == (502, "unreachable")
    with Cassette.open(path) as cassette:
        (done,) = (cassette.interaction(entry) for entry in cassette.entries)
    assert (done.response, done.end) == (None, "reset")
