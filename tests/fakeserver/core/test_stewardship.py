from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest

from nemovideo_fakeserver.core import stewardship
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.plan import Plan
from nemovideo_fakeserver.core.refusals import OutOfCredits, ScopeMissing, TokenRefused

if TYPE_CHECKING:
    from fakeserver.core.conftest import Stage


@pytest.fixture(name="ann")
def _ann(stage: Stage) -> Account:
    """An anonymous account with 100 credits."""
    return stage.account()


def facts(stage: Stage) -> list[tuple[str, dict[str, Any]]]:
    """Return what has been written since the account was made, but for the movements of credits."""
    told = [(fact.kind, dict(fact.what)) for fact in stage.setting.journal]
    return [(kind, what) for kind, what in told[4:] if kind != "ledger"]


# Registering


@pytest.mark.parametrize("plan", ["free", "paid"])
def test_who_registers_keeps_everything(
    stage: Stage, ann: Account, plan: Literal["free", "paid"]
) -> None:
    """Sessions, credits and tokens stay its own; kind, plan and user id are new."""
    session, [token] = stage.session(ann), ann.tokens
    was = ann.user_id

    stewardship.upgrade(stage.setting, ann, plan)

    assert (ann.kind, ann.plan) == ("registered", plan)
    assert ann.user_id == was.replace("anon_", "user_")
    assert stage.world.sessions.get(ann, session.id) is session
    assert stage.world.accounts.authenticate(token.value) is token
    assert ann.ledger.available == 100
    assert facts(stage)[-1] == (
        "account.upgraded",
        {"account": was, "was": was, "user_id": ann.user_id, "plan": plan},
    )


def test_a_registered_account_is_found_by_either_id(stage: Stage, ann: Account) -> None:
    """The one it had and the one it has."""
    was = ann.user_id

    stewardship.upgrade(stage.setting, ann, "paid")

    assert stage.world.accounts.get(was) is ann
    assert stage.world.accounts.get(ann.user_id) is ann


def test_its_tokens_may_do_no_less(stage: Stage, ann: Account) -> None:
    """What an anonymous token may render, it may still render; one that could not write, cannot."""
    (token,) = ann.tokens
    reader = stage.world.accounts.create_token(token, "reader", ("read",), 60.0)

    stewardship.upgrade(stage.setting, ann, "paid")

    token.require("render")
    with pytest.raises(ScopeMissing):
        reader.require("render")


def test_a_plan_can_be_changed_again(stage: Stage, ann: Account) -> None:
    """A registered account gets another plan, and no other id or scope."""
    stewardship.upgrade(stage.setting, ann, "paid")
    before, scopes = ann.user_id, ann.tokens[0].scopes

    stewardship.upgrade(stage.setting, ann, "free")

    assert (ann.kind, ann.plan, ann.user_id) == ("registered", "free", before)
    assert ann.tokens[0].scopes == scopes


def test_work_that_runs_is_not_disturbed(stage: Stage, ann: Account) -> None:
    """What was frozen before is spent after."""
    session = stage.session(ann)
    stage.say(session, Plan(kind="edit", beats=(), lasts=10.0))

    stewardship.upgrade(stage.setting, ann, "paid")
    stage.later(10.0)

    assert (ann.ledger.available, ann.ledger.frozen) == (50, 0)


# Credits


def test_credits_come_and_go(stage: Stage, ann: Account) -> None:
    """Each is a movement in the books, under a name that says it came from outside."""
    stewardship.grant(stage.setting, ann, 7)
    stewardship.spend(stage.setting, ann, 50)

    last = [(e.kind, e.amount, e.reference, e.available) for e in ann.ledger.entries[-2:]]
    assert last == [("grant", 7, "steered", 107), ("spend", 50, "steered", 57)]
    assert [f["entry"] for f in stage.noted("ledger")][-2:] == ["grant", "spend"]


def test_what_is_not_there_or_frozen_cannot_be_spent(stage: Stage, ann: Account) -> None:
    """Nothing changes then."""
    stage.say(stage.session(ann), Plan(kind="edit", beats=(), lasts=10.0))

    with pytest.raises(OutOfCredits, match="this costs 51, available 50"):
        stewardship.spend(stage.setting, ann, 51)

    assert (ann.ledger.available, ann.ledger.frozen) == (50, 50)


# Tokens


def test_tokens_expire_when_told(stage: Stage, ann: Account) -> None:
    """From this instant on; one that has no end gets one, and one that has ended keeps its own."""
    (token,) = ann.tokens
    accounts = stage.world.accounts
    endless = accounts.seed_token(ann, "endless", ("read",), age=0.0, lasts=None)
    ended = accounts.seed_token(ann, "ended", ("read",), age=10.0, lasts=5.0)
    was = ended.expires_at

    stewardship.expire(stage.setting, ann, ann.tokens)

    assert token.expires_at == endless.expires_at == stage.setting.now
    assert ended.expires_at == was
    for one in ann.tokens:
        with pytest.raises(TokenRefused, match="expired"):
            accounts.authenticate(one.value)
    expired = [what["token"] for kind, what in facts(stage) if kind == "token.expired"]
    assert expired == [token.id, endless.id]


def test_tokens_are_revoked_once(stage: Stage, ann: Account) -> None:
    """For good, and a second time is no second fact."""
    (token,) = ann.tokens

    stewardship.revoke(stage.setting, ann, ann.tokens)
    stewardship.revoke(stage.setting, ann, ann.tokens)

    with pytest.raises(TokenRefused, match="revoked"):
        stage.world.accounts.authenticate(token.value)
    assert facts(stage) == [("token.revoked", {"token": token.id, "account": ann.uid})]
