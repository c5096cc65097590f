"""How often a client asks, and how long it waits: whatever the call, a no is heard and a fault outlived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from nemovideo_client import NemoClient
from nemovideo_client.errors import (
    APIRefusal,
    APIResponseError,
    BadRequest,
    Conflict,
    ExportBlocked,
    FileTooLarge,
    Forbidden,
    Malformed,
    NotFound,
    OutOfCredits,
    RateLimited,
    ServerError,
    UnknownCode,
    UnsupportedFile,
)
from nemovideo_fakeserver.wire.messages import Reply
from support.meddling.acts import lost, reply
from support.together.house import House
from support.together.lines import CREDITS, SAY, SESSION, STATE, TOKEN
from support.together.refusing import BAD_GATEWAY, no

Act: TypeAlias = Callable[[NemoClient], Any]


def say(nemo: NemoClient) -> Any:
    """Send a message."""
    return nemo.chat("edit 20")


def ask(nemo: NemoClient) -> Any:
    """Ask for the credits."""
    return nemo.credits()


EITHER = pytest.mark.parametrize(("line", "act"), [(SAY, say), (CREDITS, ask)], ids=["say", "ask"])


NOS: tuple[tuple[type[APIRefusal], Reply], ...] = (
    (OutOfCredits, no(2001)),
    (UnsupportedFile, no(4001)),
    (FileTooLarge, no(4002)),
    (UnknownCode, no(7777)),
    (BadRequest, no(400, 400)),
    (ExportBlocked, no(402, 402)),
    (Forbidden, no(403, 403)),
    (NotFound, no(404, 404)),
    (Conflict, no(409, 409)),
    (Malformed, no(422, 422)),
    (RateLimited, no(429, 429, retry_after="604800")),
)


@EITHER
@pytest.mark.parametrize(("kind", "answer"), NOS, ids=[kind.__name__ for kind, _ in NOS])
def test_a_no_is_heard_once_and_costs_nothing(
    house: House, line: str, act: Act, kind: type[APIRefusal], answer: Reply
) -> None:
    """A refusal is definite: not asked again, no time lost, nothing charged."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(line, instead=answer)
    with pytest.raises(kind) as caught:
        act(nemo)

    assert type(caught.value) is kind
    assert caught.value.code == (7777 if kind is UnknownCode else kind.code)
    assert caught.value.endpoint == line
    assert (len(house.asked(line)), house.now()) == (1, 0)
    assert nemo.credits().total == 100


@EITHER
@pytest.mark.parametrize(("given", "wait"), [({"retry_after": "2"}, 2), ({}, 30)])
def test_a_rate_limit_is_waited_for_once(
    house: House, line: str, act: Act, given: dict[str, str], wait: float
) -> None:
    """429: "retry in 30 s once" (all four skills), or when the service says."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(line, instead=no(429, 429, **given))
    act(nemo)

    assert house.asked(line) == [0, wait]


@EITHER
def test_a_rate_limit_that_stays_is_an_error(house: House, line: str, act: Act) -> None:
    """Once, and not for ever; it costs nothing."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(line, instead=no(429, 429), nth=range(1, 3))
    with pytest.raises(RateLimited):
        act(nemo)

    assert house.asked(line) == [0, 30]
    assert nemo.credits().total == 100


def test_a_failing_gateway_is_asked_again_where_that_is_safe(house: House) -> None:
    """Half a second, a second; then it is an error without a page in it."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(CREDITS, instead=BAD_GATEWAY, nth=range(1, 4))
    with pytest.raises(ServerError) as caught:
        nemo.credits()

    assert house.asked(CREDITS) == [0, 0.5, 1.5]
    assert "<" not in str(caught.value)
    assert nemo.credits().total == 100


@pytest.mark.parametrize("fault", [BAD_GATEWAY, lost])
def test_a_call_that_is_safe_survives_two_faults(house: House, fault: Any) -> None:
    """Reading changes nothing, so it may be done again."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(STATE, instead=fault, nth=range(1, 3))

    assert nemo.state().draft == {}
    assert len(house.asked(STATE)) == 3


def test_a_request_that_a_proxy_gave_up_on_is_repeated_where_that_is_safe(house: House) -> None:
    """408 says nothing of what was done, so a question is asked again; for messages see `recovery`."""
    nemo = house.client()
    nemo.connect()
    house.meddler.on(CREDITS, instead=reply(408, "<html>Request Timeout</html>"))

    assert nemo.credits().total == 100
    assert house.asked(CREDITS) == [0, 0.5]


@pytest.mark.parametrize("line", [TOKEN, SESSION])
def test_a_call_that_makes_something_is_never_repeated(house: House, line: str) -> None:
    """It may have been carried out, and a second token is refused for a week."""
    house.meddler.on(line, instead=BAD_GATEWAY)
    with pytest.raises(ServerError):
        house.client().connect()

    assert house.asked(line) == [0]


def test_a_page_in_place_of_json_is_no_answer(house: House) -> None:
    """A captive portal answers 200 to everything."""
    house.meddler.on(CREDITS, instead=reply(200, "<html>Please log in</html>"))
    with pytest.raises(APIResponseError):
        house.client().credits()
