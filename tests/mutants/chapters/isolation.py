"""Mutants in which things touch that should not: sessions, accounts, renders, tokens."""

from __future__ import annotations

from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import LOOP, RENDERS, TALK, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import OutOfCredits, RenderConflict
from nemovideo_fakeserver.core.renders import Renders
from nemovideo_fakeserver.core.sessions import Session, Sessions

NOTHING: dict[str, Any] = {"t": []}


def _two_sessions(patient: Patient) -> Any:
    me = patient.me
    me.say(LOOP)
    me.upload_url("a.mp4")
    return me.open().state()


def _order(patient: Patient, who: Any) -> int:
    order = {"id": "render_1", "sessionId": who.session, "draft": NOTHING}
    code: int = who.post(RENDERS, order).status_code
    return code


def _same_id(patient: Patient) -> Any:
    return _order(patient, patient.me), _order(patient, patient.you)


def _same_id_elsewhere(patient: Patient) -> Any:
    return _order(patient, patient.me), _order(patient, patient.me.open())


def _poll_from_elsewhere(patient: Patient) -> Any:
    _order(patient, patient.me)
    patient.me.open()
    return patient.me.get(f"{RENDERS}/render_1").status_code


def _two_claims(patient: Patient) -> Any:
    body = {"task_id": patient.me.task, "session_id": patient.me.session}
    values = [
        patient.me.post("/api/auth/claim-token", body).json()["data"]["claim_token"]
        for _ in range(2)
    ]
    return [patient.http.get("/workspace/claim", params={"ct": v}).status_code for v in values]


def _poor_talk(patient: Patient) -> Any:
    patient.me.say(LOOP)
    patient.me.open().say(LOOP)
    return patient.me.post("/run_sse", patient.me.message(TALK)).text[:30], patient.me.balance()


def _as_somebody(patient: Patient) -> Any:
    body = {**patient.me.message(TALK), "user_id": patient.you.uid}
    return patient.me.post("/run_sse", body).text[:30]


def _other_app(patient: Patient) -> Any:
    body = {**patient.me.message(TALK), "app_name": "another_agent"}
    return patient.me.post("/run_sse", body).status_code


def _user_id(patient: Patient) -> Any:
    path = f"/api/state/nemo_agent/me/{patient.me.session}/latest"
    return patient.me.get(path).json()["data"].get("user_id")


@mutant("POST /api/tasks/{user}/with-session/nemo_agent", _two_sessions)
def a_new_session_has_the_old_draft(cut: Surgery) -> None:
    """A new session begins with the draft of the last."""

    def around(create: Any, self: Sessions, account: Any, *named: Any) -> Session:
        before = [session for session in self if session.account is account]
        made: Session = create(self, account, *named)
        if before:
            made.draft = made.planned = before[-1].draft
        return made

    cut.wrap("core.sessions.Sessions.create", around)


@mutant("POST /api/upload-video/nemo_agent/{user}/{session}", _two_sessions)
def uploads_are_in_all_sessions(cut: Surgery) -> None:
    """What was uploaded to one session is in every later one of the account."""

    def around(create: Any, self: Sessions, account: Any, *named: Any) -> Session:
        before = [session for session in self if session.account is account]
        made: Session = create(self, account, *named)
        made.uploads += [asset for session in before for asset in session.uploads]
        return made

    cut.wrap("core.sessions.Sessions.create", around)


@mutant("render ids", _same_id)
def render_ids_are_for_everybody(cut: Surgery) -> None:
    """A render id that somebody else has used is taken."""

    def around(submit: Any, self: Renders, session: Any, id_: str, *more: Any, **named: Any) -> Any:
        if any(render.id == id_ for render in self):
            raise RenderConflict(f"render id {id_!r} exists already: submit again under a new id")
        return submit(self, session, id_, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("render ids", _same_id_elsewhere)
def render_ids_are_of_sessions(cut: Surgery) -> None:
    """An id used in one session may be used once more in another, and the first film is lost."""

    def around(submit: Any, self: Renders, session: Any, id_: str, *more: Any, **named: Any) -> Any:
        key = session.account.uid, id_
        if key in self._by_id and self._by_id[key].session != session.id:
            del self._by_id[key]
        return submit(self, session, id_, *more, **named)

    cut.wrap("core.renders.Renders.submit", around)


@mutant("GET /api/render/proxy/lambda/{render}", _poll_from_elsewhere)
def a_new_session_orphans_renders(cut: Surgery) -> None:
    """Who opens another session cannot find the renders of the last any more."""

    def around(handler: Any, call: Call) -> Any:
        for render in call.world.renders:
            if render.account is call.account:
                del call.world.renders._by_id[call.account.uid, render.id]
        return handler(call)

    cut.handler("POST /api/tasks/{user}/with-session/nemo_agent", around)


@mutant("claim tokens", _two_claims)
def a_second_claim_ends_the_first(cut: Surgery) -> None:
    """Who makes a second claim token of a session loses the first."""

    def around(claim: Any, self: Sessions, account: Any, task_id: str, session_id: str) -> Any:
        made = claim(self, account, task_id, session_id)
        self._claims = {value: c for value, c in self._claims.items() if c is made}
        return made

    cut.wrap("core.sessions.Sessions.claim", around)


@mutant("prices", _poor_talk)
def the_poor_are_not_talked_to(cut: Surgery) -> None:
    """Who has no credits left gets 2001 for talk, which is free."""

    def around(handler: Any, call: Call) -> Any:
        if not call.account.ledger.total:
            raise OutOfCredits("Insufficient credits.")
        return handler(call)

    cut.handler("POST /run_sse", around)


@mutant("code 1002", _as_somebody)
def a_message_in_anybody_s_name(cut: Surgery) -> None:
    """The `user_id` of a message may be somebody else's."""

    def around(check: Any, self: Call, user: object) -> None:
        if self.head.path != "/run_sse":
            check(self, user)

    cut.wrap("api.call.Call.check_user", around)


@mutant("POST /run_sse", _other_app)
def any_app_will_do(cut: Surgery) -> None:
    """A message to another app than `nemo_agent` is answered."""

    def around(json_of: Any, call: Call) -> Any:
        body = json_of(call)
        return {**body, "app_name": "nemo_agent"} if "app_name" in body else body

    cut.wrap("api.call.Call.json", around)


@mutant("GET /api/state/nemo_agent/{user}/{session}/latest", _user_id)
def no_user_id_beside_the_state(cut: Surgery) -> None:
    """The reply with the state does not tell the user id, which the register link needs."""
    told(cut, "tasks", "state", lambda data: data.pop("user_id"))
