"""The three headers that every skill sends, and what their lack costs: an export, or more."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import ASK, SCENE
from nemovideo_pytest.contract.replies import refused, seen
from nemovideo_pytest.contract.visitor import ATTRIBUTION, Visitor

HEADERS = tuple(ATTRIBUTION)
NONE: dict[str, Any] = dict.fromkeys(HEADERS)
ALWAYS = reading(attribution_mode="always", free_plan_export="allow")
EXHAUSTED = reading(attribution_mode="exhausted", free_plan_export="allow")
AUTH = reading(attribution_mode="auth")


def export(visitor: Visitor, headers: dict[str, Any]) -> Any:
    """Order a render with these headers besides the token."""
    return visitor.post("/api/render/proxy/lambda", visitor.order_body(draft={}), headers=headers)


@ALWAYS
@pytest.mark.parametrize("value", [None, ""], ids=["missing", "empty"])
@pytest.mark.parametrize("header", HEADERS)
@rests_on("code 402", "attribution_mode=always")
def test_an_export_needs_every_header(visitor: Visitor, header: str, value: str | None) -> None:
    """One that lacks is 402, and is named."""
    reply = export(visitor, {header: value})

    assert reply.status_code == 402
    assert header in refused(reply, 402)


@ALWAYS
@rests_on("code 402", "attribution_mode=always")
def test_a_blocked_export_orders_nothing(visitor: Visitor) -> None:
    """The id is free afterwards."""
    body = visitor.order_body(draft={})
    refused(visitor.post("/api/render/proxy/lambda", body, headers=NONE), 402)

    assert seen(visitor.post("/api/render/proxy/lambda", body)).id == body["id"]


@ALWAYS
@rests_on("attribution_mode=always")
def test_the_headers_are_read_in_any_case(visitor: Visitor) -> None:
    """As HTTP has it."""
    lower = {name.lower(): value for name, value in ATTRIBUTION.items()}

    assert seen(export(visitor, {**NONE, **lower})).status == "pending"


@ALWAYS
@rests_on("attribution_mode=always")
def test_only_an_export_needs_them(visitor: Visitor) -> None:
    """All else goes without."""
    for name in HEADERS:
        del visitor.headers[name]

    assert visitor.say(ASK).texts
    assert visitor.upload_urls("https://example.com/a.mp4").json()["code"] == 0
    assert visitor.open().credits()["total"] >= 0


@EXHAUSTED
@rests_on("attribution_mode=exhausted")
def test_with_credits_an_export_may_go_without(visitor: Visitor) -> None:
    """CHANGELOG 1.5 speaks of anonymous users whose credits are used up."""
    assert seen(export(visitor, NONE)).status == "pending"


@EXHAUSTED
@costs(100)
@rests_on("attribution_mode=exhausted", "code 402")
def test_without_credits_an_export_needs_them(visitor: Visitor) -> None:
    """And goes with them."""
    visitor.say(SCENE)

    refused(export(visitor, NONE), 402)
    assert seen(export(visitor, {})).status == "pending"


@AUTH
@pytest.mark.parametrize("header", HEADERS)
@rests_on("attribution_mode=auth", "code 1001")
def test_without_them_a_token_may_be_no_good(visitor: Visitor, header: str) -> None:
    """Version 1.9: auth failures."""
    del visitor.headers[header]
    for reply in (
        visitor.get("/api/credits/balance/simple"),
        visitor.ask_state(),
        visitor.ask_session(),
        visitor.try_saying(ASK),
        visitor.upload_urls("https://example.com/a.mp4"),
        visitor.poll("render_1"),
        visitor.get("/api/tokens"),
    ):
        assert header in refused(reply, 1001)


@AUTH
@rests_on("attribution_mode=auth", "code 402")
def test_without_them_an_export_is_blocked_all_the_same(visitor: Visitor) -> None:
    """Version 1.9: or export 402."""
    refused(export(visitor, NONE), 402)


@AUTH
@rests_on("attribution_mode=auth", "POST /api/auth/anonymous-token")
def test_the_first_token_needs_none(stranger: Visitor) -> None:
    """It is asked for with a client id alone."""
    assert stranger.ask_token().json()["code"] == 0


@reading(attribution_mode="off", free_plan_export="allow")
@rests_on("attribution_mode=off")
def test_before_there_were_headers_nobody_asked_for_them(visitor: Visitor) -> None:
    """Version 4.6 brought them."""
    assert seen(export(visitor, NONE)).status == "pending"


@reading(free_plan_export="allow")
@rests_on("free_plan_export=allow", "POST /api/render/proxy/lambda")
def test_the_free_plan_may_export(visitor: Visitor) -> None:
    """Export is free."""
    assert seen(export(visitor, {})).status == "pending"


@reading(free_plan_export="block", web_base="nemovideo.com")
@rests_on("free_plan_export=block", "code 402")
def test_the_free_plan_may_not_export(visitor: Visitor) -> None:
    """402: a matter of the subscription, not of credits; registering is what helps."""
    reply = export(visitor, {})

    assert reply.status_code == 402
    message = refused(reply, 402)
    assert "plan" in message
    assert "nemovideo.com" in message
    assert "register" in message.lower()
