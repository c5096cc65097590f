"""Anonymous tokens: what comes with one, how long it lives, and who refuses it."""

from __future__ import annotations

import re

import httpx
import pytest

from nemovideo_pytest.contract.basis import costs, reading, rests_on
from nemovideo_pytest.contract.instants import DAY, WEEK, instant
from nemovideo_pytest.contract.messages import LOOP
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoClock

BALANCE = "/api/credits/balance/simple"

WORDS = {
    "missing": "missing authentication token",
    "unknown": "invalid authentication token|invalid token|invalid or expired|token not found",
    "expired": "token has expired|invalid or expired",
    "revoked": "token has been revoked",
}
"""What the vendor's own client looks for in a refusal (61387515119)."""


def said(reply: httpx.Response, why: str) -> bool:
    """Say whether a reply is 1001 in words that the vendor's client knows."""
    return re.search(WORDS[why], refused(reply, 1001), re.IGNORECASE) is not None


@rests_on("POST /api/auth/anonymous-token", "code 0", "token form", "user id form", "free credits")
def test_a_token_comes_with_a_user_and_credits(stranger: Visitor) -> None:
    """No body and no token are needed, only a client id."""
    reply = stranger.ask_token()
    told = data(reply)

    assert reply.status_code == 200
    assert re.fullmatch(r"nmv_usr_[A-Za-z0-9_-]{43}", told["token"])
    assert re.fullmatch(r"anon_[0-9a-f]+", told["user_id"])
    assert told["credits"] == 100
    assert type(told["credits"]) is int


@reading(token_ttl="7d")
@rests_on("POST /api/auth/anonymous-token", "token life", "token_ttl=7d")
def test_a_token_says_when_it_expires(stranger: Visitor, pace: Pace) -> None:
    """In seven days, as an instant with a Z."""
    now = stranger.service.now()
    expires = instant(data(stranger.ask_token())["expires_at"])

    assert WEEK - 1 <= expires - now <= WEEK + pace.slack


@rests_on("POST /api/auth/anonymous-token", "free credits", "GET /api/credits/balance/simple")
def test_the_credits_that_were_promised_are_there(stranger: Visitor) -> None:
    """A new account has its hundred credits, and nothing is frozen."""
    assert stranger.identify().credits() == {"available": 100, "frozen": 0, "total": 100}


@rests_on("POST /api/auth/anonymous-token")
def test_a_body_is_passed_over(stranger: Visitor) -> None:
    """The documents send none; whoever sends one gets a token, too."""
    assert data(stranger.ask_token(json={"anything": 1}))["token"].startswith("nmv_usr_")


@reading(require_client_id="on")
@pytest.mark.parametrize("sent", [None, ""], ids=["none", "empty"])
@rests_on("code 400", "require_client_id=on")
def test_a_client_says_who_it_is(http: httpx.Client, sent: str | None) -> None:
    """Without X-Client-Id the answer is 400, and names it."""
    headers = {} if sent is None else {"X-Client-Id": sent}
    reply = http.post("/api/auth/anonymous-token", headers=headers)

    assert reply.status_code == 400
    assert "X-Client-Id" in refused(reply, 400)


@reading(require_client_id="off", ip_limit=10, ip_window="7d")
@rests_on("require_client_id=off")
def test_where_no_client_id_is_needed_everybody_is_somebody_else(http: httpx.Client) -> None:
    """Two requests without one are two accounts, with all their credits."""
    told = [data(http.post("/api/auth/anonymous-token")) for _ in range(2)]

    assert len({one["user_id"] for one in told}) == 2
    assert len({one["token"] for one in told}) == 2
    assert [one["credits"] for one in told] == [100, 100]


@rests_on("client id")
def test_a_client_id_of_64_characters_is_taken(stranger: Visitor) -> None:
    """As long as the documents allow."""
    assert data(stranger.ask_token(stranger.client_id.ljust(64, "x")))["credits"] == 100


@rests_on("client id", "tokens per client")
def test_client_ids_that_differ_in_capitals_are_two_clients(stranger: Visitor) -> None:
    """An id is a string, compared as it is."""
    users = {
        data(stranger.ask_token(name))["user_id"]
        for name in (stranger.client_id, stranger.client_id.upper())
    }

    assert len(users) == 2


@rests_on("client id", "code 422")
def test_a_longer_client_id_is_refused_by_name(stranger: Visitor) -> None:
    """One character more is malformed."""
    names(stranger.ask_token("x" * 65), "X-Client-Id")


