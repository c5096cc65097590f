"""Mutants that ignore a reading: a variant or a preset is chosen, and the default goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import issued
from mutants.mutant import mutant
from mutants.patient import BEACH, DAY, RENDERS, TALK, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.setting import Setting


def _rendered(patient: Patient) -> Any:
    return patient.render()


def _without_id(patient: Patient) -> Any:
    return patient.ask(None).status_code


def _six(patient: Patient) -> Any:
    return [patient.ask(f"client {number}").status_code for number in range(6)]


def _unattributed(patient: Patient) -> Any:
    headers = {"Authorization": patient.me.headers["Authorization"]}
    return patient.http.get("/api/credits/balance/simple", headers=headers).json()["code"]


def _opened(patient: Patient) -> Any:
    path = "/api/tasks/me/with-session/nemo_agent"
    return patient.me.post(path, {"task_name": "project"}).json()


def _claimed(patient: Patient) -> Any:
    body = {"task_id": patient.me.task, "session_id": patient.me.session}
    return patient.me.post("/api/auth/claim-token", body).status_code


def _old_poll(patient: Patient) -> Any:
    patient.render()
    return patient.me.get("/api/render/proxy/render_1").status_code


def _later(patient: Patient) -> Any:
    headers = patient.me.headers
    patient.jump(8 * DAY)
    return patient.http.get("/api/credits/balance/simple", headers=headers).json()["code"]


def _rich_unattributed(patient: Patient) -> Any:
    headers = {"Authorization": patient.me.headers["Authorization"]}
    order = {"id": "r", "sessionId": patient.me.session, "draft": {"t": []}}
    return patient.http.post(RENDERS, headers=headers, json=order).status_code


def _spoken(patient: Patient) -> Any:
    return patient.me.post("/run_sse", patient.me.message(TALK)).text


def _twice(patient: Patient) -> Any:
    return patient.render(), patient.render()


def _generated(patient: Patient) -> Any:
    patient.me.say(BEACH)
    return patient.me.balance()


def _bad_token(patient: Patient) -> Any:
    headers = {"Authorization": "Bearer nmv_usr_nothing"}
    return patient.http.get("/api/credits/balance/simple", headers=headers).status_code


def _patient_client(patient: Patient) -> Any:
    patient.ask()
    patient.ask()
    patient.jump(31)
    return patient.ask().status_code


def _asking(**variants: Any) -> Callable[..., Any]:
    """Return what lets a handler see the default in the place of the variants that were chosen."""

    def around(act: Any, call: Call, *more: Any) -> Any:
        setting = call.world.setting
        chosen = setting.variants
        setting.variants = replace(chosen, **variants)
        try:
            return act(call, *more)
        finally:
            setting.variants = chosen

    return around


def _accounts(**windows: Any) -> Callable[..., None]:
    def around(init: Any, self: Accounts, setting: Setting) -> None:
        init(self, setting)
        for name, (limit, seconds) in windows.items():
            window = getattr(self, name)
            window.limit, window.seconds = limit, seconds

    return around


@mutant("render_shape=data", _rendered, "preset=4.4")
def version_4_4_renders_at_the_top(cut: Surgery) -> None:
    """As version 4.4, a render shows its status at the top instead of in `data`."""
    cut.wrap("api.renders.shown", lambda shown, render, seen, _shape: shown(render, seen, "top"))


@mutant("require_client_id=off", _without_id, "preset=4.4")
def version_4_4_wants_a_client_id(cut: Surgery) -> None:
    """As version 4.4, a token needs an `X-Client-Id`, which came later."""
    cut.handler("POST /api/auth/anonymous-token", _asking(require_client_id=True))


@mutant("ip_limit=10", _six, "preset=4.4")
def version_4_4_gives_ten_tokens(cut: Surgery) -> None:
    """As version 4.4, an address gets ten tokens in a week instead of five in an hour."""
    cut.wrap("core.accounts.Accounts.__init__", _accounts(_per_address=(10, 7 * DAY)))


@mutant("attribution_mode=auth", _unattributed, "preset=1.9")
def version_1_9_knows_who_calls(cut: Surgery) -> None:
    """As version 1.9, a request without attribution headers is let in."""
    cut.wrap("api.attribution.check", lambda _check, _call: None)


@mutant("legacy_min_bodies=on", _opened, "preset=1.9")
def version_1_9_tells_the_user_id(cut: Surgery) -> None:
    """As version 1.9, a new session tells the user id."""
    cut.handler("POST /api/tasks/{user}/with-session/nemo_agent", _asking(legacy_min_bodies=False))


@mutant("legacy_render=refuse", _old_poll, "preset=1.9")
def version_1_9_polls_the_old_way(cut: Surgery) -> None:
    """As version 1.9, the first version's path for polling a render works."""
    cut.row("GET /api/render/proxy/{render}", offered=None)


