from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.accounts import WEEK
from nemovideo_fakeserver.core.refusals import ScopeMissing, TokenRefused
from nemovideo_fakeserver.core.variants import Variants

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage

FAR = 365 * 86_400.0


def token(stage: Stage, client: str = "ann", address: str = "1.1.1.1") -> Token:
    """Ask for an anonymous token."""
    return stage.world.accounts.anonymous(client, address)


# What an anonymous token is


def test_a_client_gets_a_token_of_the_documented_form(stage: Stage) -> None:
    """The value is nmv_usr_ and 43 base64url characters, the user anon_ and 16 hex digits."""
    issued = token(stage)

    assert re.fullmatch(r"nmv_usr_[A-Za-z0-9_-]{43}", issued.value)
    assert re.fullmatch(r"anon_[0-9a-f]{16}", issued.account.uid)
    assert issued.scopes == ("read", "write", "upload")
    assert issued.account.ledger.available == 100


def test_a_token_never_shows_its_value(stage: Stage) -> None:
    """The secret is neither in the token's repr, nor in its account's, nor in the journal."""
    issued = token(stage)

    assert issued.value not in f"{issued!r} {issued.account!r} {list(stage.setting.journal)}"


def test_a_token_opens_until_exactly_seven_days_are_over(stage: Stage) -> None:
    """The token is good up to the last moment of its 7 days, and expired from their end on."""
    issued = token(stage)

    stage.at(issued.created_at + WEEK - 0.001)
    assert stage.world.accounts.authenticate(issued.value) is issued
    stage.at(issued.created_at + WEEK)
    with pytest.raises(TokenRefused, match="token has expired"):
        stage.world.accounts.authenticate(issued.value)


@pytest.mark.parametrize("life", [1.0, 3600.0, 30 * 86_400.0])
def test_a_token_may_live_longer_or_shorter(new_stage: type[Stage], life: float) -> None:
    """`token_ttl` is the whole life of an anonymous token."""
    stage = new_stage(variants=Variants(token_ttl=life))
    issued = token(stage)

    stage.at(issued.created_at + life - 0.001)
    assert stage.world.accounts.authenticate(issued.value) is issued
    stage.at(issued.created_at + life)
    with pytest.raises(TokenRefused, match="token has expired"):
        stage.world.accounts.authenticate(issued.value)


def test_a_token_may_live_for_ever(new_stage: type[Stage]) -> None:
    """Versions 1.0 to 1.7 say that tokens do not expire."""
    stage = new_stage(variants=Variants(token_ttl=None))
    issued = token(stage)
    stage.later(100 * 365 * 86_400.0)

    assert issued.expires_at is None
    assert stage.world.accounts.authenticate(issued.value) is issued


def test_an_anonymous_token_may_have_all_scopes(new_stage: type[Stage]) -> None:
    """Until version 1.7 it has `*`."""
    issued = token(new_stage(variants=Variants(anon_scopes=("*",))))

    assert issued.scopes == ("*",)
    issued.require("render")


def test_a_client_keeps_its_account_and_is_filled_up(stage: Stage) -> None:
    """After expiry the same client finds its account and sessions, with 100 credits in all again."""
    first = token(stage)
    session = stage.session(first.account)
    first.account.ledger.freeze(70, at=0.0, reference="work")
    first.account.ledger.settle(at=0.0, reference="work")
    stage.later(WEEK)

    second = token(stage)

    assert second.account is first.account
    assert stage.world.sessions.get(second.account, session.id) is session
    assert second.account.ledger.available == 100
    assert second.value != first.value


def test_what_somebody_has_beyond_the_free_credits_stays(stage: Stage) -> None:
    """A new token takes no credits away, and adds none to a fuller account."""
    account = token(stage).account
    account.ledger.grant(50, at=0.0, reference="gift")
    stage.later(WEEK)

    token(stage)

    assert account.ledger.available == 150


# What is refused as a bearer


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "missing authentication token"),
        ("", "missing authentication token"),
        ("sesame", "invalid authentication token"),
        ("nmv_usr_" + "x" * 43, "token not found"),
        ("clm_" + "x" * 43, "a claim token opens a project in a browser"),
    ],
)
def test_a_stranger_is_told_what_is_wrong(stage: Stage, value: str | None, why: str) -> None:
    """Each kind of bad bearer is refused with its own documented words, and never shown again."""
    with pytest.raises(TokenRefused, match=why) as refused:
        stage.world.accounts.authenticate(value)

    assert not value or value not in refused.value.message


