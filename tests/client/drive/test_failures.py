"""Every exception of httpx becomes one of ours, which knows whether the request may have left."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from nemovideo_client.errors import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    NemoError,
    UsageError,
)
from nemovideo_client.wire.messages import Request
from nemovideo_client.wire.steps import Flow, Open, Read, Send
from support.driving import Drive, Pieces

GET = Request(method="GET", url="/a")
NEVER_LEFT = {
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
}


def leaves(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Return the classes below one that have none below them."""
    below = kind.__subclasses__()
    yield from (leaf for one in below for leaf in leaves(one))
    if not below:
        yield kind


FAILURES = sorted(leaves(httpx.RequestError), key=lambda kind: kind.__name__)


def send() -> Flow[NemoError]:
    """Send, and return what was thrown."""
    return (yield from caught(Send(GET)))


def caught(step: Send | Open) -> Flow[NemoError]:
    """Ask for one step, and return what was thrown instead of an answer."""
    try:
        yield step
        yield Read()
    except NemoError as error:
        return error
    raise AssertionError("nothing was thrown")


@pytest.mark.parametrize("step", [Send(GET), Open(GET, 1)], ids=["send", "open"])
@pytest.mark.parametrize("kind", FAILURES, ids=lambda kind: kind.__name__)
def test_every_failure_of_httpx(
    drive: Drive, kind: type[httpx.RequestError], step: Send | Open
) -> None:
    """Not sent only where no byte can have left; a timeout is one; the cause stays visible."""

    def service(request: httpx.Request) -> httpx.Response:
        raise kind("no", request=request)

    _, error = drive(caught(step), service)

    assert isinstance(error, APIConnectionError)
    assert isinstance(error, APITimeoutError) == issubclass(kind, httpx.TimeoutException)
    assert error.sent == (kind not in NEVER_LEFT)
    assert isinstance(error.__cause__, kind)


def test_all_kinds_are_known() -> None:
    """The table is not empty, and what never left is part of it."""
    assert set(FAILURES) >= NEVER_LEFT
    assert httpx.ReadTimeout in FAILURES


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (httpx.ReadTimeout("silence"), APITimeoutError),
        (httpx.ReadError("reset"), APIConnectionError),
        (httpx.RemoteProtocolError("cut"), APIConnectionError),
        (httpx.StreamClosed(), APIConnectionError),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_stream_that_breaks(drive: Drive, problem: Exception, kind: type[NemoError]) -> None:
    """While a stream is read the request has left, whatever happens."""

    def flow() -> Flow[tuple[bytes, NemoError]]:
        yield Open(GET, 1)
        piece: bytes = yield Read()
        try:
            yield Read()
        except NemoError as error:
            return piece, error
        raise AssertionError("nothing was thrown")

    stream = Pieces([b"a", problem])

    _, (piece, error) = drive(flow(), lambda _: httpx.Response(200, stream=stream))

    assert piece == b"a"
    assert type(error) is kind
    assert isinstance(error, APIConnectionError)
    assert error.sent
    assert stream.closed


NONSENSE = ["https://[zz]", "https://cdn.test:abc", "https://xn--"]


@pytest.mark.parametrize("url", NONSENSE)
def test_a_link_that_makes_no_sense(drive: Drive, url: str) -> None:
    """It came in a reply, so it is the service's mistake, and not the caller's."""
    step = Open(Request(method="GET", url=f"{url}/film.mp4"), 1)

    _, error = drive(caught(step), lambda _: httpx.Response(200))

    assert isinstance(error, APIResponseError)


@pytest.mark.parametrize("url", NONSENSE)
def test_a_base_url_that_makes_no_sense(drive: Drive, url: str) -> None:
    """It is the caller's to mend."""
    _, error = drive(send(), lambda _: httpx.Response(200), base_url=url)

    assert isinstance(error, UsageError)


def test_what_is_no_failure_of_the_network_passes(drive: Drive) -> None:
    """A bug in a transport is not dressed up."""

    def service(_: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drive(send(), service)
