"""Sending a message and streaming what comes of it."""

from __future__ import annotations

from typing import Any

from nemovideo_fakeserver.api import dialects, fields, links
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.telling import Telling
from nemovideo_fakeserver.core.refusals import OutOfCredits, RequestMalformed
from nemovideo_fakeserver.core.sessions import Session
from nemovideo_fakeserver.core.turns import Turn
from nemovideo_fakeserver.wire.messages import Reply, Stream

APP_NAME = "nemo_agent"
HEADERS = (("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-cache"))


def run_sse(call: Call) -> Reply:
    """Accept a message and answer with the stream of its turn; refusals come as JSON, never as an event."""
    body = call.json()
    if body.get("app_name", APP_NAME) != APP_NAME:
        raise RequestMalformed(
            f"app_name: must be {APP_NAME}, not {fields.shown(body['app_name'])}"
        )
    call.check_user(body.get("user_id"))
    session = call.world.sessions.get(call.account, fields.text(body, "session_id"))
    turn = _accept(call, session, message_text(body))
    call.told["stream"] = turn.id
    setting = call.world.setting
    frames = dialects.DIALECTS[setting.variants.sse_dialect](turn, setting)
    telling = Telling(turn, frames, setting)
    return Reply(headers=HEADERS, body=Stream(clock=setting.clock, steps=telling))


def message_text(body: dict[str, Any]) -> str:
    """Return the text of `new_message.parts`, joined by line breaks."""
    message = fields.mapping(body, "new_message")
    parts = message.get("parts")
    if (
        not isinstance(parts, list)
        or not parts
        or not all(isinstance(part, dict) for part in parts)
    ):
        raise RequestMalformed("new_message.parts: must be a list of one or more objects")
    texts = [part["text"] for part in parts if "text" in part]
    if not all(isinstance(text, str) for text in texts):
        raise RequestMalformed("new_message.parts: text must be a string")
    joined = "\n".join(texts)
    if not joined.strip():
        raise RequestMalformed("new_message.parts: there is no text to answer")
    return joined


def _accept(call: Call, session: Session, message: str) -> Turn:
    try:
        return call.world.chat.say(session, message, cdn=call.cdn)
    except OutOfCredits as refusal:
        raise OutOfCredits(f"{refusal.message} {_advice(call)}") from None


def _advice(call: Call) -> str:
    """Say how to get more, as documented: anonymous accounts register, registered ones top up."""
    if call.account.kind == "anonymous":
        return f"Register to get 100 more credits: {links.register(call)}"
    return f"Top up at {call.world.setting.variants.site}"
