"""Mutants of token management and scopes."""

from __future__ import annotations

from typing import Any

from mutants.changes import issued, told
from mutants.mutant import mutant
from mutants.patient import DAY, Patient
from mutants.surgery import Surgery
from nemovideo_fakeserver.core.account import Account, Token
from nemovideo_fakeserver.core.accounts import Accounts


def _made(patient: Patient, **body: Any) -> Any:
    return patient.me.post("/api/tokens", {"name": "mine", **body}).json()["data"]


def _as(patient: Patient, value: str, path: str = "/api/credits/balance/simple") -> Any:
    return patient.http.get(path, headers={"Authorization": f"Bearer {value}"}).json()["code"]


def _revoked(patient: Patient) -> Any:
    first, second = _made(patient), _made(patient)
    patient.me.post(f"/api/tokens/{first['id']}/revoke")
    return [_as(patient, token["token"]) for token in (first, second)]


def _reader_writes(patient: Patient) -> Any:
    value = _made(patient, scopes=["read"])["token"]
    reply = patient.http.post(
        "/api/tasks/me/with-session/nemo_agent",
        headers={"Authorization": f"Bearer {value}"},
        json={"task_name": "project"},
    )
    return reply.status_code


def _reader_asks_for_more(patient: Patient) -> Any:
    value = _made(patient, scopes=["write"])["token"]
    reply = patient.http.post(
        "/api/tokens",
        headers={"Authorization": f"Bearer {value}"},
        json={"name": "more", "scopes": ["upload"]},
    )
    return reply.status_code


def _listed(patient: Patient) -> Any:
    return patient.me.get("/api/tokens").json()


def _lives_a_day(patient: Patient) -> Any:
    value = _made(patient, expires_in_days=1)["token"]
    patient.jump(2 * DAY)
    return _as(patient, value)


@mutant("POST /api/tokens/{token}/revoke", _revoked)
def a_revoked_token_is_good(cut: Surgery) -> None:
    """A revoked token still opens the API."""

    def around(authenticate: Any, self: Accounts, value: str | None) -> Token:
        token = self.known(value)
        return token if token and token.revoked else authenticate(self, value)

    cut.wrap("core.accounts.Accounts.authenticate", around)


@mutant("POST /api/tokens/{token}/revoke", _revoked)
def revoking_one_revokes_all(cut: Surgery) -> None:
    """Who revokes a token loses those made beside it."""

    def around(revoke: Any, self: Accounts, account: Account, token_id: str) -> Token | None:
        for token in account.tokens:
            if token.name != "anonymous":
                revoke(self, account, token.id)
        found: Token | None = revoke(self, account, token_id)
        return found

    cut.wrap("core.accounts.Accounts.revoke", around)


@mutant("code 403", _reader_writes)
def scopes_are_ignored(cut: Surgery) -> None:
    """A token may do what its scopes do not name."""
    cut.wrap("core.account.Token.require", lambda _require, _self, _scope: None)


@mutant("managed tokens", _reader_asks_for_more)
def a_token_with_more_scopes(cut: Surgery) -> None:
    """A token makes another that may do more than itself."""

    def around(
        _create: Any, self: Accounts, caller: Token, name: str, scopes: Any, seconds: float
    ) -> Token:
        return self._issue(caller.account, name, scopes, seconds)

    cut.wrap("core.accounts.Accounts.create_token", around)


@mutant("anonymous scopes", _listed)
def anonymous_tokens_may_all(cut: Surgery) -> None:
    """An anonymous token has the scope `*`."""
    issued(cut, lambda _scopes, seconds: (("*",), seconds))


@mutant("GET /api/tokens", _listed)
def secrets_are_listed(cut: Surgery) -> None:
    """The list of tokens shows their values, which are to be shown once."""

    def around(described: Any, token: Token) -> Any:
        return {**described(token), "token": token.value}

    cut.wrap("api.auth._described", around)


@mutant("GET /api/tokens", _listed)
def tokens_are_not_listed(cut: Surgery) -> None:
    """The list of tokens is empty."""
    told(cut, "auth", "tokens", lambda data: data.update(tokens=[]))


@mutant("POST /api/tokens", _lives_a_day)
def expires_in_days_is_ignored(cut: Surgery) -> None:
    """A token made for a day lives 90."""

    def around(
        create: Any, self: Accounts, caller: Token, name: str, scopes: Any, _: float
    ) -> Token:
        token: Token = create(self, caller, name, scopes, 90 * DAY)
        return token

    cut.wrap("core.accounts.Accounts.create_token", around)
