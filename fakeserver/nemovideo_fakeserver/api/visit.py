"""One request on its way through the API: that it came, what faults did to it, and that its reply left.

Law: every visit writes one fact `request` and, when its reply leaves, one fact `reply`; whatever it sets
in motion is written between or after them, with the number of the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import orjson

from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.api.chat import message_text
from nemovideo_fakeserver.api.grounds import grounds
from nemovideo_fakeserver.api.replies import refused
from nemovideo_fakeserver.api.seen import condensed, described, session_of, size
from nemovideo_fakeserver.api.stamp import stamped
from nemovideo_fakeserver.api.struck import decided, leaving, unbegun
from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.discretion import discreet
from nemovideo_fakeserver.core.faults.actions import Answer, Break, Malformed
from nemovideo_fakeserver.core.faults.faults import Strike, Struck
from nemovideo_fakeserver.core.faults.moments import Side
from nemovideo_fakeserver.core.refusals import RateLimited, Refusal, RenderUnknown
from nemovideo_fakeserver.wire.messages import Body, Pending, Reply

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
        "_status",
        "_strikes",
        "_token",
        "number",
    )

    def __init__(self, call: Call, line: str, *, route: str | None) -> None:
        self._call = call
        self._line = line
        self._route = route
        self._token = call.bearer or _presented(call)
        self._refusal: Refusal | None = None
        self._strikes: tuple[Strike, ...] = ()
        self._asked: dict[str, Any] | None = None
        self._body: Body = call.body

    def answer(self, handler: Callable[[Call], Reply], id_: str | None) -> Reply:
        """Let faults strike and the handler act; the id is the request's own (`X-Request-Id`)."""
        self._arrive(id_)
        return self._leave(self._outcome(partial(handler, self._call), begins=True))

    def refuse(self, refusal: Refusal, id_: str | None) -> Reply:
        """Answer a request that the gate does not let in."""

        def gate() -> Reply:
            raise refusal

        self._arrive(id_)
        return self._leave(self._outcome(gate, begins=True))

    def _arrive(self, id_: str | None) -> None:
        setting = self._call.world.setting
        self._id = id_
        self.number = setting.request = setting.journal.write(
            setting.now, "request", self._told_request
        )
        body = self._body
        if not isinstance(body, bytes) or len(body) > LAZY:
            self._told_request()  # and lets the body go

    def _told_request(self) -> dict[str, Any]:
        if self._asked is None:
            call, body = self._call, condensed(self._body)
            self._asked = {
                "id": self._id,
                "line": discreet(self._line),
                "route": self._route,
                **described(call.head, self._token),
                "session": session_of(call.params, body),
                "body": body,
                "size": size(self._body),
            }
            self._body = b""
        return self._asked

    def _outcome(self, act: Callable[[], Reply], *, begins: bool) -> Reply | None:
        """Return the reply of an act, also where it refuses; None where a fault prevents it."""
        try:
            if begins:
                self._reach("before")
            reply = act()
        except Struck:
            return None
        except Refusal as refusal:
            self._refusal = refusal
            reply = refused(refusal, self._call.world.setting.variants.error_http)
        if not isinstance(reply.body, Pending):
            self._reach("after")
        return reply

    def _reach(self, side: Side) -> None:
        call, setting = self._call, self._call.world.setting
        if setting.faults.armed:
            setting.reach(
                f"{call.head.method} {call.head.path}",
                side,
                account=self._token.account.uid if self._token else None,
                session=self._session(),
                message=_message(call),
            )

    def _session(self) -> str | None:
        """Return the session that the request is about, also by way of a render of its account."""
        call, named = self._call, self._told_request()["session"]
        if named is not None or self._token is None or "render" not in call.params:
            return named  # type: ignore[no-any-return]  # a session id
        try:
            return call.world.renders.get(self._token.account, call.params["render"]).session
        except RenderUnknown:
            return None

    def _leave(self, reply: Reply | None) -> Reply:
        """Write the reply down and stamp it; one that waits for real work leaves when that is done."""
        setting = self._call.world.setting
        self._strikes = tuple(setting.strikes)
        if reply is not None and isinstance(reply.body, Pending):
            resume = partial(self._resumed, reply.body)
            return Reply(body=replace(reply.body, resume=resume))
        told = self._decided(reply)
        self._status, self._code = self._heard(told)
        setting.journal.write(setting.now, "reply", self._told_reply)
        if self._strikes or told is None:
            told = leaving(told, self._strikes, setting)
        why = grounds(self._call.head, self._route, self._code)
        self._call.body = b""  # the journal holds on to the visit, and need not to what was sent
        return stamped(self._call.world, told, self._id, why)

    def _decided(self, reply: Reply | None) -> Reply | None:
        """Return what the client is told, if anything; where a fault answers, the handler has told nothing."""
        told = decided(reply, self._strikes, self._call.world.setting.variants.error_http)
        if told is not reply or reply is None:
            self._call.told.clear()
            self._refusal = None
        return told

    def _heard(self, told: Reply | None) -> tuple[int | None, int | None]:
        """Return status and code of a reply, None for what a fault keeps from the client."""
        if told is None or unbegun(told, self._strikes):
            return None, None
        spoilt = any(isinstance(strike.action, Break | Malformed) for strike in self._strikes)
        return told.status, None if spoilt else _code(told, self._refusal)

    def _resumed(self, pending: Pending) -> Reply:
        setting = self._call.world.setting
        self._call.world.settle()
        setting.request, setting.strikes = self.number, list(self._strikes)
        return self._leave(self._outcome(pending.resume, begins=False))

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


def _presented(call: Call) -> Token | None:
    """Return the token that a request shows, dead or alive, where the gate asks for none or refuses it."""
    _, _, value = (call.head.header("authorization") or "").partition(" ")
    return call.world.accounts.known(value.strip())


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
    if refusal is not None:
        return refusal.code
    code = orjson.loads(body)["code"]
    return code if isinstance(code, int) else None
