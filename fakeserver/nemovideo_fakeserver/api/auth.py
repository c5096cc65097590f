"""Tokens for clients and for browsers, and their management."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api import fields
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.replies import success
from nemovideo_fakeserver.api.times import iso
from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.refusals import ClientIdMissing, RequestMalformed
from nemovideo_fakeserver.core.scopes import SCOPES
from nemovideo_fakeserver.core.sessions import CLAIM_SECONDS
from nemovideo_fakeserver.wire.messages import Reply

DAY = 86_400


def anonymous_token(call: Call) -> Reply:
    """Issue an anonymous token to the client that `X-Client-Id` names, or to one that need not be named."""
    client_id = (call.head.header("x-client-id") or "").strip()
    if not client_id and call.world.setting.variants.require_client_id:
        raise ClientIdMissing(
            "Missing X-Client-Id: send a UUID, or any stable string of at most 64 characters"
        )
    if len(client_id) > 64:
        raise RequestMalformed(f"X-Client-Id: at most 64 characters, not {len(client_id)}")
    token = call.world.accounts.anonymous(client_id or None, call.head.peer)
    return success(
        {
            "token": token.value,
            "user_id": token.account.user_id,
            "expires_at": _expiry(token),
            "credits": token.account.ledger.available,
        }
    )


def claim_token(call: Call) -> Reply:
    """Issue a token that opens one project in a browser and no API."""
    body = call.json()
    task_id, session_id = fields.text(body, "task_id"), fields.text(body, "session_id")
    claim = call.world.sessions.claim(call.account, task_id, session_id)
    return success({"claim_token": claim.value, "expires_in": int(CLAIM_SECONDS)})


def create_token(call: Call) -> Reply:
    """Create a further token of the account; its value is shown this once."""
    body = call.json()
    name = fields.text(body, "name")
    scopes = (
        fields.texts(body, "scopes", limit=len(SCOPES))
        if "scopes" in body
        else list(call.token.scopes)
    )
    unknown = [s for s in scopes if s not in SCOPES]
    if unknown:
        raise RequestMalformed(f"scopes: {unknown[0][:40]!r} is none of {', '.join(SCOPES)}")
    days = fields.whole(body, "expires_in_days", default=90, low=1, high=3650)
    token = call.world.accounts.create_token(
        call.token, name, tuple(dict.fromkeys(scopes)), float(days * DAY)
    )
    return success(_described(token) | {"token": token.value})


def list_tokens(call: Call) -> Reply:
    """List the account's tokens, without their values."""
    return success({"tokens": [_described(token) for token in call.account.tokens]})


def revoke_token(call: Call) -> Reply:
    """Revoke one of the account's tokens for good."""
    token = call.world.accounts.revoke(call.account, call.params["token"])
    if token is None:
        raise RequestMalformed(f"token_id: this account has no token {call.params['token'][:40]!r}")
    return success(_described(token))


def _described(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "created_at": iso(token.created_at),
        "expires_at": _expiry(token),
        "revoked": token.revoked,
    }


def _expiry(token: Token) -> str | None:
    """Return when a token expires, null for one that does not (assumed)."""
    return None if token.expires_at is None else iso(token.expires_at)
