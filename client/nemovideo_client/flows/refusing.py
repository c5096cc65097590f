"""Reading an opened answer that is not what was hoped for, and raising what it means."""

from __future__ import annotations

from typing import NoReturn

from nemovideo_client.flows.context import Context
from nemovideo_client.wire.envelope import unwrap
from nemovideo_client.wire.messages import Answer, Call
from nemovideo_client.wire.steps import Close, Flow, Read

LONGEST = 1 << 20
"""Bytes of a refusal; what comes after is not read."""


def refuse(ctx: Context, answer: Answer, call: Call[NoReturn]) -> Flow[None]:
    """Read the rest of an answer and raise the error that it is."""
    body = bytearray()
    while len(body) < LONGEST and (piece := (yield Read())) is not None:
        body += piece
    yield Close()
    whole = Answer(status=answer.status, headers=answer.headers, body=bytes(body))
    unwrap(whole, call, secrets=ctx.account.secrets())
