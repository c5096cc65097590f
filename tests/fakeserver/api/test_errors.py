"""Every code the service says no with, in one shape, with the texts that clients look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import httpx
import pytest

from nemovideo_fakeserver import Fake
from nemovideo_fakeserver.api import replies
from nemovideo_fakeserver.api.replies import refused
from nemovideo_fakeserver.core.refusals import RateLimited, Refusal
from nemovideo_fakeserver.wire.messages import Head, TooLarge
from support.caller import Caller
from support.wire import ENVELOPE, exchange, refusal

Provoke: TypeAlias = Callable[[Caller], httpx.Response]

RENDER = "/api/render/proxy/lambda"
BUSINESS = (1001, 1002, 2001, 4001, 4002)


def too_expensive(caller: Caller) -> httpx.Response:
    """Ask for a generation with half of its price."""
    caller.say("edit 20")
    return caller.post("/run_sse", caller.message("generate 100"))


def twice(caller: Caller) -> httpx.Response:
    """Use a render id twice."""
    caller.submit("r")
    return caller.submit("r")


def unattributed(caller: Caller) -> httpx.Response:
    """Export as no skill does."""
    return caller.http.post(
        RENDER, headers={"Authorization": caller.headers["Authorization"]}, json={}
    )


def weak(caller: Caller) -> httpx.Response:
    """Write with a token that reads."""
    token = caller.post("/api/tokens", {"name": "t", "scopes": ["read"]}).json()["data"]["token"]
    return Caller(caller.http, {"Authorization": f"Bearer {token}"}).post("/api/tokens", {})


PROVOKED: dict[int, Provoke] = {
    1001: lambda caller: caller.http.get("/api/tokens"),
    1002: lambda caller: caller.get("/api/state/nemo_agent/me/1/latest"),
    2001: too_expensive,
    4001: lambda caller: caller.upload("a.mp4", b"no film"),
    400: lambda caller: caller.http.post("/api/auth/anonymous-token"),
    402: unattributed,
    403: weak,
    404: lambda caller: caller.get(f"{RENDER}/unknown"),
    405: lambda caller: caller.get("/run_sse"),
    409: twice,
    422: lambda caller: caller.post("/run_sse", {}),
    429: lambda caller: caller.http.post(
        "/api/auth/anonymous-token", headers={"X-Client-Id": "someone"}
    ),
}
"""How a client comes by each code; 4002 needs more bytes than a test sends, see below."""


@pytest.mark.parametrize(("code", "provoke"), PROVOKED.items())
def test_a_no_has_one_shape(caller: Caller, code: int, provoke: Provoke) -> None:
    """`{code, message, data: null}`: business codes with HTTP 200, the others with their own status."""
    status, told, message = refusal(provoke(caller))

    assert told == code
    assert status == (200 if code in BUSINESS else code)
    assert message


def test_a_file_that_is_too_large_has_it_too(fake: Fake, caller: Caller) -> None:
    """4002, as a door reports it that stopped reading."""
    lines = caller.headers | {"Content-Type": "multipart/form-data; boundary=x"}
    head = Head(
        method="POST",
        path=f"/api/upload-video/nemo_agent/me/{caller.session}",
        headers=tuple((name.lower(), value) for name, value in lines.items()),
    )
    whole = exchange(fake, head, TooLarge(500 << 20, 501 << 20))

    told = httpx.Response(whole.status, headers=list(whole.headers), content=whole.body)
    assert refusal(told)[:2] == (200, 4002)


def test_every_refusal_is_provoked_here() -> None:
    """No way of saying no is left out of this file."""
    assert {kind.code for kind in Refusal.__subclasses__()} | {405} == PROVOKED.keys() | {4002}


@pytest.mark.parametrize("kind", Refusal.__subclasses__(), ids=lambda kind: str(kind.__name__))
def test_only_a_rate_limit_says_when_to_come_again(kind: type[Refusal]) -> None:
    """Retry-After comes with 429 and with nothing else."""
    refusal_ = RateLimited("wait", 7) if kind is RateLimited else kind("no")

    reply = refused(refusal_)

    assert ("Retry-After", "7") in reply.headers or kind is not RateLimited
    assert len(reply.headers) == (2 if kind is RateLimited else 1)
    assert isinstance(reply.body, bytes)
    assert all(f'"{key}":'.encode() in reply.body for key in ENVELOPE)


LOOKED_FOR = (
    "invalid authentication token",
    "missing authentication token",
    "token not found",
    "token has been revoked",
    "token has expired",
)


def test_the_texts_that_clients_look_for_all_occur(fake: Fake, caller: Caller) -> None:
    """The vendor's client recognises a bad token by its words (public skill page 61387515119)."""
    made = caller.post("/api/tokens", {"name": "t"}).json()["data"]
    caller.post(f"/api/tokens/{made['id']}/revoke")
    kept = caller.headers["Authorization"].removeprefix("Bearer ")
    fake.clock.jump(7 * 86_400)

    told = [
        refusal(caller.http.get("/api/tokens", headers={"Authorization": f"Bearer {value}"}))[2]
        for value in ("sk-1", "", "nmv_usr_unknown", made["token"], kept)
    ]

    assert [text for text, said in zip(LOOKED_FOR, told, strict=True) if said.startswith(text)] == [
        *LOOKED_FOR
    ]


MAPPED = {1001: 401, 1002: 404, 2001: 402, 4001: 415, 4002: 413}


def test_every_business_code_has_a_status_it_can_be_mapped_to() -> None:
    """And no other code has one."""
    assert replies.STATUSES == MAPPED
    assert MAPPED.keys() == set(BUSINESS)


@pytest.mark.parametrize(("code", "provoke"), PROVOKED.items())
def test_business_codes_may_come_as_statuses_too(
    variant: Callable[..., Caller], code: int, provoke: Provoke
) -> None:
    """The status alone is another; body and every other code are as ever."""
    usual, mapped = provoke(variant()), provoke(variant(error_http="mapped"))

    assert mapped.status_code == MAPPED.get(code, code)
    assert mapped.json() == usual.json()


@pytest.mark.parametrize("kind", Refusal.__subclasses__(), ids=lambda kind: str(kind.__name__))
def test_a_mapping_concerns_business_codes_alone(kind: type[Refusal]) -> None:
    """What is a status already stays the status it is."""
    refusal_ = RateLimited("wait", 7) if kind is RateLimited else kind("no")

    assert refused(refusal_, "mapped").status == MAPPED.get(kind.code, kind.code)
    assert refused(refusal_, "mapped").body == refused(refusal_).body
