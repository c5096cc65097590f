"""Mutants of tokens: how they look, how long they live, when they are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mutants.changes import issued, told
from mutants.mutant import mutant
from mutants.patient import DAY, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.api.call import Call
from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.accounts import Accounts
from nemovideo_fakeserver.core.chance import Chance

ISSUE = "POST /api/auth/anonymous-token"


def _issued(patient: Patient) -> Any:
    return patient.ask().json()


def _code_after(days: float) -> Callable[[Patient], Any]:
    def probe(patient: Patient) -> Any:
        headers = patient.me.headers
        patient.jump(days * DAY)
        return patient.http.get("/api/credits/balance/simple", headers=headers).json()["code"]

    return probe


def _without_id(patient: Patient) -> Any:
    return patient.ask(None).status_code


def _same_again(patient: Patient) -> Any:
    first = patient.me.uid
    patient.jump(8 * DAY)
    return patient.ask().json()["data"]["user_id"] == first


def _credits_again(patient: Patient) -> Any:
    patient.me.say("Make a 5-second lo-fi loop")
    patient.jump(8 * DAY)
    return patient.me.identify().balance()


def _with_scheme(patient: Patient) -> Any:
    value = patient.me.headers["Authorization"].replace("Bearer", "Token")
    reply = patient.http.get("/api/credits/balance/simple", headers={"Authorization": value})
    return reply.json()["code"]


def _too_long(patient: Patient) -> Any:
    return patient.ask("c" * 65).status_code


def _with_nothing(patient: Patient) -> Any:
    return patient.http.get("/api/credits/balance/simple").json()["code"]


@mutant("token life", _code_after(7.5))
def a_token_of_eight_days(cut: Surgery) -> None:
    """An anonymous token still opens the API on its eighth day."""
    issued(cut, lambda scopes, seconds: (scopes, seconds and seconds + DAY))


@mutant("token life", _code_after(8))
def an_expired_token_is_good(cut: Surgery) -> None:
    """Nobody looks whether a token has expired."""

    def around(authenticate: Any, self: Accounts, value: str | None) -> Token:
        token = self.known(value)
        return token if token and not token.revoked else authenticate(self, value)

    cut.wrap("core.accounts.Accounts.authenticate", around)


@mutant("token life", _code_after(6.5))
def a_token_of_six_days(cut: Surgery) -> None:
    """An anonymous token is refused on its seventh day."""
    issued(cut, lambda scopes, seconds: (scopes, seconds and seconds - DAY))


@mutant("token life", _issued)
def expires_at_is_a_day_late(cut: Surgery) -> None:
    """`expires_at` names a moment a day after the token's end."""

    def around(expiry: Any, token: Token) -> Any:
        later = token.expires_at and token.expires_at + DAY
        return expiry(replace(token, expires_at=later))

    cut.wrap("api.auth._expiry", around)


@mutant(ISSUE, _issued)
def expires_at_is_a_number(cut: Surgery) -> None:
    """`expires_at` comes as seconds since the epoch instead of an ISO instant."""

    def around(_expiry: Any, token: Token) -> Any:
        return token.expires_at and int(token.expires_at)

    cut.wrap("api.auth._expiry", around)


@mutant(ISSUE, _issued)
def no_credits_with_a_token(cut: Surgery) -> None:
    """The reply that brings a token does not say how many credits come with it."""
    told(cut, "auth", "credits", lambda data: data.pop("credits"))


@mutant(ISSUE, _issued)
def credits_as_text(cut: Surgery) -> None:
    """The reply that brings a token has the credits as a text, `"100"`."""
    told(cut, "auth", "credits", lambda data: data.update(credits=str(data["credits"])))


@mutant("free credits", _issued)
def fifty_free_credits(cut: Surgery) -> None:
    """An anonymous token comes with 50 credits instead of 100."""
    cut.replace("core.accounts.Accounts.free_credits", 50)


@mutant("token form", _issued)
def a_shorter_token(cut: Surgery) -> None:
    """A token has 42 characters behind its prefix instead of 43."""

    def around(base64url: Any, self: Chance, *names: Any) -> str:
        drawn: str = base64url(self, *names)
        return drawn[:-1] if names == ("value",) else drawn

    cut.wrap("core.chance.Chance.base64url", around)


@mutant("user id form", _issued)
def a_user_id_without_anon(cut: Surgery) -> None:
    """The user id of an anonymous account does not begin with `anon_`."""
    cut.replace(
        "core.account.Account.user_id", property(lambda self: self.uid.replace("anon_", "user_", 1))
    )


@mutant("code 400", _without_id)
def no_client_id_needed(cut: Surgery) -> None:
    """A token is given to who sends no `X-Client-Id`."""

    def around(handler: Any, call: Call) -> Any:
        if not call.head.header("x-client-id"):
            headers = (*call.head.headers, ("x-client-id", "nobody"))
            call.head = replace(call.head, headers=headers)
        return handler(call)

    cut.handler(ISSUE, around)


@mutant("code 400", _without_id)
def no_client_id_is_422(cut: Surgery) -> None:
    """Who sends no `X-Client-Id` hears 422 instead of 400."""
    cut.replace("core.refusals.ClientIdMissing.code", 422)


@mutant("client id", _too_long)
def a_long_client_id_is_cut(cut: Surgery) -> None:
    """A client id of more than 64 characters is cut instead of refused."""

    def around(handler: Any, call: Call) -> Any:
        headers = tuple((n, v[:64] if n == "x-client-id" else v) for n, v in call.head.headers)
        call.head = replace(call.head, headers=headers)
        return handler(call)

    cut.handler(ISSUE, around)


@mutant("same client again", _same_again)
def a_stranger_after_a_week(cut: Surgery) -> None:
    """Who asks again after 7 days with the same client id becomes somebody else, and loses every session."""

    def around(of_client: Any, self: Accounts, client_id: str) -> Account:
        known = self._by_client.get(client_id)
        if known is None:
            account: Account = of_client(self, client_id)
            return account
        uid = self._setting.chance.hex(16, "account", client_id, len(known.tokens), known.uid)
        return self._opened(f"anon_{uid}", client_id)

    cut.wrap("core.accounts.Accounts._of_client", around)


@mutant("same client again", _credits_again)
def nothing_new_after_a_week(cut: Surgery) -> None:
    """Who asks again after 7 days gets a token, and none of the 100 credits."""

    def around(fill_up: Any, _self: Accounts, account: Account, now: float) -> None:
        if not account.ledger.entries:
            fill_up(_self, account, now)

    cut.wrap("core.accounts.Accounts._fill_up", around)


@mutant("code 1001", _with_scheme)
def any_scheme_is_good(cut: Surgery) -> None:
    """`Authorization: Token …` is as good as `Bearer …`."""

    def around(_bearer: Any, call: Call) -> str | None:
        header = call.head.header("authorization")
        return header and header.partition(" ")[2].strip()

    cut.wrap("api.service._bearer", around)


@mutant("code 1001", _with_nothing)
def the_sibling_s_code(cut: Surgery) -> None:
    """A bad token is 1010, as on the vendor's other gateway, instead of 1001."""
    cut.replace("core.refusals.TokenRefused.code", 1010)
