"""Mutants of who may export: attribution headers and plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mutants.changes import refused
from mutants.mutant import mutant
from mutants.patient import BEACH, RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.attribution import ATTRIBUTION
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.refusals import ExportBlocked

EXPORT = "code 402"


def _without(*names: str) -> Any:
    def probe(patient: Patient) -> Any:
        headers = {k: v for k, v in patient.me.headers.items() if k not in names}
        order = {"id": "r", "sessionId": patient.me.session, "draft": {"t": []}}
        reply = patient.http.post(RENDERS, headers=headers, json=order)
        return reply.status_code, reply.json().get("code")

    return probe


def _with_nothing_left(patient: Patient) -> Any:
    patient.me.say(BEACH)
    return _without()(patient)


@mutant(EXPORT, _without(*ATTRIBUTION))
def anybody_exports(cut: Surgery) -> None:
    """An export without the attribution headers is not refused."""
    cut.wrap("api.attribution.check_export", lambda _check, _call: None)


@mutant(EXPORT, _without("X-Skill-Platform"))
def one_header_is_enough(cut: Surgery) -> None:
    """An export with one of the three attribution headers is not refused."""

    def around(missing: Any, call: Call) -> list[str]:
        names: list[str] = missing(call)
        return names if len(names) == len(ATTRIBUTION) else []

    cut.wrap("api.attribution._missing", around)


@mutant(EXPORT, _without())
def nobody_exports(cut: Surgery) -> None:
    """Every export is refused with 402, whatever headers come with it."""

    def around(_check: Any, _call: Call) -> None:
        raise ExportBlocked("export blocked: register to unlock export.")

    cut.wrap("api.attribution.check_export", around)


@mutant(EXPORT, _with_nothing_left)
def the_poor_do_not_export(cut: Surgery) -> None:
    """Who has no credits left cannot export, though it is free."""

    def around(check: Any, call: Call) -> None:
        check(call)
        if not call.account.ledger.available:
            raise ExportBlocked("export blocked: no credits are left.")

    cut.wrap("api.attribution.check_export", around)


@mutant(EXPORT, _without(*ATTRIBUTION))
def a_blocked_export_is_200(cut: Surgery) -> None:
    """A blocked export is HTTP 200 with the code 402 inside."""
    refused(cut, 402, lambda reply: replace(reply, status=200))


@mutant(EXPORT, _without(*ATTRIBUTION))
def a_blocked_export_is_2001(cut: Surgery) -> None:
    """A blocked export has the code for a lack of credits."""
    cut.replace("core.refusals.ExportBlocked.code", 2001)
