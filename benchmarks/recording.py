"""Recording: what the recorder adds to a stream's frames, and its requests per second beside mitmdump's.

Goals: the first byte within 10 ms of the service's; at least 0.9 x the requests a second of a plain mitmdump,
with recording on. Frames have no goal: many streams at once, each with a frame every 50 ms. The service is the fake; requests go over one connection at a time, and the
proxies are measured in turn.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.credit_reads import token_of
from benchmarks.servers import FAKE, Server, running

REQUESTS = 1_000
STREAMS = 30
PARALLEL = 20
FRAMES = 60
EVERY = 0.05
"""Real seconds between the frames of a stream."""

ROUNDS = 5
_RECORD = (
    sys.executable,
    "-c",
    "import sys; from nemovideo_proxy.cli import main; sys.exit(main())",
    "record",
)


@contextmanager
def recorder(upstream: str) -> Iterator[Server]:
    """Record into a folder that does not stay."""
    with tempfile.TemporaryDirectory() as folder:
        cassette = str(Path(folder) / "bench.yaml")
        command = (*_RECORD, "--upstream", upstream, "--cassette", cassette, "--json")
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            drain = threading.Thread(target=process.stdout.read)
            drain.start()
            try:
                yield Server(url, process.pid)
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(30)
                drain.join()


@contextmanager
def mitmdump(upstream: str) -> Iterator[Server]:
    """Run a plain mitmdump, which keeps nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("mitmdump")
    flags = ("-q", "--listen-host", "127.0.0.1", "-p", str(port), "-m", f"reverse:{upstream}")
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen((str(program), *flags, "--set", f"confdir={folder}")) as process,
    ):
        try:
            _await_port(port)
            yield Server(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()


def _await_port(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("mitmdump does not listen")


def rate(server: Server, token: str) -> tuple[float, float]:
    """Return requests per second over one connection, and the proxy's processor time for one in us."""
    host = urlsplit(server.url).netloc
    request = f"GET /api/credits/balance/simple HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n"
    with socket.create_connection((host.split(":")[0], int(host.split(":")[1]))) as connection:
        _ask(connection, request.encode())
        began, cpu = time.perf_counter(), server.cpu_seconds()
        for _ in range(REQUESTS):
            _ask(connection, request.encode())
        seconds = time.perf_counter() - began
        return REQUESTS / seconds, (server.cpu_seconds() - cpu) / REQUESTS * 1e6


def _ask(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    data = b""
    while True:
        data += connection.recv(65536)
        head, found, body = data.partition(b"\r\n\r\n")
        if not found:
            continue
        lower = head.lower()
        if b"chunked" in lower:
            if body.endswith(b"0\r\n\r\n"):
                return
        elif len(body) >= int(lower.partition(b"content-length:")[2].split(b"\r\n")[0]):
            return


async def first_byte(url: str) -> float:
    """Return the seconds from a frame's leaving the service to its reaching a client of `url`: the median."""
    host, port = urlsplit(url).netloc.split(":")
    found = []
    for _ in range(STREAMS):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /run_sse HTTP/1.1\r\nHost: bench\r\n\r\n")
        await reader.readuntil(b"data: ")
        said = float(await reader.readuntil(b"\n"))
        found.append(time.perf_counter() - said)
        writer.close()
    return statistics.median(found)


async def frames(url: str) -> tuple[float, float]:
    """Return the seconds that frames of many streams at once take to a client of `url`: median and 99th of 100."""
    host, port = urlsplit(url).netloc.split(":")

    async def follow(number: int) -> list[float]:
        await asyncio.sleep(number * EVERY / PARALLEL)
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /run_sse?many HTTP/1.1\r\nHost: bench\r\n\r\n")
        found = []
        for _ in range(FRAMES):
            await reader.readuntil(b"data: ")
            said = float(await reader.readuntil(b"\n"))
            found.append(time.perf_counter() - said)
        writer.close()
        return found

    followed = await asyncio.gather(*(follow(number) for number in range(PARALLEL)))
    percentiles = statistics.quantiles((each for found in followed for each in found), n=100)
    return percentiles[49], percentiles[98]


async def _stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say at what time a frame leaves; `perf_counter` is one clock for all processes of this machine."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        many = b"?many" in await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        await writer.drain()
        for _ in range(FRAMES if many else 1):
            await asyncio.sleep(EVERY if many else 0.02)
            frame = f"data: {time.perf_counter():.9f}\n\n".encode()
            writer.write(b"%x\r\n%s\r\n" % (len(frame), frame))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()
    writer.close()


async def _streams() -> None:
    server = await asyncio.start_server(_stream, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        direct, usual = await first_byte(url), await frames(url)
        with ExitStack() as open_:
            # in a thread: the recorder looks for the service, which this loop serves
            through = await asyncio.to_thread(open_.enter_context, recorder(url))
            proxied, slowed = await first_byte(through.url), await frames(through.url)
    print(
        f"first byte of a stream: direct {direct * 1e3:.2f} ms, through the recorder {proxied * 1e3:.2f} ms (goal: within 10 ms)"
    )
    print(
        f"frames of {PARALLEL} streams, p50 / p99: direct {usual[0] * 1e3:.2f} / {usual[1] * 1e3:.2f} ms, "
        f"through the recorder {slowed[0] * 1e3:.2f} / {slowed[1] * 1e3:.2f} ms"
    )


def main() -> None:
    """Print the rows."""
    os.environ.pop("NEMO_TOKEN", None)
    asyncio.run(_streams())
    with running(FAKE) as fake, mitmdump(fake.url) as plain, recorder(fake.url) as ours:
        token = token_of(fake)
        rate(plain, token), rate(ours, token)
        pairs = [(rate(plain, token), rate(ours, token)) for _ in range(ROUNDS)]
    theirs, mine = (
        statistics.median(speed for speed, _ in side) for side in zip(*pairs, strict=True)
    )
    ratio = statistics.median(b[0] / a[0] for a, b in pairs)
    cost = statistics.median(b[1] for _, b in pairs), statistics.median(a[1] for a, _ in pairs)
    print(
        f"requests: mitmdump {theirs:.0f}/s ({cost[1]:.0f} us), recording {mine:.0f}/s ({cost[0]:.0f} us), "
        f"ratio {ratio:.2f} (goal: >= 0.9)"
    )
