"""Mutants of ordering and stopping renders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import view
from mutants.mutant import mutant
from mutants.patient import LOOP, RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.refusals import RenderConflict, RequestMalformed
from nemovideo_fakeserver.core.render import Render
from nemovideo_fakeserver.core.renders import Renders

SUBMIT = "POST /api/render/proxy/lambda"
NOTHING: dict[str, Any] = {"t": []}


def _twice(patient: Patient) -> Any:
    return patient.render(), patient.render()


def _cancelled(before: float) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        patient.render()
        patient.jump(before)
        told = patient.me.post(f"{RENDERS}/render_1/cancel").json()
        patient.jump(100)
        return told, patient.me.get(f"{RENDERS}/render_1").json()

    return probe


def _foreign(patient: Patient) -> Any:
    patient.render()
    return patient.you.get(f"{RENDERS}/render_1").status_code


def _unknown(patient: Patient) -> Any:
    return patient.me.get(f"{RENDERS}/nothing").status_code


def _ordered(**without: Any) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        me = patient.me
        order: dict[str, Any] = {"id": "r", "sessionId": me.session, "draft": NOTHING}
        order |= {key: value for key, value in without.items() if value}
        order = {key: value for key, value in order.items() if key not in without or without[key]}
        return me.post(RENDERS, order).json().get("code")

    return probe


def _snake(patient: Patient) -> Any:
    me = patient.me
    order = {"id": "r", "session_id": me.session, "draft": NOTHING}
    return me.post(RENDERS, order).status_code


def _own_draft(patient: Patient) -> Any:
    patient.me.say(LOOP)
    draft = patient.me.state()["draft"]
    patient.me.say("Remove the music")
    return patient.render(draft=draft, after=100)


def _changed(body_of: Callable[[Call, dict[str, Any]], dict[str, Any]]) -> Callable[..., Any]:
    def around(json_of: Any, call: Call) -> dict[str, Any]:
        body: dict[str, Any] = json_of(call)
        return body_of(call, body) if call.head.path == RENDERS else body

    return around


@mutant("duplicate_render=error", _twice)
def a_used_id_is_taken_again(cut: Surgery) -> None:
    """A render under an id that was used begins anew instead of being refused."""

    def around(submit: Any, self: Renders, session: Any, id_: str, *more: Any, **named: Any) -> Any:
        self._by_id.pop((session.account.uid, id_), None)
        return submit(self, session, id_, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("duplicate_render=error", _twice)
def a_used_id_gives_the_old_render(cut: Surgery) -> None:
    """A second order under the same id is answered with the first one, as if it were new."""

    def around(submit: Any, self: Renders, session: Any, id_: str, *more: Any, **named: Any) -> Any:
        try:
            return submit(self, session, id_, *more, **named)
        except RenderConflict:
            return self.get(session.account, id_)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("code 422", _snake)
def session_id_for_session_id(cut: Surgery) -> None:
    """A render takes `session_id` for its `sessionId`."""

    def body(_: Call, given: dict[str, Any]) -> dict[str, Any]:
        return {**given, "sessionId": given.get("sessionId") or given.get("session_id")}

    cut.wrap("api.call.Call.json", _changed(body))


@mutant("code 422", _ordered(id=None))
def renders_need_no_id(cut: Surgery) -> None:
    """A render without an `id` is taken, and nobody knows it."""
    cut.wrap("api.call.Call.json", _changed(lambda _, given: {"id": "render_0", **given}))


@mutant("code 422", _ordered(draft=None))
def renders_need_no_draft(cut: Surgery) -> None:
    """A render without a `draft` is taken."""
    cut.wrap("api.call.Call.json", _changed(lambda _, given: {"draft": {}, **given}))


@mutant("code 1002", _ordered(sessionId="1" * 19))
def renders_need_no_session(cut: Surgery) -> None:
    """A render in an unknown session is taken."""

    def body(call: Call, given: dict[str, Any]) -> dict[str, Any]:
        mine = [s.id for s in call.world.sessions if s.account is call.account]
        known = given.get("sessionId") in mine
        return given if known or not mine else {**given, "sessionId": mine[0]}

    cut.wrap("api.call.Call.json", _changed(body))


@mutant(SUBMIT, _ordered())
def an_output_is_required(cut: Surgery) -> None:
    """A render without `output` is refused, though it is optional."""

    def around(output: Any, body: dict[str, Any]) -> Any:
        if "output" not in body:
            raise RequestMalformed("output: missing")
        return output(body)

    cut.wrap("api.renders.output", around)


@mutant(SUBMIT, _own_draft)
def the_sent_draft_is_ignored(cut: Surgery) -> None:
    """What is rendered is the draft of the session, whatever draft is sent."""

    def around(
        submit: Any, self: Renders, session: Any, id_: str, _draft: Any, *more: Any, **named: Any
    ) -> Any:
        return submit(self, session, id_, session.draft, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("POST /api/render/proxy/lambda/{render}/cancel", _cancelled(5))
def cancelling_does_nothing(cut: Surgery) -> None:
    """A cancelled render goes on and is completed."""
    cut.wrap("core.renders.Renders.cancel", lambda _cancel, _self, _render: None)


@mutant("POST /api/render/proxy/lambda/{render}/cancel", _cancelled(5))
def cancelled_is_failed(cut: Surgery) -> None:
    """A cancelled render has the status `failed`."""
    view(
        cut, lambda _, seen: replace(seen, status="failed") if seen.status == "cancelled" else seen
    )


@mutant("cancelling what is over", _cancelled(100))
def what_is_over_can_be_cancelled(cut: Surgery) -> None:
    """Cancelling a completed render makes it cancelled."""

    def around(cancel: Any, self: Renders, render: Render) -> None:
        cancel(self, render)
        render.cancelled_at = render.cancelled_at or self._setting.now

    cut.wrap("core.renders.Renders.cancel", around)


@mutant("render ids", _foreign)
def foreign_renders_are_visible(cut: Surgery) -> None:
    """Anybody who knows a render's id may poll it, download it and cancel it."""

    def around(get: Any, self: Renders, account: Account, id_: str) -> Render:
        for render in self:
            if render.id == id_:
                return render
        found: Render = get(self, account, id_)
        return found

    cut.wrap("core.renders.Renders.get", around)


@mutant("code 404", _unknown)
def an_unknown_render_is_1002(cut: Surgery) -> None:
    """An unknown render has the code of an unknown session, over HTTP 200."""
    cut.replace("core.refusals.RenderUnknown.code", 1002)


def _of_two(patient: Patient) -> Any:
    patient.render()
    return patient.render("render_2", sessionId=patient.me.open().session)


@mutant("GET /api/render/proxy/lambda/{render}", _of_two)
def one_render_at_a_time(cut: Surgery) -> None:
    """A second render is refused while the first is on its way."""

    def around(submit: Any, self: Renders, session: Any, *more: Any, **named: Any) -> Any:
        now = self._setting.now
        busy = [r for r in self if r.account is session.account and not r.over(now)]
        if busy:
            raise RenderConflict(f"render {busy[0].id!r} is on its way")
        return submit(self, session, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)
