"""Which no comes first where several would be right: who asks, then whether it may, then what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, SCENE
from nemovideo_pytest.contract.replies import refused
from nemovideo_pytest.contract.visitor import ATTRIBUTION, Visitor

BROKEN = b'{"a":'
PROTECTED = (
    "/api/tasks/me/with-session/nemo_agent",
    "/run_sse",
    "/api/upload-video/nemo_agent/me/9999999999999999999",
    "/api/render/proxy/lambda",
    "/api/tokens",
)
ALWAYS = reading(attribution_mode="always", free_plan_export="allow")


@pytest.mark.parametrize("path", PROTECTED)
@rests_on("code 1001", "code 422")
def test_who_asks_comes_before_what_is_said(stranger: Visitor, path: str) -> None:
    """1001, whatever the body; no body is read of somebody unknown."""
    refused(stranger.take("nmv_usr_nobody").ask("POST", path, content=BROKEN), 1001)


@pytest.mark.parametrize("path", PROTECTED)
@rests_on("code 403", "code 422")
def test_what_a_token_may_comes_before_what_is_said(visitor: Visitor, path: str) -> None:
    """403 to whoever may only read."""
    reader = visitor.with_token(visitor.new_token("read")["token"])

    refused(reader.ask("POST", path, content=BROKEN), 403)


@rests_on("code 1002", "code 422", "POST /api/upload-video/nemo_agent/{user}/{session}")
def test_the_session_of_an_upload_comes_before_its_body(visitor: Visitor) -> None:
    """Not a byte is taken for a session that is not there."""
    visitor.session = "9" * 19

    refused(visitor.ask("POST", visitor.upload_path, content=BROKEN), 1002)


@pytest.mark.nemo_target("fake")
@rests_on("code 1002", "POST /api/upload-video/nemo_agent/{user}/{session}")
def test_nothing_is_read_for_a_session_that_is_not_there(visitor: Visitor) -> None:
    """Whoever sends half a gigabyte hears so first; only in-process can one see that nobody reads."""
    read = []

    def film() -> Iterator[bytes]:
        read.append("a piece")
        yield b"film"

    visitor.session = "9" * 19
    form = {"Content-Type": "multipart/form-data; boundary=x"}

    refused(visitor.ask("POST", visitor.upload_path, content=film(), headers=form), 1002)
    assert read == []


@ALWAYS
@rests_on("code 402", "code 422", "attribution_mode=always")
def test_whether_an_export_is_allowed_comes_before_what_is_ordered(visitor: Visitor) -> None:
    """402, whatever the body."""
    none: dict[str, Any] = dict.fromkeys(ATTRIBUTION)

    refused(visitor.ask("POST", "/api/render/proxy/lambda", content=BROKEN, headers=none), 402)


@ALWAYS
@rests_on("code 402", "code 1001", "attribution_mode=always")
def test_a_bad_token_comes_before_a_blocked_export(stranger: Visitor) -> None:
    """1001: nobody exports, with or without headers."""
    stranger.headers = {"Authorization": "Bearer nmv_usr_nobody"}

    refused(stranger.post("/api/render/proxy/lambda", {}), 1001)


@ALWAYS
@rests_on("code 402", "code 403", "attribution_mode=always")
def test_a_missing_scope_comes_before_a_blocked_export(visitor: Visitor) -> None:
    """403: this token renders nothing."""
    reader = visitor.with_token(visitor.new_token("read")["token"])
    for name in ATTRIBUTION:
        del reader.headers[name]

    refused(reader.post("/api/render/proxy/lambda", {}), 403)


@rests_on("code 1002", "code 422", "POST /run_sse")
def test_the_session_of_a_message_comes_before_its_text(visitor: Visitor) -> None:
    """A message without words in no session is first of all in no session."""
    refused(visitor.try_saying("", session_id="9" * 19), 1002)


@rests_on("code 1002", "code 422", "POST /api/render/proxy/lambda")
def test_the_session_of_an_order_comes_before_its_draft(visitor: Visitor) -> None:
    """An order without a draft for no session is 1002."""
    refused(visitor.order(sessionId="9" * 19, draft=None), 1002)


@costs(100)
@rests_on("code 2001", "code 422", "POST /run_sse")
def test_what_is_said_comes_before_whether_it_can_be_paid(visitor: Visitor) -> None:
    """Without credits, a message without words is malformed still; talk goes on."""
    visitor.say(SCENE)

    refused(visitor.try_saying(" "), 422)
    refused(visitor.try_saying("add a title 'Hello'"), 2001)
    assert visitor.say(ASK).texts


@rests_on("code 1002", "code 2001")
def test_the_session_comes_before_the_price(visitor: Visitor, another: NewVisitor) -> None:
    """In somebody else's session nothing has a price."""
    other = another()
    other.session = visitor.session

    refused(other.try_saying(SCENE), 1002)
    assert other.credits()["frozen"] == 0
