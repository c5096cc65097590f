"""What a whole answer comes to: the forms of yes, the forms of nonsense, and the heads of streams."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nemovideo_client.errors import APIResponseError
from nemovideo_client.models import Credits
from nemovideo_client.wire import calls
from nemovideo_client.wire.envelope import check_film, check_stream, unwrap
from nemovideo_client.wire.messages import Answer, Call, Request

SEVEN = Credits(available=7, total=7)

YES: dict[str, Any] = {
    "52127510908, code": {"code": 0, "data": {"available": 7}},
    "code as text": {"code": "0", "data": {"available": 7}},
    "no code": {"code": None, "data": {"available": 7}},
    "with a message": {"code": 0, "message": "ok", "data": {"available": 7}},
    "52127510908, success": {"success": True, "data": {"available": 7}},
    "51965008902, bare": {"available": 7},
    "beside data": {"code": 0, "data": None, "available": 7},
    "inside wins": {"available": 1, "data": {"available": 7}},
}


@pytest.mark.parametrize("body", YES.values(), ids=YES)
def test_each_form_of_yes_is_opened(body: Any) -> None:
    """Every documented envelope gives what is inside."""
    assert unwrap(Answer(status=200, body=json.dumps(body).encode()), calls.credits()) == SEVEN


def test_any_status_of_success_will_do() -> None:
    """201 is as good as 200."""
    body = b'{"code":0,"data":{"available":7}}'

    assert unwrap(Answer(status=201, body=body), calls.credits()) == SEVEN


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_no_body_is_a_yes_where_nothing_is_needed(body: bytes) -> None:
    """A cancellation that is answered with 204 worked; a balance without a body cannot be read."""
    nothing = Answer(status=204, body=body)

    assert unwrap(nothing, calls.cancel_render("r")).status == "cancelled"
    with pytest.raises(APIResponseError, match="no usable available"):
        unwrap(nothing, calls.credits())


NONSENSE: dict[str, bytes] = {
    "a page": b"<html><body>Welcome to nginx!</body></html>",
    "cut off": b'{"code":0,"data":{"avail',
    "a list": b'[{"available":7}]',
    "a text": b'"available"',
    "null": b"null",
    "no text": b"\xff\xfe\x00",
    "too deep": b"[" * 200_000,
    "too many digits": b'{"available":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_told_in_a_sentence(body: bytes) -> None:
    """A success that is not a JSON object is an error in plain words, with nothing of the body in it."""
    nonsense = Answer(status=200, headers=(("x-request-id", "req-1"),), body=body)

    with pytest.raises(APIResponseError) as caught:
        unwrap(nonsense, calls.credits())

    assert caught.value.message == "The answer is not a JSON object"
    assert (caught.value.endpoint, caught.value.request_id) == (calls.credits().endpoint, "req-1")


@pytest.mark.parametrize("data", ["5", "[]", '"x"', "true"])
def test_data_of_another_kind_is_told_in_a_sentence(data: str) -> None:
    """Where an object is documented, nothing else is read."""
    other = Answer(status=200, body=f'{{"code":0,"data":{data}}}'.encode())

    with pytest.raises(APIResponseError, match="not what the documents show"):
        unwrap(other, calls.credits())


def test_a_reader_that_stumbles_gives_nothing_away() -> None:
    """The error of a reader may hold the raw value; neither its text nor its cause is passed on."""
    call = Call(
        endpoint="GET /x", request=Request(method="GET", url="/x"), read=lambda d: int(d["n"])
    )

    with pytest.raises(APIResponseError) as caught:
        unwrap(Answer(status=200, body=b'{"n":"nmv_usr_1"}'), call)

    assert "nmv_usr_1" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_result_of_any_type_is_handed_on() -> None:
    """A result that is none of the models has no place for a request id, and needs none."""
    call = Call(endpoint="GET /x", request=Request(method="GET", url="/x"), read=lambda d: d["n"])
    told = Answer(status=200, headers=(("x-request-id", "req-1"),), body=b'{"n":1}')

    assert unwrap(told, call) == 1


HEADS: list[tuple[int, str | None, bool, bool]] = [
    # The status and type of a head, whether it begins an event stream, whether it begins a film.
    (200, "text/event-stream", True, False),
    (200, "Text/Event-Stream; charset=utf-8", True, False),
    (500, "text/event-stream", False, False),
    (200, "application/json", False, False),
    (200, "application/problem+json; charset=utf-8", False, False),
    (200, "text/html", False, False),
    (200, "video/mp4", False, True),
    (206, "video/mp4", False, False),
    (200, "application/octet-stream", False, True),
    (200, None, False, True),
    (404, "video/mp4", False, False),
]


@pytest.mark.parametrize(("status", "kind", "stream", "film"), HEADS)
def test_a_head_tells_a_stream_from_words(
    status: int, kind: str | None, stream: bool, film: bool
) -> None:
    """Refusals come as JSON with HTTP 200, too: the type decides what is read as a stream or saved."""
    head = Answer(status=status, headers=(("content-type", kind),) if kind else ())

    assert (check_stream(head), check_film(head)) == (stream, film)
