"""Faults at the bytes of files: whose they are, wherever they are fetched from, and whatever else strikes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.wire.files import File
from nemovideo_fakeserver.wire.messages import Head, Pending, Reply, Stream
from nemovideo_pytest.darkroom import FILM
from support.caller import Caller
from support.faulty import Met, kinds_of, meet
from support.media import png
from support.stage import darkroom

BYTE = "download.byte[10]"
RESET = {"break": "reset"}


@pytest.fixture
def filmed(fake: Fake, rich: Caller) -> Caller:
    """A caller whose render r1 is finished, with a generated clip and an upload in its session."""
    rich.say("generate 100")
    rich.upload("a.png", png())
    rich.submit("r1")
    fake.clock.jump(90)
    return rich


def download(caller: Caller) -> str:
    """The address of a film for its owner."""
    return "/api/render/proxy/r1/download"


def result(caller: Caller) -> str:
    """The address of a film for everybody."""
    url: str = caller.get("/api/render/proxy/lambda/r1").json()["output"]["url"]
    return url


def upload(caller: Caller) -> str:
    """The address of an upload."""
    url: str = caller.state()["video_infos"][0]["cdn_url"]
    return url


def generated(caller: Caller) -> str:
    """The address of a generated clip."""
    url: str = caller.state()["generated_media"][0]["cdn_url"]
    return url


Address = Callable[[Caller], str]
anywhere = pytest.mark.parametrize("address", [download, result, upload, generated])


def fetch(fake: Fake, caller: Caller, url: str, **headers: str) -> Met:
    """Get a file, as far as it comes."""
    more = caller.headers | headers
    return meet(fake, caller.http, caller.http.build_request("GET", url, headers=more))


@anywhere
def test_every_file_has_bytes(fake: Fake, filmed: Caller, address: Address) -> None:
    """Films, uploads and generated media, with a token or without; the request is on record."""
    url = address(filmed)
    whole = fetch(fake, filmed, url).body
    armed = fake.arm(BYTE, RESET)

    met = fetch(fake, filmed, url)

    assert (met.body, met.broke) == (whole[:9], httpx.ReadError)
    (*_, request) = (fact.number for fact in fake.journal if fact.kind == "request")
    assert [firing.request for firing in armed.firings] == [request]


@anywhere
@pytest.mark.parametrize("mine", [True, False])
def test_a_file_belongs_to_somebody(
    fake: Fake, filmed: Caller, address: Address, *, mine: bool
) -> None:
    """To the account and session in which it came into being, whoever fetches it."""
    url = address(filmed)
    other = Caller(filmed.http).connect("another")
    whose = filmed if mine else other
    fake.arm(BYTE, RESET, account=whose.uid, session=whose.session)

    assert (fetch(fake, filmed, url).broke is httpx.ReadError) is mine


def test_a_file_of_nobody_has_no_owner(fake: Fake, filmed: Caller) -> None:
    """A clip whose account is gone while it is fetched strikes no account."""
    world = fake.world()
    asset = world.chat.generated(generated(filmed).rpartition("/")[2])
    assert asset is not None
    account = world.accounts.get(filmed.uid)
    assert account is not None
    world.sessions.forget(account)
    fake.arm(BYTE, RESET, account=filmed.uid)

    assert filmed.http.get(asset.url).status_code == 200


@pytest.mark.parametrize(
    ("do", "side", "headers"),
    [
        ({"malformed": True}, "after", {}),
        ({"drip": 2}, "after", {}),
        ({"delay": 5}, "after", {}),
        ({"break": "reset"}, "after", {}),
        ({"delay": 5}, "before", {"Range": "bytes=5-99"}),
    ],
    ids=str,
)
def test_what_strikes_the_request_strikes_its_bytes_too(
    fake: Fake, filmed: Caller, do: dict[str, Any], side: str, headers: dict[str, str]
) -> None:
    """Half of it, in drops, late or broken off in the middle, it is still late at its tenth byte."""
    at, usual = "GET /api/render/proxy/{}/download", Met(200, b"", (), None)
    if "break" not in do:
        fake.arm(at, do, side=side)
        usual = fetch(fake, filmed, download(filmed), **headers)
    fake.arm(at, do, side=side)
    fake.arm(BYTE, {"delay": 100}, side="after")

    met = fetch(fake, filmed, download(filmed), **headers)

    fake.faults.assert_all_fired()
    assert met.ended >= 100
    if "break" in do:
        assert (met.body, met.broke) == (FILM[:512], httpx.ReadError)
    else:
        assert (met.body, met.broke) == (usual.body, None)


def test_a_file_that_is_waited_for_has_bytes(fake: Fake, filmed: Caller) -> None:
    """When it is there, they are struck, on the request that has waited for it."""
    room = darkroom(fake)
    room.slow = True
    filmed.submit("r2")
    fake.clock.jump(90)
    armed = fake.arm(BYTE, RESET)
    headers = tuple((name.lower(), value) for name, value in filmed.headers.items())

    reply = fake.admit(Head(method="GET", path="/api/render/proxy/r2/download", headers=headers))
    assert isinstance(reply, Reply)
    assert isinstance(reply.body, Pending)
    (*_, request) = (fact.number for fact in fake.journal if fact.kind == "request")
    room.jobs[-1].set_result(room.film(room.orders[-1].draft))
    body = reply.body.resume().body

    assert isinstance(body, Stream)
    list(body.steps)
    assert [firing.request for firing in armed.firings] == [request]


def test_a_file_that_nothing_waits_for_leaves_as_one(fake: Fake, filmed: Caller) -> None:
    """Faults elsewhere, and those that have fired, are no reason to take it apart."""
    fake.arm("turn.settled", {"delay": 1})
    fake.arm(BYTE, {"delay": 1})
    fetch(fake, filmed, download(filmed))
    headers = tuple((name.lower(), value) for name, value in filmed.headers.items())

    reply = fake.admit(Head(method="GET", path=download(filmed), headers=headers))

    assert isinstance(reply, Reply)
    assert isinstance(reply.body, File)


def test_head_has_no_bytes(fake: Fake, filmed: Caller) -> None:
    """It tells what GET would, and reaches none."""
    armed = fake.arm("download.byte[1]", RESET)

    head = filmed.http.head(download(filmed), headers=filmed.headers)

    assert head.headers["content-length"] == str(len(FILM))
    assert armed.reached == 0


@pytest.mark.parametrize("at", ["upload.stored", "POST /api/upload-video/nemo_agent/{}/{}"])
@pytest.mark.parametrize(("side", "kept"), [("before", 0), ("after", 1)])
def test_files_of_an_upload(fake: Fake, caller: Caller, at: str, side: str, kept: int) -> None:
    """What is prevented leaves no file on the disk; what has happened is in the session, and has its address."""
    vault, spool = fake.spool.parent / "vault", fake.spool
    fake.arm(at, {"status": 507}, side=side)

    assert caller.upload("a.png", png()).status_code == 507

    infos = caller.state()["video_infos"]
    assert len([path for path in vault.rglob("*") if path.is_file()]) == len(infos) == kept
    assert list(spool.iterdir()) == []
    assert len(list(kinds_of(fake, "upload.stored"))) == kept
    for info in infos:
        assert caller.http.get(info["cdn_url"]).content == png()
    again = caller.upload("a.png", png()).json()
    assert json.dumps(again).count("cdn_url") == 1
