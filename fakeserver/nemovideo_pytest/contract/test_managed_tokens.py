"""Further tokens of an account: made, listed, revoked."""

from __future__ import annotations

from typing import Any

import pytest

from nemovideo_pytest.contract.accounts import NewVisitor
from nemovideo_pytest.contract.basis import reading, rests_on
from nemovideo_pytest.contract.instants import DAY, instant
from nemovideo_pytest.contract.pace import Pace
from nemovideo_pytest.contract.replies import data, names, refused
from nemovideo_pytest.contract.visitor import Visitor
from nemovideo_pytest.steering import NemoClock

FIELDS = {"id", "name", "scopes", "created_at", "expires_at", "revoked"}
USUAL = reading(anon_scopes="read,write,upload", token_ttl="7d")


def listed(visitor: Visitor) -> list[dict[str, Any]]:
    """Return the tokens of a visitor's account."""
    tokens: list[dict[str, Any]] = data(visitor.get("/api/tokens"))["tokens"]
    return tokens


@rests_on("POST /api/tokens", "managed tokens", "token form")
def test_a_further_token_is_described_and_shown(visitor: Visitor, pace: Pace) -> None:
    """Name, scopes, times and, this once, its value; it lives 90 days unless asked."""
    now = visitor.service.now()
    made = visitor.new_token("read", name="Mein Laptop 电脑")

    assert set(made) == FIELDS | {"token"}
    assert (made["name"], made["scopes"], made["revoked"]) == ("Mein Laptop 电脑", ["read"], False)
    assert made["token"].startswith("nmv_usr_")
    assert len(made["token"]) == len("nmv_usr_") + 43
    assert -1 <= instant(made["created_at"]) - now <= pace.slack
    assert instant(made["expires_at"]) - instant(made["created_at"]) == 90 * DAY


@rests_on("POST /api/tokens")
def test_a_further_token_is_for_the_same_account(visitor: Visitor) -> None:
    """Whoever has it sees the same sessions and the same balance."""
    other = visitor.with_token(visitor.new_token("read")["token"])

    assert other.user == visitor.user
    assert other.credits() == visitor.credits()


@USUAL
@rests_on("POST /api/tokens", "managed tokens", "anonymous scopes")
def test_a_further_token_may_what_the_first_may(visitor: Visitor) -> None:
    """Where no scopes are asked for, they are the caller's."""
    assert visitor.new_token()["scopes"] == ["read", "write", "upload"]


@pytest.mark.parametrize("days", [1, 30, 30.0, 3650])
@rests_on("POST /api/tokens", "managed tokens")
def test_a_further_token_lives_as_long_as_asked(visitor: Visitor, days: float) -> None:
    """In whole days."""
    made = visitor.new_token("read", expires_in_days=days)

    assert instant(made["expires_at"]) - instant(made["created_at"]) == days * DAY


@pytest.mark.parametrize("days", [0, -1, 3651, 1.5, "90", True, None])
@rests_on("POST /api/tokens", "managed tokens", "code 422")
def test_no_other_number_of_days_is_taken(visitor: Visitor, days: Any) -> None:
    """Whole numbers from 1 to 3650."""
    names(visitor.post("/api/tokens", {"name": "mine", "expires_in_days": days}), "expires_in_days")


@pytest.mark.parametrize("scopes", [[], ["fly"], ["read", ""], "read", [1], ["read"] * 6, None])
@rests_on("POST /api/tokens", "managed tokens", "code 422")
def test_no_other_scopes_are_taken(visitor: Visitor, scopes: Any) -> None:
    """A list of read, write, upload, render and `*`."""
    names(visitor.post("/api/tokens", {"name": "mine", "scopes": scopes}), "scopes")


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, 5, None])
@rests_on("POST /api/tokens", "length limits", "code 422")
def test_a_token_needs_a_name(visitor: Visitor, name: Any) -> None:
    """Of 1 to 200 characters."""
    names(visitor.post("/api/tokens", {"name": name}), "name")


@USUAL
@rests_on("managed tokens", "code 403")
def test_nobody_gives_away_more_than_he_has(visitor: Visitor) -> None:
    """An anonymous token cannot make one that may do all."""
    reply = visitor.post("/api/tokens", {"name": "mine", "scopes": ["*"]})

    assert reply.status_code == 403
    refused(reply, 403)
    assert len(listed(visitor)) == 1


@rests_on("GET /api/tokens")
def test_the_list_has_every_token_and_no_value(visitor: Visitor) -> None:
    """A value is shown once, when the token is made."""
    before = listed(visitor)
    made = visitor.new_token("read")
    reply = visitor.get("/api/tokens")
    added = [token for token in data(reply)["tokens"] if token not in before]

    assert added == [{name: made[name] for name in FIELDS}]
    assert "nmv_usr_" not in reply.text


@rests_on("POST /api/tokens/{token}/revoke", "code 1001")
def test_a_revoked_token_is_refused(visitor: Visitor) -> None:
    """From then on, in the words that the vendor's client looks for; others go on."""
    made = visitor.new_token("read")
    other = visitor.with_token(made["token"])
    assert other.credits() == visitor.credits()
    told = data(visitor.post(f"/api/tokens/{made['id']}/revoke"))

    assert told == {name: made[name] for name in FIELDS} | {"revoked": True}
    message = refused(other.get("/api/credits/balance/simple"), 1001)
    assert "token has been revoked" in message.lower()
    assert visitor.credits()["total"] >= 0


@rests_on("POST /api/tokens/{token}/revoke", "code 1001")
def test_revoking_one_leaves_those_beside_it(visitor: Visitor) -> None:
    """Only the one that is named is gone."""
    first, second = visitor.new_token("read"), visitor.new_token("read")
    data(visitor.post(f"/api/tokens/{first['id']}/revoke"))

    assert visitor.with_token(second["token"]).credits() == visitor.credits()
    assert [t["id"] for t in listed(visitor) if t["revoked"]] == [first["id"]]


@rests_on("POST /api/tokens/{token}/revoke")
def test_revoking_twice_changes_nothing_more(visitor: Visitor) -> None:
    """What is revoked stays so."""
    made = visitor.new_token("read")
    first = data(visitor.post(f"/api/tokens/{made['id']}/revoke"))

    assert data(visitor.post(f"/api/tokens/{made['id']}/revoke")) == first
    assert [t["revoked"] for t in listed(visitor) if t["id"] == made["id"]] == [True]


@rests_on("managed tokens", "code 422")
def test_an_unknown_token_cannot_be_revoked(visitor: Visitor) -> None:
    """The id is named."""
    names(visitor.post("/api/tokens/tok_000000000000/revoke"), "token_id")


@rests_on("managed tokens", "code 422")
def test_a_foreign_token_cannot_be_revoked(visitor: Visitor, another: NewVisitor) -> None:
    """It is unknown to everybody else, and goes on."""
    made = visitor.new_token("read")
    names(another().post(f"/api/tokens/{made['id']}/revoke"), "token_id")

    assert visitor.with_token(made["token"]).credits() == visitor.credits()


@pytest.mark.within(1)
@rests_on("POST /api/tokens", "managed tokens", "code 1001")
def test_a_further_token_expires(visitor: Visitor, nemo_clock: NemoClock) -> None:
    """On its own day, to the second."""
    short = visitor.with_token(visitor.new_token("read", expires_in_days=1)["token"])
    nemo_clock.jump(DAY - 1)
    assert short.credits()["total"] == 100

    nemo_clock.jump(1)
    assert "expired" in refused(short.get("/api/credits/balance/simple"), 1001)
    assert visitor.credits()["total"] == 100
