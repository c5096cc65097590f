"""Mutants of the balance, and of how operations are paid for."""

from __future__ import annotations

from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import BEACH, LOOP, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.chat import Chat
from nemovideo_fakeserver.core.ledger import Ledger
from nemovideo_fakeserver.core.refusals import OutOfCredits
from nemovideo_fakeserver.core.turns import Turn
from nemovideo_fakeserver.wire import sse
from nemovideo_fakeserver.wire.messages import Reply

BALANCE = "GET /api/credits/balance/simple"


def _balance(patient: Patient) -> Any:
    return patient.me.get("/api/credits/balance/simple").json()


def _looked_twice(patient: Patient) -> Any:
    return patient.me.balance(), patient.me.balance()


def _meanwhile(patient: Patient) -> Any:
    me = patient.me
    with patient.http.stream("POST", "/run_sse", headers=me.headers, json=me.message(LOOP)):
        during = me.balance()
    patient.jump(60)
    return during, me.balance()


def _failed(patient: Patient) -> Any:
    patient.fake.arm("turn.first_event", {"fail": "no luck"})
    patient.me.say(LOOP)
    return patient.me.balance()


def _poor(patient: Patient) -> Any:
    me = patient.me
    me.say(LOOP)
    reply = me.post("/run_sse", me.message(BEACH))
    return reply.text, me.balance(), me.state()["draft"]


@mutant(BALANCE, _balance)
def no_frozen(cut: Surgery) -> None:
    """The balance does not have `frozen`."""
    told(cut, "balance", "frozen", lambda data: data.pop("frozen"))


@mutant(BALANCE, _balance)
def available_as_text(cut: Surgery) -> None:
    """`available` is a text, `"100"`."""
    told(cut, "balance", "available", lambda data: data.update(available=str(data["available"])))


@mutant(BALANCE, _balance)
def balance_instead_of_available(cut: Surgery) -> None:
    """The balance calls what is available `balance`."""
    told(cut, "balance", "available", lambda data: data.update(balance=data.pop("available")))


@mutant(BALANCE, _meanwhile)
def the_total_leaves_out_what_is_frozen(cut: Surgery) -> None:
    """`total` is what is available, without what is frozen."""
    told(cut, "balance", "total", lambda data: data.update(total=data["available"]))


@mutant("frozen credits", _meanwhile)
def frozen_stays_zero(cut: Surgery) -> None:
    """While work runs its price is taken from `available`, and `frozen` stays 0."""
    told(cut, "balance", "frozen", lambda data: data.update(frozen=0, total=data["available"]))


@mutant("freeze and settle", _meanwhile)
def paid_at_the_end_only(cut: Surgery) -> None:
    """Nothing is reserved while work runs: the price is taken when it ends."""
    later: dict[tuple[int, str], int] = {}

    def freeze(_freeze: Any, self: Ledger, amount: int, *, at: float, reference: str) -> None:
        self.require(amount)
        later[id(self), reference] = amount

    def settle(_settle: Any, self: Ledger, *, at: float, reference: str) -> None:
        amount = min(later.pop((id(self), reference)), self.available)
        self.spend(amount, at=at, reference=reference)

    cut.wrap("core.ledger.Ledger.freeze", freeze)
    cut.wrap("core.ledger.Ledger.settle", settle)
    cut.wrap("core.ledger.Ledger.release", lambda *_given, **_named: None)


@mutant("freeze and settle", _meanwhile)
def paid_twice(cut: Surgery) -> None:
    """The price is taken when a message is accepted and once more when its work ends."""

    def settle(original: Any, self: Ledger, *, at: float, reference: str) -> None:
        amount = min(self._holds[reference], self.available)
        original(self, at=at, reference=reference)
        self.spend(amount, at=at, reference=reference)

    cut.wrap("core.ledger.Ledger.settle", settle)


@mutant("freeze and settle", _meanwhile)
def never_settled(cut: Surgery) -> None:
    """What work costs stays frozen for ever."""
    cut.wrap("core.ledger.Ledger.settle", lambda _settle, _self, **_named: None)


@mutant("work that fails", _failed)
def failed_work_is_paid_for(cut: Surgery) -> None:
    """What is frozen for work that fails is spent instead of given back."""
    cut.replace("core.ledger.Ledger.release", cut.value("core.ledger.Ledger.settle"))


@mutant("work that fails", _failed)
def failed_work_stays_frozen(cut: Surgery) -> None:
    """What is frozen for work that fails stays frozen for ever."""
    cut.wrap("core.ledger.Ledger.release", lambda _release, _self, **_named: None)


@mutant("code 2001", _poor)
def credits_run_out_in_the_stream(cut: Surgery) -> None:
    """Who has too few credits gets a stream in which an error comes, instead of the code 2001."""

    def around(handler: Any, call: Call) -> Reply:
        try:
            reply: Reply = handler(call)
        except OutOfCredits as refusal:
            headers = (("Content-Type", "text/event-stream; charset=utf-8"),)
            events = sse.event({"type": "text", "content": "Working on it."})
            error = {"type": "error", "code": 2001, "content": refusal.message}
            return Reply(headers=headers, body=events + sse.event(error))
        return reply

    cut.handler("POST /run_sse", around)


@mutant("code 2001", _poor)
def no_credits_is_402(cut: Surgery) -> None:
    """Who has too few credits hears 402, which is about plans, instead of 2001."""
    cut.replace("core.refusals.OutOfCredits.code", 402)


@mutant("code 2001", _poor)
def the_poor_pay_what_they_have(cut: Surgery) -> None:
    """Work that costs more than there is gets done for what there is."""

    def freeze(original: Any, self: Ledger, amount: int, *, at: float, reference: str) -> None:
        original(self, min(amount, self.available), at=at, reference=reference)

    def require(original: Any, self: Ledger, amount: int) -> None:
        original(self, min(amount, self.available))

    cut.wrap("core.ledger.Ledger.freeze", freeze)
    cut.wrap("core.ledger.Ledger.require", require)


@mutant("code 2001", _poor)
def a_refused_message_is_paid_for(cut: Surgery) -> None:
    """A message that is refused for lack of credits takes those that are left."""

    def around(check: Any, self: Chat, turn: Turn, session: Any) -> None:
        try:
            check(self, turn, session)
        except OutOfCredits:
            ledger = session.account.ledger
            ledger.spend(ledger.available, at=turn.accepted_at, reference=turn.id)
            raise

    cut.wrap("core.chat.Chat._check_price", around)


@mutant("code 2001", _poor)
def no_link_to_register(cut: Surgery) -> None:
    """The message of 2001 has no link that an anonymous user could follow."""
    cut.wrap("api.chat._advice", lambda _advice, _call: "Top up.")


@mutant("code 2001", _poor)
def a_link_for_somebody_else(cut: Surgery) -> None:
    """The link in the message of 2001 does not bind the caller's account."""
    cut.wrap("api.links.register", lambda register, call: register(call).partition("=")[0] + "=me")


@mutant(BALANCE, _looked_twice)
def looking_costs_a_credit(cut: Surgery) -> None:
    """Each look at the balance costs a credit."""

    def around(handler: Any, call: Call) -> Any:
        ledger = call.account.ledger
        if ledger.available:
            ledger.spend(1, at=call.world.setting.now, reference="balance")
        return handler(call)

    cut.handler(BALANCE, around)
