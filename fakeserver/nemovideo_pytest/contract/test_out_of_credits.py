"""What cannot be paid: refused before anything, with a way to get more."""

from __future__ import annotations

import re

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.messages import LOOP, SCENE
from nemovideo_pytest.contract.replies import refused
from nemovideo_pytest.contract.visitor import Visitor

PRICES = reading(costs="100/50/0")


@PRICES
@costs(100)
@rests_on("code 2001", "POST /run_sse")
def test_what_cannot_be_paid_is_refused_before_anything(visitor: Visitor) -> None:
    """As JSON instead of a stream; neither balance nor session change."""
    visitor.say(SCENE)
    before = visitor.credits(), visitor.state()
    reply = visitor.try_saying("Make a 30-second lo-fi loop")

    refused(reply, 2001)
    assert (visitor.credits(), visitor.state()) == before


@PRICES
@costs(50)
@rests_on("code 2001", "prices")
def test_a_generation_is_refused_where_only_an_edit_can_be_paid(another: NewVisitor) -> None:
    """50 are not 100; what 50 can pay goes on."""
    visitor = another()
    visitor.say(LOOP)

    refused(visitor.try_saying(SCENE), 2001)
    visitor.open()
    refused(visitor.try_saying(SCENE), 2001)
    assert visitor.spends(LOOP) == [50]


@PRICES
@pytest.mark.within(50)
@costs(100)
@rests_on("code 2001", "frozen credits", "freeze and settle")
def test_what_is_frozen_cannot_be_spent_again(another: NewVisitor) -> None:
    """While a generation runs, all is frozen, in every session of the account."""
    visitor = another()
    with visitor.saying(SCENE):
        visitor.open()
        refused(visitor.try_saying(LOOP), 2001)

        assert visitor.credits() == {"available": 0, "frozen": 100, "total": 100}


@PRICES
@costs(100)
@rests_on("code 2001", "GET /register", "user id form")
def test_an_anonymous_user_is_shown_where_to_register(visitor: Visitor) -> None:
    """The message has the link with `?bind=` and the user id."""
    visitor.say(SCENE)
    message = refused(visitor.try_saying(SCENE), 2001)

    (link,) = re.findall(r"https?://\S+", message)
    assert link.endswith(f"/register?bind={visitor.user}")


@pytest.mark.parametrize(
    "site",
    [
        pytest.param(site, marks=reading(web_base=site, costs="100/50/0"))
        for site in ("nemovideo.com", "nemovideo.ai")
    ],
)
@costs(100)
@rests_on("web_base=nemovideo.com", "web_base=nemovideo.ai", "code 2001")
def test_the_link_may_lead_to_the_vendors_site(visitor: Visitor, site: str) -> None:
    """Which one, documents differ."""
    visitor.say(SCENE)
    message = refused(visitor.try_saying(SCENE), 2001)

    assert f"https://{site}/register?bind={visitor.user}" in message


@reading(web_base="here", costs="100/50/0")
@costs(100)
@rests_on("web_base=here", "code 2001", "GET /register")
def test_the_link_may_lead_here(visitor: Visitor) -> None:
    """To a page of the service itself, which is there."""
    visitor.say(SCENE)
    (link,) = re.findall(r"https?://\S+", refused(visitor.try_saying(SCENE), 2001))

    assert link.startswith(visitor.service.base_url)
    assert visitor.fetch(link).status_code == 200
