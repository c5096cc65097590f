"""What can be done to an account from outside: what in the real service only people and time do.

Documented is that an anonymous user who registers keeps everything (public skill page 51912643291).
"""

from __future__ import annotations

from collections.abc import Sequence

from nemovideo_fakeserver.core.account import Account, Plan, Token
from nemovideo_fakeserver.core.setting import Setting

STEERED = "steered"
"""What the ledger calls what came from outside."""


def upgrade(setting: Setting, account: Account, plan: Plan) -> None:
    """Make it a registered account on a plan; sessions, credits and tokens stay its own."""
    before = account.user_id
    account.register(plan)
    setting.note(
        "account.upgraded", account=account.uid, was=before, user_id=account.user_id, plan=plan
    )


def grant(setting: Setting, account: Account, credits_: int) -> None:
    """Give it further credits."""
    account.ledger.grant(credits_, at=setting.now, reference=STEERED)


def spend(setting: Setting, account: Account, credits_: int) -> None:
    """Take credits away; raises `OutOfCredits` when fewer are available."""
    account.ledger.spend(credits_, at=setting.now, reference=STEERED)


def expire(setting: Setting, account: Account, tokens: Sequence[Token]) -> None:
    """Let tokens expire now; what has expired before stays as it is."""
    for token in tokens:
        if token.expires_at is None or token.expires_at > setting.now:
            token.expires_at = setting.now
            setting.note("token.expired", token=token.id, account=account.uid)


def revoke(setting: Setting, account: Account, tokens: Sequence[Token]) -> None:
    """Revoke tokens for good."""
    for token in tokens:
        if not token.revoked:
            token.revoked = True
            setting.note("token.revoked", token=token.id, account=account.uid)