@mutant("claim_link=token", _claimed, "preset=1.8")
def version_1_8_has_claim_tokens(cut: Surgery) -> None:
    """As version 1.8, there are claim tokens, which came with 1.9."""
    cut.row("POST /api/auth/claim-token", offered=None)


@mutant("token life", _later, "preset=1.5")
def version_1_5_lets_tokens_expire(cut: Surgery) -> None:
    """As version 1.5, a token expires after 7 days, though it was said not to."""
    issued(cut, lambda scopes, seconds: (scopes, seconds or 7 * DAY))


@mutant("attribution_mode=exhausted", _rich_unattributed, "preset=1.5")
def version_1_5_blocks_the_rich(cut: Surgery) -> None:
    """As version 1.5, an export without headers is refused to who has credits, too."""
    cut.wrap("api.attribution.check_export", _asking(attribution_mode="always"))


@mutant("sse_dialect=adk", _spoken, "sse_dialect=adk")
def adk_is_told_as_typed(cut: Surgery) -> None:
    """The dialect of Google's server is chosen, and events are those of the vendor's reference."""
    typed = cut.value("api.dialects.DIALECTS")["typed"]
    cut.item("api.dialects.DIALECTS", "adk", typed)


@mutant("render_shape=both", _rendered, "render_shape=both")
def both_shapes_are_one(cut: Surgery) -> None:
    """Both shapes of a render are wanted, and only one comes."""
    cut.wrap("api.renders.shown", lambda shown, render, seen, _shape: shown(render, seen, "data"))


@mutant("duplicate_render=existing", _twice, "duplicate_render=existing")
def a_used_id_is_refused_all_the_same(cut: Surgery) -> None:
    """A used render id is to give the render there is, and is refused."""
    cut.handler("POST /api/render/proxy/lambda", _asking(duplicate_render="error"))


@mutant("free_plan_export=block", _rendered, "free_plan_export=block")
def the_free_plan_exports_all_the_same(cut: Surgery) -> None:
    """The free plan is not to export, and does."""
    cut.wrap("core.renders.Renders.check_export", lambda _check, _self, _account: None)


@mutant("costs=100/50/0", _generated, "costs=20/10/0")
def prices_cannot_be_chosen(cut: Surgery) -> None:
    """Other prices are chosen, and a generation costs 100."""

    def around(price: Any, self: Any, kind: str, **more: Any) -> int:
        usual: int = price(self, kind, **more)
        return 100 if kind == "generate" else usual

    cut.wrap("core.costs.ByKind.price", around)


@mutant("error_http=mapped", _bad_token, "error_http=mapped")
def statuses_are_not_mapped(cut: Surgery) -> None:
    """Business codes are to come as HTTP statuses, and come with 200."""
    cut.wrap("api.replies.status_of", lambda status_of, code, _error_http: status_of(code, "200"))


@mutant("rate_limit_transient=on", _patient_client, "rate_limit_transient=on")
def waiting_does_not_help(cut: Surgery) -> None:
    """Who is refused a token and waits 30 seconds is to pass once, and is refused."""

    def around(wait: Any, self: Any, key: str, now: float) -> int:
        left: int = wait(self, key, now)
        return max(1, left)

    cut.wrap("core.limits.SecondChance.wait", around)
