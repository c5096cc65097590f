"""Exchanges: what of a request reaches httpx, what of a response reaches the flow."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
import pytest

from nemovideo_client.errors import APIResponseError
from nemovideo_client.wire.messages import Answer, Request
from nemovideo_client.wire.steps import Close, Flow, Now, Open, Read, Send, Show, Sleep
from support.driving import BASE, NOON, TIMEOUT, Drive, Pieces

GET = Request(method="GET", url="/a/b?c=d")
POST = Request(method="POST", url="/x", headers=(("X-One", "1"),), json={"é": None})
LINK = Request(method="GET", url="https://cdn.test/film.mp4")


def once(step: Send | Open) -> Flow[Answer]:
    """A flow of one step."""
    answer: Answer = yield step
    return answer


def whole(step: Open) -> Flow[tuple[Answer, bytes]]:
    """Open a stream and read it to its end."""
    answer: Answer = yield step
    body = b""
    while (piece := (yield Read())) is not None:
        body += piece
    return answer, body


class Told:
    """Answers every request the same, and keeps the requests."""

    def __init__(self, status: int = 200, **arguments: Any) -> None:
        self.requests: list[httpx.Request] = []
        self._response: Callable[[], httpx.Response] = partial(httpx.Response, status, **arguments)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Keep it, and answer."""
        self.requests.append(request)
        return self._response()


@pytest.mark.parametrize(
    ("request_", "method", "url"),
    [(GET, "GET", f"{BASE}/a/b?c=d"), (POST, "POST", f"{BASE}/x"), (LINK, "GET", LINK.url)],
)
def test_requests(drive: Drive, request_: Request, method: str, url: str) -> None:
    """A path is put below the base URL, an absolute URL stays; headers and JSON go as they are."""
    service = Told()

    drive(once(Send(request_)), service)

    (sent,) = service.requests
    assert (sent.method, str(sent.url)) == (method, url)
    assert {name: sent.headers[name] for name, _ in request_.headers} == dict(request_.headers)
    assert (json.loads(sent.content) if sent.content else None) == request_.json


def test_answers(drive: Drive) -> None:
    """Status, body, and headers with their names in lower case, each value on its own."""
    headers = [("X-Request-Id", "r1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]

    _, answer = drive(once(Send(GET)), Told(418, headers=headers, content=b"tea"))

    assert (answer.status, answer.body, answer.request_id) == (418, b"tea", "r1")
    assert [value for name, value in answer.headers if name == "set-cookie"] == ["a=1", "b=2"]


def test_streams(drive: Drive) -> None:
    """The head comes first and without body; then pieces to the end."""
    service = Told(
        headers={"content-type": "text/event-stream"}, stream=Pieces([b"data", b": 1\n"])
    )

    _, (answer, body) = drive(whole(Open(GET, 1)), service)

    assert (answer.status, answer.body, body) == (200, b"", b"data: 1\n")
    assert answer.header("content-type") == "text/event-stream"


def test_timeouts(drive: Drive) -> None:
    """An ordinary answer is waited for as long as the client says, a stream as long as it may be silent."""
    service = Told()

    drive(once(Send(GET)), service)
    drive(once(Open(GET, 300)), service)

    plain = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT)
    assert [request.extensions["timeout"] for request in service.requests] == [
        plain,
        plain | {"read": 300},
    ]


def test_nothing_is_read_where_nothing_is_open(drive: Drive) -> None:
    """A read without a stream, or after it was closed, is the end."""

    def flow() -> Flow[list[Any]]:
        before = yield Read()
        yield Open(GET, 1)
        yield Close()
        return [before, (yield Read())]

    assert drive(flow(), Told(content=b"x"))[1] == [None, None]


def test_time_and_showing(drive: Drive) -> None:
    """Now and Sleep are the clock's given, what is shown comes out in order."""

    def flow() -> Flow[float]:
        yield Show(1)
        yield Sleep(5)
        yield Show(None)
        now: float = yield Now()
        return now

    assert drive(flow(), Told()) == ([1, None], NOON)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("kind", ["send", "open"])
def test_the_api_does_not_redirect(drive: Drive, status: int, kind: str) -> None:
    """A redirect of the API is an answer: the token must not follow it elsewhere."""
    service = Told(status, headers={"location": "https://evil.test/"})
    step = Send(GET) if kind == "send" else Open(GET, 1)

    _, answer = drive(once(step), service)

    assert answer.status == status
    assert len(service.requests) == 1


def test_links_may_redirect(drive: Drive) -> None:
    """A film's link is followed to where the film is."""

    def service(request: httpx.Request) -> httpx.Response:
        if request.url.host == "cdn.test":
            return httpx.Response(302, headers={"location": "https://edge.test/film.mp4"})
        assert "authorization" not in request.headers
        return httpx.Response(200, content=b"film")

    _, (answer, body) = drive(whole(Open(LINK, 1)), service)

    assert (answer.status, body) == (200, b"film")


def test_an_answer_without_end_is_given_up(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole answer has a bound, so that no service can fill the memory."""
    for module in ("blocking", "aio"):
        monkeypatch.setattr(f"nemovideo_client.drive.{module}.LARGEST", 1 << 20)
    endless = Pieces([b"x" * 65_536] * 1_000)

    with pytest.raises(APIResponseError, match="larger than 1 MB"):
        drive(once(Send(GET)), lambda _: httpx.Response(200, stream=endless))