@reading(token_ttl="7d")
@pytest.mark.within(1)
@rests_on("token life", "code 1001")
def test_a_token_lives_seven_days(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """To the second: then it is refused, and the words say why."""
    nemo_clock.jump(WEEK - 1)
    assert visitor.get(BALANCE).json()["code"] == 0

    nemo_clock.jump(1)
    assert said(visitor.get(BALANCE), "expired")


@reading(token_ttl="never")
@rests_on("token_ttl=7d")
def test_a_token_may_last_for_ever(stranger: Visitor, nemo_clock: NemoClock) -> None:
    """Versions before 1.8 say that it does not expire."""
    told = data(stranger.ask_token())
    stranger.take(told["token"])
    nemo_clock.jump(400 * DAY)

    assert told["expires_at"] is None
    assert stranger.get(BALANCE).json()["code"] == 0


@pytest.mark.parametrize("path", [BALANCE, "/api/tokens", "/api/render/proxy/lambda/render_1"])
@rests_on("code 1001")
def test_no_token_is_no_access(http: httpx.Client, path: str) -> None:
    """Nothing but an anonymous token is given to somebody without one."""
    assert said(http.get(path), "missing")


@pytest.mark.parametrize(
    "token", ["nmv_usr_" + "x" * 43, "sk-123", "clm_" + "x" * 43, "nmv_usr_"], ids=str
)
@rests_on("code 1001")
def test_a_token_that_never_was_is_refused(stranger: Visitor, token: str) -> None:
    """Whatever it looks like."""
    assert said(stranger.take(token).get(BALANCE), "unknown")


@pytest.mark.parametrize("header", ["Basic bm1vOm1v", "Token {}", "{}"], ids=str)
@rests_on("code 1001")
def test_the_scheme_is_bearer(visitor: Visitor, header: str) -> None:
    """A good token under another scheme is none."""
    reply = visitor.get(BALANCE, headers={"Authorization": header.format(visitor.token)})

    assert said(reply, "unknown")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
@rests_on("GET /api/credits/balance/simple")
def test_the_scheme_is_read_in_any_case(visitor: Visitor, scheme: str) -> None:
    """As HTTP has it."""
    reply = visitor.get(BALANCE, headers={"Authorization": f"{scheme} {visitor.token}"})

    assert data(reply)["total"] >= 0


@pytest.mark.parametrize("name", ["authorization", "AUTHORIZATION"])
@rests_on("GET /api/credits/balance/simple")
def test_header_names_are_read_in_any_case(visitor: Visitor, name: str) -> None:
    """The same header under another spelling."""
    reply = visitor.http.get(BALANCE, headers={**visitor.headers, name: f"Bearer {visitor.token}"})

    assert data(reply)["total"] >= 0


@reading(client_limit="none", ip_limit="none")
@rests_on("same client again")
def test_a_client_that_asks_again_is_the_same_user(stranger: Visitor) -> None:
    """Another token for the same account; both work."""
    first, second = data(stranger.ask_token()), data(stranger.ask_token())

    assert first["user_id"] == second["user_id"]
    assert first["token"] != second["token"]
    assert second["credits"] == 100
    for told in (first, second):
        assert stranger.take(told["token"]).credits()["total"] == 100


@reading(token_ttl="7d", client_limit=1)
@costs(50)
@rests_on("same client again", "token life")
def test_an_account_is_filled_up_once_a_week(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """Whoever comes back after 7 days finds the sessions, and 100 credits: no more."""
    user = visitor.user
    visitor.say(LOOP)
    assert visitor.credits()["total"] == 50
    draft = visitor.draft()

    nemo_clock.jump(WEEK)
    told = data(visitor.ask_token())
    visitor.take(told["token"])

    assert told["credits"] == 100
    assert (visitor.user, visitor.draft()) == (user, draft)
    assert visitor.credits() == {"available": 100, "frozen": 0, "total": 100}


@reading(token_ttl="7d", client_limit=1)
@rests_on("same client again", "token life")
def test_what_nobody_spent_is_not_doubled(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """A hundred credits stay a hundred."""
    nemo_clock.jump(WEEK)
    visitor.identify()

    assert visitor.credits()["total"] == 100


@reading(token_ttl="7d", client_limit="none", ip_limit="none")
@costs(50)
@rests_on("same client again")
def test_a_second_token_within_the_week_brings_no_credits(visitor: Visitor) -> None:
    """The free credits come once in 7 days, however many tokens there are."""
    visitor.say(LOOP)

    assert data(visitor.ask_token())["credits"] == 50
