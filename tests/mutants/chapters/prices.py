"""Mutants of what things cost."""

from __future__ import annotations

from typing import Any

from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, TALK, TITLE, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.costs import ByKind
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.sessions import Session


def _spent(patient: Patient) -> Any:
    left = []
    for message in (TALK, LOOP, TITLE):
        patient.me.say(message)
        left.append(patient.me.balance())
    return left


def _generated(patient: Patient) -> Any:
    patient.me.say(BEACH)
    return patient.me.balance()


def _two_sessions(patient: Patient) -> Any:
    patient.me.say(LOOP)
    patient.me.open().say(LOOP)
    return patient.me.balance()


def _exported(patient: Patient) -> Any:
    patient.render(after=100)
    return patient.me.balance()


def _failed_export(patient: Patient) -> Any:
    patient.render(draft={"t": []}, after=100)
    return patient.me.balance()


def _uploaded(patient: Patient) -> Any:
    patient.me.upload_url("a.mp4")
    return patient.me.balance()


def _price(cut: Surgery, **kinds: int) -> None:
    def around(price: Any, self: ByKind, kind: str, **more: Any) -> int:
        usual: int = price(self, kind, **more)
        return kinds.get(kind, usual)

    cut.wrap("core.costs.ByKind.price", around)


@mutant("prices", _spent)
def the_second_edit_costs(cut: Surgery) -> None:
    """Every edit of a session costs 50, where one payment is for all of them."""
    _price(cut, edit=50)


@mutant("prices", _spent)
def edits_are_free(cut: Surgery) -> None:
    """Edits cost nothing."""
    _price(cut, edit=0)


@mutant("prices", _spent)
def an_edit_costs_forty(cut: Surgery) -> None:
    """The first edit of a session costs 40 instead of 50."""

    def around(price: Any, self: ByKind, kind: str, **more: Any) -> int:
        usual: int = price(self, kind, **more)
        return usual - 10 if kind == "edit" and usual else usual

    cut.wrap("core.costs.ByKind.price", around)


@mutant("prices", _spent)
def talk_costs(cut: Surgery) -> None:
    """Talk costs a credit."""
    _price(cut, text=1)


@mutant("prices", _generated)
def a_generation_costs_half(cut: Surgery) -> None:
    """A generation costs 50 instead of 100."""
    _price(cut, generate=50)


@mutant("a generation with edits", _generated)
def a_generation_is_free(cut: Surgery) -> None:
    """A generation costs nothing."""
    _price(cut, generate=0)


@mutant("prices", _two_sessions)
def one_edit_pays_for_all_sessions(cut: Surgery) -> None:
    """Who has paid for the edits of one session edits in all others for nothing."""
    paid: list[Any] = []

    def turn(original: Any, self: Chat, session: Session, *more: Any) -> Any:
        if any(session.account is account for account in paid):
            session.edit_paid = True
        return original(self, session, *more)

    def end(original: Any, self: Chat, ended: Any, session: Session) -> None:
        original(self, ended, session)
        if session.edit_paid:
            paid.append(session.account)

    cut.wrap("core.chat.Chat._turn", turn)
    cut.wrap("core.chat.Chat._end", end)


def _taken(cut: Surgery, target: str, credits_: int, *, when: Any) -> None:
    def around(act: Any, self: Any, session: Session, *more: Any, **named: Any) -> Any:
        done = act(self, session, *more, **named)
        ledger = session.account.ledger
        if ledger.available >= credits_ and when(done):
            ledger.spend(credits_, at=self._setting.now, reference=target)
        return done

    cut.wrap(target, around)


@mutant("prices", _exported)
def an_export_costs(cut: Surgery) -> None:
    """An export costs 10 credits."""
    _taken(cut, "core.renders.Renders.submit", 10, when=lambda render: render.order)


@mutant("prices", _failed_export)
def a_failed_render_costs(cut: Surgery) -> None:
    """A render that fails costs 10 credits."""
    _taken(cut, "core.renders.Renders.submit", 10, when=lambda render: not render.order)


@mutant("prices", _uploaded)
def an_upload_costs(cut: Surgery) -> None:
    """An upload costs a credit."""
    _taken(cut, "core.uploads.Uploads.fetch", 1, when=bool)
    _taken(cut, "core.uploads.Uploads.store", 1, when=bool)


@mutant("prices", _exported)
def a_poll_costs(cut: Surgery) -> None:
    """Each poll of a render costs a credit."""

    def around(polled: Any, self: Renders, render: Any) -> None:
        polled(self, render)
        ledger = render.account.ledger
        if ledger.available:
            ledger.spend(1, at=self._setting.now, reference="poll")

    cut.wrap("core.renders.Renders.polled", around)