def test_a_claim_token_opens_no_api(stage: Stage) -> None:
    """A living claim token is refused as a bearer."""
    session = stage.session()
    claim = stage.world.sessions.claim(session.account, session.task_id, session.id)

    with pytest.raises(TokenRefused, match="claim token"):
        stage.world.accounts.authenticate(claim.value)


def test_a_revoked_token_is_refused_at_once_and_alone(stage: Stage) -> None:
    """Revoking refuses that token from then on, and no other of the account."""
    first = token(stage)
    second = stage.world.accounts.create_token(first, "mine", ("read",), FAR)

    revoked = stage.world.accounts.revoke(first.account, first.id)

    assert revoked is first
    with pytest.raises(TokenRefused, match="token has been revoked"):
        stage.world.accounts.authenticate(first.value)
    assert stage.world.accounts.authenticate(second.value) is second


def test_nobody_revokes_somebody_elses_token(stage: Stage) -> None:
    """A token of another account is as unknown as one that never was."""
    anns, bobs = token(stage, "ann"), token(stage, "bob")

    assert stage.world.accounts.revoke(bobs.account, anns.id) is None
    assert stage.world.accounts.revoke(bobs.account, "tok_none") is None
    assert stage.world.accounts.authenticate(anns.value) is anns


# What a token may do


@pytest.mark.parametrize(
    ("kind", "scopes", "may"),
    [
        ("anonymous", ("read", "write", "upload"), {"read", "write", "upload", "render"}),
        ("anonymous", ("read",), {"read"}),
        ("registered", ("write",), {"write"}),
        ("registered", ("render",), {"render"}),
        ("registered", ("*",), {"read", "write", "upload", "render", "*"}),
        ("registered", (), set()),
    ],
)
def test_scopes_say_what_a_token_may(
    stage: Stage, kind: str, scopes: tuple[str, ...], may: set[str]
) -> None:
    """A token may what its scopes name; `*` is all of it, and anonymous `write` renders as well."""
    issued = token(stage)
    issued.account.kind = "registered" if kind == "registered" else "anonymous"
    issued.scopes = scopes

    def allowed(scope: str) -> bool:
        try:
            issued.require(scope)
        except ScopeMissing:
            return False
        return True

    assert {s for s in ("read", "write", "upload", "render", "*") if allowed(s)} == may


def test_a_missing_scope_is_named(stage: Stage) -> None:
    """The refusal tells the scopes there are and the one that is needed."""
    issued = token(stage)
    issued.scopes = ("read", "upload")

    with pytest.raises(ScopeMissing, match="scopes are read, upload; this needs write"):
        issued.require("write")


def test_a_further_token_belongs_to_the_same_account(stage: Stage) -> None:
    """A created token has its own name, scopes and life, and costs no anonymous token."""
    caller = token(stage)

    created = stage.world.accounts.create_token(caller, "laptop", ("read",), 90.0)

    assert (created.account, created.name, created.scopes) == (caller.account, "laptop", ("read",))
    assert created.expires_at == stage.clock.now() + 90.0
    assert created.id != caller.id
    assert created.value != caller.value


def test_nobody_gives_more_rights_than_they_have(stage: Stage) -> None:
    """Asking for a scope the caller lacks is refused, and no token comes of it."""
    caller = token(stage)

    with pytest.raises(ScopeMissing, match=r"this needs \*"):
        stage.world.accounts.create_token(caller, "all", ("read", "*"), FAR)

    assert caller.account.tokens == [caller]


def test_registering_keeps_everything_and_changes_the_plan(stage: Stage) -> None:
    """An anonymous account is on the free plan, a registered one on a paid one unless told otherwise."""
    account = token(stage).account
    before = (account.uid, account.ledger, account.tokens)

    assert (account.kind, account.plan) == ("anonymous", "free")
    account.register()
    assert (account.kind, account.plan) == ("registered", "paid")
    account.register("free")
    assert (account.kind, account.plan) == ("registered", "free")
    assert (account.uid, account.ledger, account.tokens) == before


def test_what_a_token_could_do_it_may_when_its_account_is_registered(stage: Stage) -> None:
    """An anonymous token renders with `write` alone; a registered account's needs the scope, and gets it."""
    issued = token(stage)
    reader = stage.world.accounts.create_token(issued, "reader", ("read",), FAR)
    issued.account.register()
    issued.account.register()

    issued.require("render")
    assert issued.scopes == ("read", "write", "upload", "render")
    assert reader.scopes == ("read",)


def test_an_account_is_nobody_elses_equal() -> None:
    """Accounts are compared by identity: two with one uid are two."""
    assert Account(uid="anon_1") != Account(uid="anon_1")
