"""The kinds of facts a journal holds: a query for any other would find nothing, and say nothing."""

from __future__ import annotations

KINDS = (
    "request",
    "reply",
    "frame",
    "stream.ended",
    "ledger",
    "account.created",
    "account.upgraded",
    "account.changed",
    "token.issued",
    "token.revoked",
    "token.expired",
    "claim.issued",
    "session.created",
    "turn.accepted",
    "turn.refused",
    "turn.ended",
    "draft",
    "upload.stored",
    "render.submitted",
    "render.polled",
    "render.cancelled",
    "clock",
    "fault",
    "control",
)
