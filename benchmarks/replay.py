"""Replaying long recordings. Goals: opens 50 x as fast as vcrpy loads; a request costs the same at any length.

Each recording is one conversation of messages that all differ; the last of them are asked for, beside
vcrpy (in-process, over httpx) and `mitmdump --server-replay` (served, over one connection).
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import yaml

from benchmarks.servers import Server
from nemovideo_proxy.cassette import Writer
from nemovideo_proxy.model import Header, Interaction, Piece, Request, Response
from nemovideo_proxy.replay.replay import Replay

LENGTHS = (100, 1_000, 5_000)
ASKED = 90
"""The last messages of each recording, which are asked for."""
MOST = 1_000
"""As many of the last messages are asked for where they are served."""
SENT = {"Authorization": "Bearer nmv_usr_0000000001", "Content-Type": "application/json"}
COMMAND = (
    sys.executable,
    "-c",
    "import sys; from nemovideo_proxy.cli import main; sys.exit(main())",
)
PATIENCE = 60.0


def asked(number: int) -> bytes:
    """Return the body of one message."""
    said = {"session_id": "9847032180034465677", "text": f"message {number}"}
    return json.dumps(said, separators=(",", ":")).encode()


def told(number: int) -> bytes:
    """Return the body of its answer."""
    parts = [{"text": f"part {n} of {number}", "at": n} for n in range(8)]
    return json.dumps({"code": 0, "data": {"parts": parts}}, separators=(",", ":")).encode()


def cassette(path: Path, length: int) -> Path:
    """Write a cassette of our own."""
    header = Header(upstream="http://api.test", recorded_at="2026-01-01T00:00:00Z", harness="0")
    with Writer.create(path, header) as writer:
        for number in range(1, length + 1):
            body = told(number)
            headers = (("Content-Type", "application/json"), ("Content-Length", str(len(body))))
            writer.add(
                Interaction(
                    number=number,
                    at=float(number),
                    request=Request(
                        method="POST",
                        url="/run_sse",
                        headers=tuple(SENT.items()),
                        body=asked(number),
                    ),
                    response=Response(
                        status=200,
                        reason="OK",
                        headers=headers,
                        body=body,
                        pieces=(Piece(0.0, len(body)),),
                    ),
                )
            )
    return path


def vcr_cassette(path: Path, length: int) -> Path:
    """Write the same for vcrpy."""
    interactions = [
        {
            "request": {
                "method": "POST",
                "uri": "http://api.test/run_sse",
                "body": asked(number).decode(),
                "headers": {name: [value] for name, value in SENT.items()},
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"Content-Type": ["application/json"]},
                "body": {"string": told(number).decode()},
            },
        }
        for number in range(1, length + 1)
    ]
    with path.open("w") as file:
        yaml.dump({"version": 1, "interactions": interactions}, file, Dumper=yaml.CDumper)
    return path


def flows(path: Path, length: int, port: int) -> Path:
    """Write the same for mitmdump, whose upstream is at `port`."""
    from mitmproxy import http as mitm
    from mitmproxy.io import FlowWriter
    from mitmproxy.test import tflow

    with path.open("wb") as file:
        writer = FlowWriter(file)  # type: ignore[no-untyped-call] # it has no types
        for number in range(1, length + 1):
            url = f"http://127.0.0.1:{port}/run_sse"
            flow = tflow.tflow(
                req=mitm.Request.make("POST", url, asked(number), mitm.Headers(_fields())),
                resp=mitm.Response.make(200, told(number), {"Content-Type": "application/json"}),
            )
            writer.add(flow)
    return path


def _fields() -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in SENT.items()]


def last(length: int) -> range:
    """Return the numbers of the messages that are asked for."""
    return range(length - ASKED + 1, length + 1)


def ours(path: Path, length: int) -> tuple[float, float]:
    """Return seconds to open, and per request."""
    begun = time.perf_counter()
    replay = Replay(path)
    opened = time.perf_counter() - begun
    with replay, httpx.Client(transport=replay.transport(), base_url="http://api.test") as client:
        return opened, _per_request(client, length)


def vcrpy(path: Path, length: int) -> tuple[float, float]:
    """Return seconds to load, and per request."""
    import vcr  # type: ignore[import-untyped] # it has no types

    recorder = vcr.VCR(record_mode="none", match_on=("method", "uri", "body"))
    begun = time.perf_counter()
    with recorder.use_cassette(str(path)):
        opened = time.perf_counter() - begun
        with httpx.Client(base_url="http://api.test") as client:
            return opened, _per_request(client, length)


def _per_request(client: httpx.Client, length: int) -> float:
    begun = time.perf_counter()
    for number in last(length):
        answer = client.post("/run_sse", content=asked(number), headers=SENT)
        assert answer.content == told(number)
    return (time.perf_counter() - begun) / ASKED


def nothing() -> float:
    """Return seconds per request of httpx over a transport that does nothing."""
    transport = httpx.MockTransport(
        lambda request: httpx.Response(200, content=told(int(request.content[:-2].split()[-1])))
    )
    with httpx.Client(transport=transport, base_url="http://api.test") as client:
        return _per_request(client, 1000)


@contextmanager
def served(path: Path, *, repeats: bool) -> Iterator[Server]:
    """Serve our cassette with the command."""
    flags = ("--json", "--speed", "instant", *(("--allow-playback-repeats",) if repeats else ()))
    command = (*COMMAND, "replay", str(path), *flags)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield Server(json.loads(child.stdout.readline())["url"], child.pid)
        finally:
            child.kill()


@contextmanager
def mitmdump(path: Path, upstream: int, *, repeats: bool) -> Iterator[Server]:
    """Serve flows with `mitmdump --server-replay`."""
    port = free_port()
    program = Path(sys.executable).with_name("mitmdump")
    options = ["server_replay_extra=404", "connection_strategy=lazy", f"server_replay={path}"]
    options += [f"server_replay_reuse={str(repeats).lower()}"]
    command = [
        str(program),
        "-q",
        "-p",
        str(port),
        "--mode",
        f"reverse:http://127.0.0.1:{upstream}",
    ]
    for option in options:
        command += ["--set", option]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        try:
            _listening(port)
            yield Server(f"http://127.0.0.1:{port}", child.pid)
        finally:
            child.kill()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listening(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")


def over_a_socket(server: Server, numbers: list[int]) -> tuple[float, float]:
    """Return seconds per request, on the wall and of the server's processor; the first few are not counted."""
    host = server.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    warm, counted = numbers[:10], numbers[10:]
    _ask(connection, warm)
    spent, begun = server.cpu_seconds(), time.perf_counter()
    _ask(connection, counted)
    took = time.perf_counter() - begun
    return took / len(counted), (server.cpu_seconds() - spent) / len(counted)


