"""Each law of the contract notices who breaks it, and nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nemovideo_fakeserver.wire.messages import Head, Reply
from support.meddling.acts import reply
from support.together import laws
from support.together.laws import Law
from support.together.witness import Exchange

ATTRIBUTION = tuple((name, "x") for name in laws.ATTRIBUTION)
BEARER = ("authorization", "Bearer nmv_usr_secret")
YES = reply(200, {"code": 0, "data": {}})
LOST: Reply | None = None


def exchange(
    line: str,
    body: Any = None,
    *,
    at: float = 0,
    query: str = "",
    headers: tuple[tuple[str, str], ...] = (BEARER, *ATTRIBUTION),
    answer: Reply | None = YES,
) -> Exchange:
    """Return one exchange; `answer` None is none."""
    method, path = line.split()
    head = Head(method=method, path=path, query=query, headers=headers)
    data = b"" if body is None else json.dumps(body).encode()
    made = Exchange(head=head, at=at, body=data)
    if answer is not None:
        made.end(answer)
    return made


def say(text: str, answer: Reply | None = YES) -> Exchange:
    """Return a message."""
    return exchange("POST /run_sse", {"new_message": {"parts": [{"text": text}]}}, answer=answer)


def poll(at: float, answer: Reply | None = YES) -> Exchange:
    """Return a look at a render."""
    return exchange("GET /api/render/proxy/lambda/render_1", at=at, answer=answer)


def order(
    at: float, answer: Reply | None = YES, *, id_: str = "render_1", name: str = "sessionId"
) -> Exchange:
    """Return an order of a film."""
    return exchange("POST /api/render/proxy/lambda", {"id": id_, name: "1"}, at=at, answer=answer)


BAD_GATEWAY = reply(502, "<html></html>")
FORBIDDEN: dict[str, tuple[Law, list[Exchange]]] = {
    "no attribution": (
        laws.every_request_says_who_asks,
        [exchange("GET /api/credits/balance/simple", headers=(BEARER, *ATTRIBUTION[1:]))],
    ),
    "token to a link": (laws.no_link_gets_the_token, [exchange("GET /cdn/x", headers=(BEARER,))]),
    "attribution to a link": (
        laws.no_link_gets_the_token,
        [exchange("GET /cdn/x", headers=ATTRIBUTION)],
    ),
    "token in a URL": (
        laws.no_url_holds_the_token,
        [poll(0), exchange("GET /workspace/claim", query="token=nmv_usr_secret", headers=())],
    ),
    "message again": (laws.no_message_is_sent_twice, [say("hi"), say("hi")]),
    "message again after a loss": (laws.no_message_is_sent_twice, [say("hi", LOST), say("hi")]),
    "message again after a 502": (
        laws.no_message_is_sent_twice,
        [say("hi", BAD_GATEWAY), say("hi")],
    ),
    "export": (laws.no_message_asks_to_export, [say("Export it")]),
    "导出": (laws.no_message_asks_to_export, [say("请导出")]),
    "polls": (laws.nobody_asks_too_often_for_a_render, [poll(0), poll(15), poll(29)]),
    "session_id": (
        laws.renders_spell_it_session_id_in_camel_case,
        [order(0, name="session_id")],
    ),
    "render id again": (laws.no_render_id_is_used_twice, [order(0), order(30)]),
}
ALLOWED: dict[str, tuple[Law, list[Exchange]]] = {
    "a link without headers": (laws.no_link_gets_the_token, [exchange("GET /cdn/x", headers=())]),
    "a refused message again": (
        laws.no_message_is_sent_twice,
        [
            say("hi", reply(200, {"code": 1001})),
            say("hi", reply(200, {"code": 1002})),
            say("hi", reply(429, {"code": 429})),
            say("hi"),
        ],
    ),
    "a lost poll again": (
        laws.nobody_asks_too_often_for_a_render,
        [poll(0, LOST), poll(0.5, BAD_GATEWAY), poll(1.5), poll(31.5)],
    ),
    "a look of who resumes": (
        laws.nobody_asks_too_often_for_a_render,
        [poll(0), poll(30), poll(30), poll(60), poll(61), poll(91)],
    ),
    "an order nobody heard of": (laws.no_render_id_is_used_twice, [order(0, LOST), order(9)]),
    "two orders at one instant": (laws.no_render_id_is_used_twice, [order(5), order(5)]),
}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_a_law_that_is_broken_is_an_error(case: str) -> None:
    """It says what was wrong."""
    law, said = FORBIDDEN[case]

    with pytest.raises(AssertionError, match=r"\S"):
        law(said)


@pytest.mark.parametrize("case", ALLOWED)
def test_a_law_forbids_no_more_than_it_says(case: str) -> None:
    """What the documents allow passes."""
    law, said = ALLOWED[case]

    law(said)


def test_every_law_is_in_force() -> None:
    """None of them was forgotten in the list."""
    assert {law for law, _ in FORBIDDEN.values()} == set(laws.LAWS)
