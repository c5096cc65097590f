"""Tokens: for a client, for a browser, and the further ones of an account.

Bodies: public skill pages 52127510908 and 51912643291, vendor skill 1.9; managing tokens: 51880699555,
which shows no reply (what is read from one is assumed).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from nemovideo_client.models import ApiToken, ClaimToken, Session, Token
from nemovideo_client.wire.calls import fields
from nemovideo_client.wire.calls.paths import path
from nemovideo_client.wire.messages import Call, Request


def anonymous_token(client_id: str) -> Call[Token]:
    """Ask for a token: once in seven days for each client id, so a repeat can be refused."""
    return Call(
        endpoint="POST /api/auth/anonymous-token",
        request=Request(
            method="POST",
            url="/api/auth/anonymous-token",
            headers=(("X-Client-Id", client_id),),
        ),
        read=_token,
        authorized=False,
    )


def claim_token(session: Session) -> Call[ClaimToken]:
    """Ask for a token that opens the session's project in a browser, and no API."""
    return Call(
        endpoint="POST /api/auth/claim-token",
        request=Request(
            method="POST",
            url="/api/auth/claim-token",
            json={"task_id": session.task_id, "session_id": session.session_id},
        ),
        read=_claim_token,
        repeat="safe",
    )


def create_api_token(name: str, scopes: Sequence[str], expires_in_days: int) -> Call[ApiToken]:
    """Make a further token; scopes are `read`, `write`, `upload`, `render` and `*`."""
    body = {"name": name, "scopes": list(scopes), "expires_in_days": expires_in_days}
    return Call(
        endpoint="POST /api/tokens",
        request=Request(method="POST", url="/api/tokens", json=body),
        read=_api_token,
    )


def list_api_tokens() -> Call[tuple[ApiToken, ...]]:
    """Ask for all tokens of the account, without their values."""
    return Call(
        endpoint="GET /api/tokens",
        request=Request(method="GET", url="/api/tokens"),
        read=_api_tokens,
        repeat="safe",
    )


def revoke_api_token(id_: str) -> Call[ApiToken]:
    """Revoke a token for good."""
    return Call(
        endpoint="POST /api/tokens/{token}/revoke",
        request=Request(method="POST", url=path("/api/tokens/{token}/revoke", token=id_)),
        read=partial(_revoked, id_),
        repeat="safe",
    )


def _token(data: Any) -> Token:
    return Token(
        value=fields.required_text(data, "token"),
        user_id=fields.identifier(data, "user_id", "bind_id"),
        expires_at=fields.text(data, "expires_at"),
        credits=fields.whole(data, "credits"),
    )


def _claim_token(data: Any) -> ClaimToken:
    return ClaimToken(
        value=fields.required_text(data, "claim_token"),
        expires_in=fields.whole(data, "expires_in"),
    )


def _api_token(data: Any, *, id_: str | None = None, revoked: bool | None = None) -> ApiToken:
    known = fields.identifier(data, "id", "token_id") or id_
    if known is None:
        raise KeyError("id")
    return ApiToken(
        id=known,
        name=fields.text(data, "name"),
        scopes=fields.texts(data, "scopes"),
        created_at=fields.text(data, "created_at"),
        expires_at=fields.text(data, "expires_at"),
        revoked=fields.flag(data, "revoked") if revoked is None else revoked,
        value=fields.text(data, "token"),
    )


def _revoked(id_: str, data: Any) -> ApiToken:
    """Take any yes for one: the token is revoked."""
    return _api_token(data, id_=id_, revoked=True)


def _api_tokens(data: Any) -> tuple[ApiToken, ...]:
    tokens = fields.objects({"tokens": data} if isinstance(data, list) else data, "tokens")
    if tokens is None:
        raise KeyError("tokens")
    return tuple(map(_api_token, tokens))
