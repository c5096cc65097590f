"""Mutants of sessions: opening them, and whose they are."""

from __future__ import annotations

from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.refusals import RequestMalformed, SessionUnknown
from nemovideo_fakeserver.core.sessions import Session, Sessions

OPEN = "POST /api/tasks/{user}/with-session/nemo_agent"
PATH = "/api/tasks/{}/with-session/nemo_agent"


def _opened(patient: Patient) -> Any:
    return patient.me.post(PATH.format("me"), {"task_name": "project"}).json()


def _twice(patient: Patient) -> Any:
    return _opened(patient)["data"] == _opened(patient)["data"]


def _foreign(patient: Patient) -> Any:
    path = f"/api/state/nemo_agent/me/{patient.me.session}/latest"
    return patient.you.get(path).json()["code"]


def _unknown(patient: Patient) -> Any:
    return patient.me.get("/api/state/nemo_agent/me/1000000000000000001/latest").json()["code"]


def _as_user(user: str) -> Any:
    def probe(patient: Patient) -> Any:
        named = patient.me.uid if user == "own" else user
        path = f"/api/state/nemo_agent/{named}/{patient.me.session}/latest"
        return patient.me.get(path).json()["code"]

    return probe


def _named(patient: Patient) -> Any:
    patient.me.open(task_name="My Video Project")
    path = f"/api/state/nemo_agent/me/{patient.me.session}/latest"
    return patient.me.get(path).json()["data"]["task_name"]


@mutant("session id form", _opened)
def a_session_id_is_a_number(cut: Surgery) -> None:
    """`session_id` is a JSON number, of which half the clients lose the last digits."""
    told(cut, "tasks", "session_id", _as_number)


def _as_number(data: dict[str, Any]) -> None:
    if "state" not in data:
        data["session_id"] = int(data["session_id"])


@mutant("session id form", _opened)
def a_session_id_of_letters(cut: Surgery) -> None:
    """`session_id` is hexadecimal instead of 19 decimal digits."""

    def around(_digits: Any, self: Any, count: int, *names: Any) -> str:
        drawn: str = self.hex(count + 1, *names)
        return f"s{drawn}"

    cut.wrap("core.chance.Chance.digits", around)


@mutant(OPEN, _twice)
def opening_twice_gives_one_session(cut: Surgery) -> None:
    """Opening a session with a name used before gives the old one back."""

    def around(
        create: Any, self: Sessions, account: Account, task_name: str, language: str
    ) -> Session:
        for session in self:
            if session.account is account and session.task_name == task_name:
                return session
        made: Session = create(self, account, task_name, language)
        return made

    cut.wrap("core.sessions.Sessions.create", around)


@mutant("legacy_min_bodies=off", _opened)
def no_user_id_with_a_session(cut: Surgery) -> None:
    """A new session does not tell the user id, which the register link needs."""
    told(cut, "tasks", "user_id", lambda data: "state" in data or data.pop("user_id"))


@mutant(OPEN, _opened)
def a_language_is_required(cut: Surgery) -> None:
    """No session is opened without a `language`."""

    def around(handler: Any, call: Call) -> Any:
        if "language" not in call.json():
            raise RequestMalformed("language: missing")
        return handler(call)

    cut.handler(OPEN, around)


@mutant("GET /api/state/nemo_agent/{user}/{session}/latest", _named)
def the_task_name_is_lost(cut: Surgery) -> None:
    """Whatever a task is called, the state says `project`."""
    told(cut, "tasks", "task_name", lambda data: data.update(task_name="project"))


@mutant("code 1002", _foreign)
def a_foreign_session_is_visible(cut: Surgery) -> None:
    """Anybody who knows a session's id may read and change it."""

    def around(get: Any, self: Sessions, account: Account, session_id: str) -> Session:
        known = self._by_id.get(session_id)
        return known or get(self, account, session_id)

    cut.wrap("core.sessions.Sessions.get", around)


@mutant("code 1002", _unknown)
def an_unknown_session_is_404(cut: Surgery) -> None:
    """An unknown session is 404 instead of the business code 1002."""
    cut.replace("core.refusals.SessionUnknown.code", 404)


@mutant("code 1002", _as_user("anon_0123456789abcdef"))
def anybody_s_name_will_do(cut: Surgery) -> None:
    """A path may name another user than the token's."""
    cut.wrap("api.call.Call.check_user", lambda _check, _self, _user: None)


@mutant("GET /api/state/nemo_agent/{user}/{session}/latest", _as_user("own"))
def only_me_is_me(cut: Surgery) -> None:
    """A path with the caller's own user id is refused; only `me` is taken."""

    def around(check: Any, self: Call, user: object) -> None:
        check(self, user)
        if user not in (None, "me"):
            raise SessionUnknown("session not found")

    cut.wrap("api.call.Call.check_user", around)
