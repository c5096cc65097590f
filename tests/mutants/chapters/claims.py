"""Mutants of claim tokens and of the pages that links lead to."""

from __future__ import annotations

from typing import Any

from mutants.changes import told
from mutants.mutant import mutant
from mutants.patient import DAY, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.account import Account
from nemovideo_fakeserver.core.sessions import Session, Sessions

CLAIM = "POST /api/auth/claim-token"
PAGE = "/workspace/claim"


def _claimed(patient: Patient, task: str = "") -> Any:
    me = patient.me
    return me.post(
        "/api/auth/claim-token", {"task_id": task or me.task, "session_id": me.session}
    ).json()


def _wrong_task(patient: Patient) -> Any:
    return _claimed(patient, "task_0000000000000000")["code"]


def _as_bearer(patient: Patient) -> Any:
    value = _claimed(patient)["data"]["claim_token"]
    headers = {"Authorization": f"Bearer {value}"}
    return patient.http.get("/api/credits/balance/simple", headers=headers).json()["code"]


def _opened(patient: Patient) -> Any:
    value = _claimed(patient)["data"]["claim_token"]
    first = patient.http.get(PAGE, params={"ct": value}).status_code
    patient.jump(2 * DAY)
    second = patient.http.get(PAGE, params={"ct": value}).status_code
    patient.jump(6 * DAY)
    return first, second, patient.http.get(PAGE, params={"ct": value}).status_code


def _registers(patient: Patient) -> Any:
    return patient.http.get("/register", params={"bind": patient.me.uid}).status_code


@mutant("claim tokens", _as_bearer)
def a_claim_token_opens_the_api(cut: Surgery) -> None:
    """A claim token, meant for browsers, works as a bearer token."""

    def around(bearer: Any, call: Call) -> str | None:
        value: str | None = bearer(call)
        claim = call.world.sessions._claims.get(value or "")
        return claim.session.account.tokens[-1].value if claim else value

    cut.wrap("api.service._bearer", around)


@mutant("claim tokens", _opened)
def a_claim_token_of_a_day(cut: Surgery) -> None:
    """A claim token says that it lives 7 days, and opens nothing on the second."""
    cut.replace("core.sessions.CLAIM_SECONDS", DAY)


@mutant("claim tokens", _opened)
def a_claim_token_for_ever(cut: Surgery) -> None:
    """A claim token opens its project after its 7 days, too."""
    cut.replace("core.sessions.CLAIM_SECONDS", 700 * DAY)


@mutant("claim tokens", _opened)
def a_claim_token_opens_once(cut: Surgery) -> None:
    """A claim token opens its project the first time only."""

    def around(claimed: Any, self: Sessions, value: str) -> Session | None:
        session: Session | None = claimed(self, value)
        self._claims.pop(value, None)
        return session

    cut.wrap("core.sessions.Sessions.claimed", around)


@mutant("claim tokens", _claimed)
def a_claim_token_without_its_prefix(cut: Surgery) -> None:
    """A claim token does not begin with `clm_`."""
    told(
        cut,
        "auth",
        "claim_token",
        lambda data: data.update(claim_token=data["claim_token"].replace("clm_", "nmv_clm_")),
    )


@mutant(CLAIM, _claimed)
def claim_expiry_in_milliseconds(cut: Surgery) -> None:
    """`expires_in` of a claim token is in milliseconds."""
    told(cut, "auth", "expires_in", lambda data: data.update(expires_in=604_800_000))


@mutant(CLAIM, _wrong_task)
def any_task_can_be_claimed(cut: Surgery) -> None:
    """A claim token is made for a session and the task of another."""

    def around(claim: Any, self: Sessions, account: Account, _task_id: str, session_id: str) -> Any:
        return claim(self, account, self.get(account, session_id).task_id, session_id)

    cut.wrap("core.sessions.Sessions.claim", around)


@mutant("GET /register", _registers)
def nowhere_to_register(cut: Surgery) -> None:
    """The page where an anonymous user would register is not there."""
    cut.row("GET /register", offered=lambda _variants: False)
