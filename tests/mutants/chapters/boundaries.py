"""Mutants that are wrong at an edge alone: by a second, a byte, a character, one of a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import issued
from mutants.mutant import mutant
from mutants.patient import DAY, RENDERS, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.limits import Window
from nemovideo_fakeserver.wire.messages import BodyPlan
from support.media import wav

OPEN = "/api/tasks/me/with-session/nemo_agent"


def _code_after(seconds: float) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        headers = patient.me.headers
        patient.jump(seconds)
        return patient.http.get("/api/credits/balance/simple", headers=headers).json()["code"]

    return probe


def _token_after(seconds: float) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        patient.ask()
        patient.jump(seconds)
        return patient.ask().status_code

    return probe


def _spread(patient: Patient) -> Any:
    for number in range(10):
        patient.ask(f"client {number}")
        patient.jump(0.1 * DAY)
    patient.jump(6.05 * DAY)
    return [patient.ask(f"later {number}").status_code for number in range(4)]


def _impatient(patient: Patient) -> Any:
    patient.ask()
    patient.jump(6 * DAY)
    patient.ask()
    patient.jump(DAY)
    return patient.ask().status_code


def _capitals(patient: Patient) -> Any:
    return patient.ask("somebody").status_code, patient.ask("SOMEBODY").status_code


def _id_of_64(patient: Patient) -> Any:
    return patient.ask("c" * 64).status_code


def _posted(path: str, **body: Any) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        order = {"id": "r", "sessionId": patient.me.session, "draft": {"t": []}}
        whole = {**order, **body} if path == RENDERS else body
        return patient.me.post(path, whole).json().get("code")

    return probe


def _exactly(patient: Patient) -> Any:
    path = f"/api/upload-video/nemo_agent/me/{patient.me.session}"
    files = {"files": ("a.wav", wav(0.125))}
    return patient.http.post(path, headers=patient.me.headers, files=files).json()["code"]


def _long_message(patient: Patient) -> Any:
    patient.me.say(f"{'Well. ' * 100}Make a 5-second lo-fi loop")
    return patient.me.state()["draft"]


@mutant("token life", _code_after(7 * DAY))
def a_token_lives_a_second_longer(cut: Surgery) -> None:
    """A token is still good at the second at which it expires."""

    def around(authenticate: Any, self: Accounts, value: str | None) -> Any:
        now, token = self._setting.now, self.known(value)
        if token and token.expires_at == now and not token.revoked:
            return token
        return authenticate(self, value)

    cut.wrap("core.accounts.Accounts.authenticate", around)


@mutant("tokens per client", _token_after(7 * DAY))
def a_client_waits_a_second_longer(cut: Surgery) -> None:
    """At the second at which a week is over, a client is still refused its next token."""

    def around(wait: Any, self: Window, key: str, now: float) -> int:
        left: int = wait(self, key, now - 1)
        return left

    cut.wrap("core.limits.Window.wait", around)


@mutant("tokens per address", _spread)
def the_window_of_an_address_is_fixed(cut: Surgery) -> None:
    """The window of an address begins with its first token and forgets all of them at once, instead of sliding."""

    def around(wait: Any, self: Window, key: str, now: float) -> int:
        seen = self._seen.get(key)
        if seen and seen[0] + self.seconds <= now:
            self.forget(key)
        left: int = wait(self, key, now)
        return left

    cut.wrap("core.limits.Window.wait", around)


@mutant("tokens per client", _impatient)
def refusals_count(cut: Surgery) -> None:
    """Who asks too early waits from then on for another week."""

    def around(check: Any, self: Accounts, client_id: str | None, address: str, now: float) -> None:
        try:
            check(self, client_id, address, now)
        except Exception:
            self._per_client.count(client_id or "", now)
            raise

    cut.wrap("core.accounts.Accounts._check_limits", around)


@mutant("client id", _capitals)
def capitals_do_not_count(cut: Surgery) -> None:
    """Two client ids that differ in capitals are the same client."""

    def around(anonymous: Any, self: Accounts, client_id: str | None, address: str) -> Any:
        return anonymous(self, client_id and client_id.lower(), address)

    cut.wrap("core.accounts.Accounts.anonymous", around)


@mutant("client id", _id_of_64)
def a_client_id_of_63(cut: Surgery) -> None:
    """A client id may have 63 characters, one less than documented."""

    def around(handler: Any, call: Call) -> Any:
        headers = tuple((n, v + "x" if len(v) == 64 else v) for n, v in call.head.headers)
        call.head = replace(call.head, headers=headers)
        return handler(call)

    cut.handler("POST /api/auth/anonymous-token", around)


@mutant("max_upload=500MB", _exactly, "max_upload=2044")
def a_file_at_the_limit_is_too_large(cut: Surgery) -> None:
    """A file of exactly the largest size is refused."""

    def around(plan: Any, call: Call, route: Any) -> BodyPlan:
        body: BodyPlan = plan(call, route)
        return replace(body, file_limit=body.file_limit and body.file_limit - 1)

    cut.wrap("api.service._plan", around)


@mutant("render ids", _posted(RENDERS, id="r" * 129))
def ids_of_any_length(cut: Surgery) -> None:
    """A render id may be longer than 128 characters."""
    cut.replace("api.renders._ID", re.compile(r"[A-Za-z0-9._-]{1,200}"))


@mutant("render ids", _posted(RENDERS, id="a render/1"))
def ids_of_any_character(cut: Surgery) -> None:
    """A render id may have spaces and slashes, which no path can carry."""
    cut.replace("api.renders._ID", re.compile(r".{1,128}"))


@mutant("length limits", _posted(OPEN, task_name="n" * 201))
def names_of_any_length(cut: Surgery) -> None:
    """A task name may be longer than 200 characters."""

    def around(text: Any, body: Any, name: str, **more: Any) -> str:
        found: str = text(body, name, **{**more, "limit": 10_000})
        return found

    cut.wrap("api.fields.text", around)


@mutant("length limits", _posted(OPEN, task_name="project", language="x" * 36))
def languages_of_any_length(cut: Surgery) -> None:
    """A language may be longer than 35 characters."""

    def around(text: Any, body: Any, name: str, **more: Any) -> str:
        found: str = text(body, name, **{**more, "limit": 10_000})
        return found

    cut.wrap("api.fields.optional_text", around)


@mutant("POST /run_sse", _long_message)
def long_messages_are_cut(cut: Surgery) -> None:
    """Of a message only the first 500 characters are read."""
    cut.wrap("api.chat.message_text", lambda message_text, body: message_text(body)[:500])


@mutant("managed tokens", lambda patient: patient.me.post("/api/tokens", {"name": "n"}).json())
def further_tokens_of_a_week(cut: Surgery) -> None:
    """A token that is made without a number of days lives 7 days, as an anonymous one, instead of 90."""

    def around(whole: Any, body: Any, name: str, *, default: int, **more: Any) -> int:
        found: int = whole(body, name, default=7 if default == 90 else default, **more)
        return found

    cut.wrap("api.fields.whole", around)


@mutant("token_ttl=7d", _code_after(3700), "token_ttl=1h")
def lifetimes_cannot_be_chosen(cut: Surgery) -> None:
    """Another lifetime of tokens is chosen, and they live 7 days."""
    issued(cut, lambda scopes, _seconds: (scopes, 7 * DAY))
