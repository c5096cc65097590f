from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import httpx
import pytest

from nemovideo_fakeserver.clock import EPOCH
from nemovideo_fakeserver.surfaces.httpx_transport import SyncTransport
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import (
    Delayed,
    Reply,
    Stream,
)
from nemovideo_fakeserver.wire.steps import Cut, HowToCut, Send

if TYPE_CHECKING:
    from fakeserver.surfaces.conftest import House, Serve, Toy

TEN = (("Content-Length", "10"),)
Met: TypeAlias = tuple[bytes, type[Exception] | None, str]
"""What a reader heard of a body, and how it broke off."""


def meets(client: httpx.Client, url: str) -> Met:
    """Read the reply of `url` as far as it goes."""
    heard = bytearray()
    try:
        with client.stream("GET", url) as response:
            for piece in response.iter_raw():
                heard += piece
    except httpx.ReadError as error:
        return bytes(heard), type(error), ""  # its words are those of the operating system
    except httpx.TransportError as error:
        return bytes(heard), type(error), str(error)
    return bytes(heard), None, ""


Form = Callable[["Toy", Path, Cut], Reply]

FORMS: dict[str, Form] = {
    "chunked": lambda toy, _, cut: Reply(
        body=Stream(clock=toy.clock, steps=[Send(b"a"), Send(b"movie"), cut])
    ),
    "counted": lambda toy, _, cut: Reply(
        headers=TEN, body=Stream(clock=toy.clock, steps=[Send(b"a"), Send(b"movie"), cut])
    ),
    "complete": lambda toy, _, cut: Reply(
        headers=TEN, body=Stream(clock=toy.clock, steps=[Send(b"movie"), Send(b"movie"), cut])
    ),
    "too short": lambda toy, _, cut: Reply(
        headers=TEN, body=Stream(clock=toy.clock, steps=[Send(b"movie" + cut.rest)])
    ),
    "a file": lambda toy, film, cut: Reply(
        headers=TEN,
        body=Stream(clock=toy.clock, steps=[Send(File(path=film, start=0, length=5)), cut]),
    ),
    "a whole file": lambda toy, film, _: Reply(
        headers=TEN,
        body=Stream(clock=toy.clock, steps=2 * [Send(File(path=film, start=0, length=5))]),
    ),
    "nothing": lambda _, __, cut: Reply(body=cut),
    "nothing, late": lambda toy, _, cut: Reply(
        body=Delayed(clock=toy.clock, until=EPOCH, reply=Reply(body=cut))
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["reset", "truncated", "half_closed"])
@pytest.mark.parametrize("rest", [b"", b"bcd"])
def test_both_doors_break_alike(
    serve: Serve,
    toy: Toy,
    tmp_path_factory: pytest.TempPathFactory,
    *,
    form: str,
    how: HowToCut,
    rest: bytes,
) -> None:
    """An httpx client meets the same bytes and the same error behind a socket and in-process."""
    film = tmp_path_factory.mktemp("vault") / "film.mp4"
    film.write_bytes(b"movie")
    toy.at_head["/x"] = lambda: FORMS[form](toy, film, Cut(how, rest))

    async def talk(house: House) -> Met:
        with httpx.Client(trust_env=False, timeout=15) as client:
            met = await asyncio.to_thread(meets, client, f"{house.url}/x")
        assert await house.goes_on()
        return met

    served = serve(talk)
    with httpx.Client(transport=SyncTransport(toy)) as client:
        mounted = meets(client, "http://fake.test/x")

    assert mounted == served
