"""The machine is no rubber stamp: defects planted in the fake break a law in a life that is sound without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nemovideo_fakeserver.api import seen, tasks, telling, visit
from nemovideo_fakeserver.core.account import Token
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.faults.faults import Armed, Faults
from nemovideo_fakeserver.core.journal import Journal
from nemovideo_fakeserver.core.ledger import Ledger
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.sessions import Session, Sessions
from nemovideo_fakeserver.core.uploads import Uploads
from support.machine.audit import LawBroken
from support.machine.example import LIFE, WORLD
from support.machine.repertoire import live

Planting = Callable[[pytest.MonkeyPatch], None]


def _lose_a_credit(patch: pytest.MonkeyPatch) -> None:
    def release(self: Ledger, *, at: float, reference: str) -> None:
        amount = self._let_go(reference)
        self.available += amount - 1
        self._spent += 1
        self._enter("release", amount, at, reference)

    patch.setattr(Ledger, "release", release)


def _charge_failures(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Ledger, "release", Ledger.settle)


def _keep_a_movement_quiet(patch: pytest.MonkeyPatch) -> None:
    def settle(self: Ledger, *, at: float, reference: str) -> None:
        self._spent += self._let_go(reference)

    patch.setattr(Ledger, "settle", settle)


def _lose_an_upload(patch: pytest.MonkeyPatch) -> None:
    take = Uploads._take

    def forgetful(self: Uploads, session: Session, key: str, asset: Any) -> Any:
        taken = take(self, session, key, asset)
        del session.uploads[1:]
        return taken

    patch.setattr(Uploads, "_take", forgetful)


def _cancel_what_is_over(patch: pytest.MonkeyPatch) -> None:
    def cancel(self: Renders, render: Any) -> None:
        render.cancelled_at = self._setting.now
        self._setting.note("render.cancelled", account=render.account.uid, render=render.id)

    patch.setattr(Renders, "cancel", cancel)


def _end_streams_quietly(patch: pytest.MonkeyPatch) -> None:
    def close(self: telling.Telling) -> None:
        self._steps.close()

    patch.setattr(telling.Telling, "close", close)


def _tell_secrets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seen, "UNTOLD", frozenset())
    patch.setattr(seen, "discreet", str)


def _reply_twice(patch: pytest.MonkeyPatch) -> None:
    write = Journal.write

    def stammering(self: Journal, at: float, kind: str, what: Any) -> int:
        number = write(self, at, kind, what)
        return write(self, at, kind, what) if kind == "reply" and number > 60 else number

    patch.setattr(Journal, "write", stammering)


def _fire_quietly(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Faults, "_write", lambda *_: None)


def _fire_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Armed, "left", property(lambda _: 1))


def _show_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Sessions, "get", lambda self, _, id_: self._by_id[id_])


def _revoke_nothing(patch: pytest.MonkeyPatch) -> None:
    authenticate = Accounts.authenticate

    def lenient(self: Accounts, value: str | None) -> Token:
        token = self.known(value)
        return token if token is not None and token.revoked else authenticate(self, value)

    patch.setattr(Accounts, "authenticate", lenient)


def _work_for_the_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Chat, "forget", lambda _self, _sessions: None)


def _work_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Session, "busy_until", property(lambda _: 0.0))


def _work_unasked(patch: pytest.MonkeyPatch) -> None:
    say = Chat.say

    def zealous(self: Chat, session: Session, message: str, *, cdn: str) -> Any:
        self._enter(say(self, session, message, cdn=cdn), session)
        return session.turns[-1]

    patch.setattr(Chat, "say", zealous)


def _limit_the_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("nemovideo_fakeserver.core.limits.Window.forget", lambda *_: None)


def _forget_requests(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        visit.Visit, "_told_reply", lambda self: {"request": 1, "line": "?", "status": 200}
    )


def _mislead(patch: pytest.MonkeyPatch) -> None:
    described = tasks.described
    patch.setattr(tasks, "described", lambda asset: {**described(asset), "filename": "other"})


DEFECTS: dict[Planting, str] = {
    _lose_a_credit: "the books add up",
    _charge_failures: "what falls due happens",
    _keep_a_movement_quiet: "the books add up",
    _lose_an_upload: "an upload that was acknowledged",
    _mislead: "an upload that was acknowledged",
    _cancel_what_is_over: "nothing happens that was not asked for",
    _end_streams_quietly: "a stream that is over has a stream.ended",
    _tell_secrets: "no secret enters a journal",
    _reply_twice: "a request has one reply",
    _forget_requests: "a request has one reply",
    _fire_quietly: "a fault strikes where it waits",
    _fire_twice: "no fault strikes where it does not wait",
    _show_everybody: "the code of a reply",
    _revoke_nothing: "the code of a reply",
    _limit_the_forgotten: "what happens is told as a fact",
    _work_for_the_forgotten: "the books add up",
    _work_at_once: "the starts_at of turn.accepted",
    _work_unasked: "what falls due happens",
}
"""Each defect, and the law it breaks."""


def test_the_life_is_sound() -> None:
    """Without a defect nothing in it breaks a law."""
    live(WORLD, LIFE)


@pytest.mark.parametrize(
    ("plant", "law"), DEFECTS.items(), ids=[plant.__name__.strip("_") for plant in DEFECTS]
)
def test_a_defect_breaks_a_law(plant: Planting, law: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each defect is seen, also where the fake itself would not stumble over it."""
    plant(monkeypatch)

    with pytest.raises(LawBroken, match=law):
        live(WORLD, LIFE)