def _ask(connection: http.client.HTTPConnection, numbers: list[int]) -> None:
    for number in numbers:
        connection.request("POST", "/run_sse", asked(number), SENT)
        answer = connection.getresponse()
        assert answer.read() == told(number), answer.status


def main() -> None:
    """Print the rows."""
    print(f"replay: httpx over a transport that does nothing {_us(nothing())} a request")
    with tempfile.TemporaryDirectory() as folder:
        for length in LENGTHS:
            _row(Path(folder), length)


def _row(folder: Path, length: int) -> None:
    path = cassette(folder / f"{length}.yaml", length)
    vcr_path = vcr_cassette(folder / f"{length}.vcr.yaml", length)
    measured: dict[str, Callable[[], tuple[float, float]]] = {
        "ours": lambda: ours(path, length),
        "vcrpy": lambda: vcrpy(vcr_path, length),
    }
    found = {name: measure() for name, measure in measured.items()}
    for name, (opened, each) in found.items():
        print(f"replay {length:5}: {name:8} opens in {opened * 1e3:8.1f} ms, {_us(each)} a request")
    print(f"replay {length:5}: vcrpy / ours: opening {found['vcrpy'][0] / found['ours'][0]:.0f} x")
    upstream = free_port()
    recorded = flows(folder / f"{length}.flows", length, upstream)
    once, again = list(range(1, length + 1))[-MOST:], [length] * MOST
    for name, numbers, repeats in (("each once", once, False), ("one again", again, True)):
        with served(path, repeats=repeats) as server:
            own = over_a_socket(server, numbers)
        with mitmdump(recorded, upstream, repeats=repeats) as server:
            theirs = over_a_socket(server, numbers)
        print(
            f"replay {length:5}: served, {name}: {_us(own[0])} ({_us(own[1])} CPU), mitmdump"
            f" {_us(theirs[0])} ({_us(theirs[1])} CPU): {theirs[0] / own[0]:.1f} x"
            f" ({theirs[1] / own[1]:.1f} x CPU)"
        )


def _us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us"
