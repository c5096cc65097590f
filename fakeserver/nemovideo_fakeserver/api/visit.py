"""One request on its way through the API: that it came, what faults did to it, and that its reply left.

Law: every visit writes one fact `request` and, when its reply leaves, one fact `reply`; whatever it sets
in motion is written between or after them, with the number of the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import orjson

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.chat import message_text
from nemovideo_fakeserver.api.grounds import grounds
from nemovideo_fakeserver.api.replies import refused
from nemovideo_fakeserver.api.seen import condensed, described, session_of, size
from nemovideo_fakeserver.api.stamp import stamped
from nemovideo_fakeserver.api.struck import struck
from nemovideo_fakeserver.core.accounts import Token
from nemovideo_fakeserver.core.discretion import discreet
from nemovideo_fakeserver.core.faults.actions import Answer
from nemovideo_fakeserver.core.faults.faults import Reached, Strike, Struck
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.refusals import RateLimited, Refusal
from nemovideo_fakeserver.wire.messages import Body, Pending, Reply

T = TypeVar("T")

LAZY = 4096
"""Bytes of a body that the journal may hold on to until somebody reads the fact."""


class Visit:
    """One request: `line` is its route's name, or method and path where no route answers."""

    __slots__ = (
        "_asked",
        "_body",
        "_call",
        "_code",
        "_id",
        "_line",
        "_refusal",
        "_route",
        "_size",
        "_status",
        "_strikes",
        "number",
    )

    def __init__(self, call: Call, line: str, *, route: str | None) -> None:
        self._call = call
        self._line = line
        self._route = route
        self._refusal: Refusal | None = None
        self._strikes: list[Strike] = []
        self._asked: dict[str, Any] | None = None
        self._body: Body = call.body

    def answer(self, handler: Callable[[Call], Reply], id_: str | None) -> Reply:
        """Let faults strike and the handler act; the id is the request's own (`X-Request-Id`)."""
        self._arrive(id_)
        return self._leave(self._acted(self._handled, handler))

    def refuse(self, refusal: Refusal, id_: str | None) -> Reply:
        """Answer a request that the gate does not let in."""
        self._arrive(id_)
        return self._leave(self._acted(self._refused, refusal))

    def _arrive(self, id_: str | None) -> None:
        setting = self._call.world.setting
        self._id = id_
        self.number = setting.request = setting.journal.write(
            setting.now, "request", self._told_request
        )
        body = self._body
        if not isinstance(body, bytes) or len(body) > LAZY:
            self._told_request()  # and lets the body go

    def _token(self) -> Token | None:
        call = self._call
        _, _, value = (call.head.header("authorization") or "").partition(" ")
        return call.bearer or call.world.accounts.known(value.strip())

    def _told_request(self) -> dict[str, Any]:
        if self._asked is None:
            call, body = self._call, condensed(self._body)
            self._asked = {
                "id": self._id,
                "line": discreet(self._line),
                "route": self._route,
                **described(call.head, self._token()),
                "session": session_of(call.params, body),
                "body": body,
                "size": size(self._body),
            }
            self._body = b""
        return self._asked

    def _handled(self, handler: Callable[[Call], Reply]) -> Reply:
        self._reach("before")
        reply = handler(self._call)
        if not isinstance(reply.body, Pending):
            self._reach("after")
        return reply

    def _refused(self, refusal: Refusal) -> Reply:
        self._reach("before")
        raise refusal

    def _acted(self, act: Callable[[T], Reply], what: T) -> Reply | None:
        """Return the reply of an act, also where it refuses; None where a fault takes its place."""
        try:
            return act(what)
        except Refusal as refusal:
            self._refusal = refusal
            return refused(refusal, self._call.world.setting.variants.error_http)
        except Struck:
            return None

    def _reach(self, side: Side) -> None:
        call, setting = self._call, self._call.world.setting
        if setting.faults.armed:
            token = self._token()
            setting.reach(
                Reached(
                    place=f"{call.head.method} {call.head.path}",
                    side=side,
                    at=setting.now,
                    request=self.number,
                    account=token.account.uid if token else None,
                    session=call.params.get("session"),
                    message=_message(call),
                )
            )

    def _leave(self, reply: Reply | None) -> Reply:
        """Write the reply down and stamp it; one that waits for real work leaves when that is done."""
        setting = self._call.world.setting
        if reply is not None and isinstance(reply.body, Pending):
            self._strikes = setting.strikes
            resume = partial(self._resumed, reply.body)
            return Reply(body=replace(reply.body, resume=resume))
        self._strikes = setting.strikes
        if reply is None or self._strikes:
            reply = struck(reply, self._strikes, setting.clock)
        self._status, self._code = reply.status, _code(reply, self._refusal)
        setting.journal.write(setting.now, "reply", self._told_reply)
        why = grounds(self._call.head, self._route, self._code)
        return stamped(self._call.world, reply, self._id, why)

    def _resumed(self, pending: Pending) -> Reply:
        setting = self._call.world.setting
        self._call.world.settle()
        setting.request, setting.strikes = self.number, self._strikes
        return self._leave(self._acted(self._handled_later, pending))

    def _handled_later(self, pending: Pending) -> Reply:
        reply = pending.resume()
        if not isinstance(reply.body, Pending):
            self._reach("after")
        return reply

    def _told_reply(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "request": self.number,
            "line": discreet(self._line),
            "status": self._status,
            "code": self._code,
            **self._call.told,
        }
        if self._refusal is not None:
            told["message"] = discreet(self._refusal.message)
            if isinstance(self._refusal, RateLimited):
                told["retry_after"] = self._refusal.retry_after
        if self._strikes:
            told["fault"] = [strike.id for strike in self._strikes]
            told |= _wait(self._strikes)
        return told


def _wait(strikes: Iterable[Strike]) -> dict[str, int]:
    """Return how long a fault that answers asks to wait, if it does."""
    answers = [strike.action for strike in strikes if isinstance(strike.action, Answer)]
    asked = answers[0].retry_after if answers else None
    return {} if asked is None else {"retry_after": asked}


def _message(call: Call) -> str | None:
    """Return what the user says in a request, if it says something."""
    if call.head.path != "/run_sse" or not call.body:
        return None
    try:
        return message_text(call.json())
    except Refusal:
        return None


def _code(reply: Reply, refusal: Refusal | None) -> int | None:
    """Return the business code of a reply, None where it has no envelope."""
    body = reply.body
    if not isinstance(body, bytes) or not body.startswith(b'{"code":'):
        return None
    if body.startswith(b'{"code":0,'):
        return 0
    return refusal.code if refusal is not None else _read_code(body)


def _read_code(body: bytes) -> int | None:
    try:
        code = orjson.loads(body)["code"]
    except ValueError:  # a fault has cut it short
        return None
    return code if isinstance(code, int) else None
