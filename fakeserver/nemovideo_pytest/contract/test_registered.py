"""Accounts that have registered, or were given credits: what only who steers a fake can bring about."""

from __future__ import annotations

import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on, unrecorded
from nemovideo_pytest.contract.drafts import card
from nemovideo_pytest.contract.messages import LOOP, SCENE
from nemovideo_pytest.contract.replies import data, refused, seen
from nemovideo_pytest.contract.visitor import ATTRIBUTION, Visitor

pytestmark = unrecorded("who steers a fake is no client of NemoVideo")


def steer(visitor: Visitor, act: str, **body: object) -> None:
    """Do something to the account of a visitor; skips where there is no fake to steer."""
    if visitor.service.fake is None:
        pytest.skip("nobody can be registered, or given credits, on a service that is no fake")
    path = f"/__fake__/accounts/{visitor.user}/{act}"
    assert visitor.http.post(path, json=body).status_code == 200


@costs(50)
@rests_on("registering", "account plans")
def test_who_registers_keeps_everything(visitor: Visitor) -> None:
    """The session with its work, the credits, and the token."""
    visitor.say(LOOP)
    before = visitor.draft(), visitor.credits()
    steer(visitor, "upgrade")

    assert (visitor.draft(), visitor.credits()) == before


@rests_on("user id of a registered account", "registering")
def test_a_registered_user_is_no_anonymous_one(visitor: Visitor) -> None:
    """The id begins with `user_`; the one before still means the account."""
    before = visitor.user
    steer(visitor, "upgrade")
    after = visitor.user

    assert before.startswith("anon_")
    assert after == before.replace("anon_", "user_")
    for user in (before, after, "me"):
        assert data(visitor.ask_state(user=user))["user_id"] == after


@reading(web_base="nemovideo.com", costs="100/50/0")
@costs(100)
@rests_on("code 2001", "registering")
def test_a_registered_user_is_told_to_top_up(visitor: Visitor) -> None:
    """There is nothing to register for any more."""
    steer(visitor, "upgrade")
    visitor.say(SCENE)
    message = refused(visitor.try_saying(SCENE), 2001)

    assert "bind=" not in message
    assert "top up at nemovideo.com" in message.lower()


@reading(free_plan_export="block")
@rests_on("account plans", "free_plan_export=block", "code 402")
def test_a_registered_user_exports_on_a_paid_plan(visitor: Visitor) -> None:
    """Registering unlocks the export, unless it is for another free plan."""
    refused(visitor.order(draft={}), 402)
    steer(visitor, "upgrade", plan="free")
    refused(visitor.order(draft={}), 402)
    steer(visitor, "upgrade", plan="paid")

    assert seen(visitor.order(draft={})).status == "pending"


@reading(attribution_mode="exhausted", costs="100/50/0")
@costs(100)
@rests_on("attribution_mode=exhausted", "registering")
def test_a_registered_user_without_credits_exports_without_headers(visitor: Visitor) -> None:
    """CHANGELOG 1.5 speaks of anonymous users alone."""
    visitor.say(SCENE)
    for name in ATTRIBUTION:
        del visitor.headers[name]
    refused(visitor.order(draft=card()), 402)
    steer(visitor, "upgrade")

    assert seen(visitor.order(draft=card())).status == "pending"


@reading(anon_scopes="read,write,upload")
@rests_on("registering", "account plans", "anonymous scopes")
def test_a_token_may_no_less_than_before(visitor: Visitor) -> None:
    """It rendered as an anonymous one, so it renders still."""
    steer(visitor, "upgrade")
    (token,) = data(visitor.get("/api/tokens"))["tokens"]

    assert set(token["scopes"]) == {"read", "write", "upload", "render"}
    assert seen(visitor.order(draft={})).status == "pending"


@rests_on("rendering without the scope", "code 403", "managed tokens")
def test_a_registered_user_renders_with_the_scope_alone(visitor: Visitor) -> None:
    """`write` renders for anonymous accounts only."""
    steer(visitor, "upgrade")
    writer = visitor.with_token(visitor.new_token("read", "write")["token"])

    refused(writer.order(draft={}), 403)


@reading(costs="100/50/0")
@costs(150)
@rests_on("prices", "GET /api/credits/balance/simple", "frozen credits")
def test_given_credits_are_there_to_be_spent(visitor: Visitor) -> None:
    """A generation and an edit: 150 of 300."""
    steer(visitor, "grant", credits=200)
    assert visitor.credits() == {"available": 300, "frozen": 0, "total": 300}
    visitor.say(SCENE)
    visitor.say("set the music to 20%")

    assert visitor.credits() == {"available": 150, "frozen": 0, "total": 150}


@reading(costs="100/50/0")
@costs(200)
@rests_on("prices", "a generation with edits", "second edit while the first runs")
def test_a_generation_pays_for_no_edit(visitor: Visitor) -> None:
    """An edit behind a running generation freezes its own 50 beside the 100."""
    steer(visitor, "grant", credits=100)
    with visitor.saying(SCENE) as stream:
        visitor.leave("set the music to 20%")
        both = visitor.credits()
        for _ in stream:
            pass
    visitor.service.sleep(31)

    assert both == {"available": 50, "frozen": 150, "total": 200}
    assert visitor.credits() == {"available": 50, "frozen": 0, "total": 50}
