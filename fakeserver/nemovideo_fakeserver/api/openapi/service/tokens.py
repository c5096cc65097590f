"""Tokens: anonymous ones, those that open a project in a browser, and their management."""

from __future__ import annotations

from collections.abc import Mapping

from nemovideo_fakeserver.api.openapi import examples, parameters
from nemovideo_fakeserver.api.openapi import schema as js
from nemovideo_fakeserver.api.openapi.operation import Operation, json
from nemovideo_fakeserver.api.openapi.schema import Schema
from nemovideo_fakeserver.api.openapi.service.envelope import wrapped
from nemovideo_fakeserver.core.refusals import (
    ClientIdMissing,
    RateLimited,
    RequestMalformed,
    SessionUnknown,
)
from nemovideo_fakeserver.core.scopes import SCOPES
from nemovideo_fakeserver.core.sessions import CLAIM_SECONDS
from nemovideo_fakeserver.core.variants import Variants

ABOUT = "Bearer tokens: how to get one, and what to do with it."

_TOKEN = js.text("The bearer token", pattern="^nmv_usr_[A-Za-z0-9_-]{43}$")
_NAMED = {
    "id": js.text("Its public id", pattern="^tok_[0-9a-f]{12}$"),
    "name": js.text("What it is called"),
    "scopes": js.each(js.choice(*SCOPES), "What it may do"),
    "created_at": js.date(),
    "expires_at": js.nullable(js.date("When it expires; null is never")),
    "revoked": js.flag("Whether it has been revoked"),
}
SCHEMAS: Mapping[str, Schema] = {
    "UserId": js.text(
        "Anonymous users have `anon_` in front", pattern="^(anon|user)_[0-9a-f]{16}$"
    ),
    "TokenInfo": js.record(_NAMED, "A token without its value"),
    "NewToken": js.record({**_NAMED, "token": _TOKEN}, "A token; its value is shown this once"),
}

_ASKED = js.sheet(
    {
        "name": js.said("What it is to be called"),
        "scopes": js.each(
            js.choice(*SCOPES),
            "No more than the caller's own; those unless said",
            minItems=1,
            maxItems=len(SCOPES),
        ),
        "expires_in_days": js.whole("90 unless said", minimum=1, maximum=3650),
    },
    required=("name",),
)
_CLAIMED = js.sheet(
    {"task_id": js.said("The session's task"), "session_id": js.said("The session")},
    required=("task_id", "session_id"),
)


def operations(variants: Variants) -> Mapping[str, Operation]:
    """Describe tokens as a world with these variants has them."""
    known = js.record({"tokens": js.each(js.ref("TokenInfo"))})
    return {
        "POST /api/auth/anonymous-token": _anonymous(variants),
        "POST /api/auth/claim-token": Operation(
            body=json(
                _CLAIMED, documented={"task_id": examples.TASK, "session_id": examples.SESSION}
            ),
            gives=wrapped(
                js.record(
                    {
                        "claim_token": js.text(pattern="^clm_[A-Za-z0-9_-]{43}$"),
                        "expires_in": js.only(int(CLAIM_SECONDS), "Seconds"),
                    }
                ),
                {"claim_token": examples.CLAIM, "expires_in": int(CLAIM_SECONDS)},
            ),
            refuses=(SessionUnknown,),
        ),
        "POST /api/tokens": Operation(
            body=json(
                _ASKED,
                documented={"name": "My API Token", "scopes": ["read"], "expires_in_days": 90},
            ),
            gives=wrapped(js.ref("NewToken")),
        ),
        "GET /api/tokens": Operation(gives=wrapped(known)),
        "POST /api/tokens/{token}/revoke": Operation(
            gives=wrapped(js.ref("TokenInfo")), refuses=(RequestMalformed,)
        ),
    }


def _anonymous(variants: Variants) -> Operation:
    expiry = js.date("When it expires")
    required = variants.require_client_id
    client_id = parameters.header(
        "X-Client-Id",
        js.said(most=64, examples=[examples.CLIENT]) if required else js.text(maxLength=64),
        "Who asks: a UUID, or any stable string",
        required=required,
    )
    return Operation(
        parameters=(client_id,),
        refuses=(*((ClientIdMissing,) if required else ()), RequestMalformed, RateLimited),
        gives=wrapped(
            js.record(
                {
                    "token": _TOKEN,
                    "user_id": js.ref("UserId"),
                    "expires_at": js.null() if variants.token_ttl is None else expiry,
                    "credits": js.whole("Available credits"),
                }
            ),
            {
                "token": examples.TOKEN,
                "user_id": examples.USER,
                "expires_at": None if variants.token_ttl is None else "2033-03-10T03:33:33Z",
                "credits": 100,
            },
        ),
    )
