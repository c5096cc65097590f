from __future__ import annotations

import asyncio
import socket

import pytest

from nemovideo_fakeserver.surfaces import reset
from nemovideo_fakeserver.surfaces.aiohttp_app import new_loop

LENGTH = 6 * 2**20


def _late(port: int) -> tuple[int, bool]:
    """Read by little; return how many bytes arrive, and whether a reset ends them."""
    count = 0
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(15)
        connection.connect(("127.0.0.1", port))
        try:
            while piece := connection.recv(2000):
                count += len(piece)
        except ConnectionResetError:
            return count, True
    return count, False


async def _written_and_reset() -> tuple[int, bool]:
    """Write, with nothing waited for, and reset."""

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(bytes(LENGTH))
        await reset.reset(writer.transport, writer.drain)

    async with asyncio.timeout(20), await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port: int = server.sockets[0].getsockname()[1]
        return await asyncio.to_thread(_late, port)


@pytest.mark.parametrize("factory", [asyncio.new_event_loop, new_loop], ids=["asyncio", "fastest"])
def test_a_reset_waits_for_what_is_on_its_way(
    factory: type[asyncio.AbstractEventLoop],
) -> None:
    """What lies in the buffers of the process and of the system arrives before the reset."""
    with asyncio.Runner(loop_factory=factory) as runner:
        assert runner.run(_written_and_reset()) == (LENGTH, True)


@pytest.mark.parametrize("option", [None, 9999])
def test_a_system_that_cannot_tell_resets_at_once(
    monkeypatch: pytest.MonkeyPatch, option: int | None
) -> None:
    """Where Python or the system has no way to know what is sent, the reset comes all the same."""
    monkeypatch.setattr(reset, "_UNSENT", option)

    count, was_reset = asyncio.run(_written_and_reset())

    assert count <= LENGTH
    assert was_reset
