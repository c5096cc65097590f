"""Mutants of what a message must say, and of what becomes of one that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mutants.mutant import mutant
from mutants.patient import LOOP, TALK, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import RequestMalformed

SSE = "POST /run_sse"


def _said(change: Callable[[dict[str, Any]], object]) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        body = patient.me.message(TALK)
        change(body)
        return patient.me.post("/run_sse", body).text

    return probe


def _text_parts(body: dict[str, Any]) -> None:
    body["new_message"]["parts"] = [{"text": "Hello."}, {"text": LOOP}]


@mutant(SSE, _said(_text_parts))
def only_the_first_part_is_read(cut: Surgery) -> None:
    """Of a message in several parts only the first is read."""

    def around(message_text: Any, body: dict[str, Any]) -> str:
        text: str = message_text(body)
        return text.partition("\n")[0]

    cut.wrap("api.chat.message_text", around)


@mutant("code 422", _said(lambda body: body["new_message"].update(parts=[{"text": " "}])))
def silence_is_a_message(cut: Surgery) -> None:
    """A message without a word is answered instead of refused."""

    def around(message_text: Any, body: dict[str, Any]) -> str:
        try:
            text: str = message_text(body)
        except RequestMalformed as problem:
            if "no text" not in str(problem):
                raise
            return TALK
        return text

    cut.wrap("api.chat.message_text", around)


@mutant(SSE, _said(lambda body: body.pop("user_id")))
def a_user_id_is_required(cut: Surgery) -> None:
    """A message without `user_id` is refused, where only token and session are needed."""
    _required(cut, "user_id")


@mutant(SSE, _said(lambda body: body.pop("app_name")))
def an_app_name_is_required(cut: Surgery) -> None:
    """A message without `app_name` is refused, where only token and session are needed."""
    _required(cut, "app_name")


def _required(cut: Surgery, field: str) -> None:
    def around(handler: Any, call: Call) -> Any:
        if field not in call.json():
            raise RequestMalformed(f"{field}: missing")
        return handler(call)

    cut.handler(SSE, around)


@mutant("code 1002", _said(lambda body: body.update(session_id="1" * 19)))
def messages_open_sessions(cut: Surgery) -> None:
    """A message to an unknown session opens one instead of being refused."""

    def around(handler: Any, call: Call) -> Any:
        known = {session.id for session in call.world.sessions}
        body = call.json()
        if body.get("session_id") not in known:
            made = call.world.sessions.create(call.account, "project", "")
            session = made.id
            call.body = json.dumps({**body, "session_id": session}).encode()
        return handler(call)

    cut.handler(SSE, around)
