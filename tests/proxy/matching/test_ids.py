"""Where ids stand in requests and replies."""

from __future__ import annotations

import json

import pytest

from nemovideo_proxy.matching.ids import Id, in_head, in_json, made_in


def test_the_head_of_a_request_has_ids_in_headers_path_and_query() -> None:
    """`me` and nothing are nobody's; a signature is followed by nobody."""
    found = in_head(
        "/api/state/nemo_agent/me/s-1/latest",
        "ct=c-1&sig=x&session=&task_id=t%201",
        (("Authorization", "Bearer tok"), ("X-Client-Id", " me2 "), ("Cookie", "a=b")),
    )

    assert list(found) == [
        Id("token", "token", "tok"),
        Id("client", "client", "me2"),
        Id("session", "path session", "s-1"),
        Id("claim", "query ct", "c-1"),
        Id("task", "query task_id", "t 1"),
    ]


def test_a_body_has_ids_at_any_depth_and_an_order_its_render() -> None:
    """`id` is a render's at the top of an order, and nothing anywhere else."""
    body = {"id": "r", "sessionId": "s", "draft": [{"id": "seg", "user_id": "me", "task_id": 5}]}

    assert list(in_json(body, is_order=True)) == [
        Id("render", "$.id", "r"),
        Id("session", "$.sessionId", "s"),
    ]
    assert list(in_json(body, is_order=False)) == [Id("session", "$.sessionId", "s")]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"data": {"token": "t-1", "session_id": "s-1"}}),
        json.dumps({"text": json.dumps({"token": "t-1", "session_id": "s-1"})}),
        'data: {"token": "t-1"}\n\ndata:\n\ndata: {"session_id" : "s-1", "user_id": "me"}\n\n',
    ],
)
def test_what_the_service_made_is_found_in_json_and_in_events(body: str) -> None:
    """Also in JSON that is text in JSON."""
    assert made_in(body.encode()) == (("token", "t-1"), ("session", "s-1"))
